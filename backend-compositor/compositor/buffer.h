/* SPDX-License-Identifier: MIT */
/* wl_buffer: the kinds of it that are known, which is wl_shm's. */
#ifndef XG_COMPOSITOR_BUFFER_H
#define XG_COMPOSITOR_BUFFER_H

#include <stdbool.h>
#include <pixman.h>
#include <wayland-server-core.h>

#include "box.h"

struct xg_surface;
struct xg_texture;

/* Offers wl_shm and its formats. False if libwayland refuses. */
bool xg_buffer_init_shm(struct wl_display *display);

/* The box of all its pixels; empty if the buffer is of no known kind. */
struct xg_box xg_buffer_bounds(struct wl_resource *buffer);

/* The format of enum wl_shm_format, of a buffer of a known kind. */
uint32_t xg_buffer_format(struct wl_resource *buffer);

/* Whether the buffer can be uploaded. If not, that is a protocol error, posted on the surface. */
bool xg_buffer_check(struct wl_resource *buffer, struct xg_surface *surface);

/*
 * Copies what damage (in the buffer's pixels) says to the texture; the buffer has been checked. A
 * pool that the client has made shorter than it said is a protocol error, which libwayland posts,
 * and black is copied.
 */
void xg_buffer_upload(
	struct wl_resource *buffer, struct xg_texture *texture, pixman_region32_t *damage);

#endif

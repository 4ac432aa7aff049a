/* SPDX-License-Identifier: MIT */
/*
 * What the guest's end keeps of wl_shm: the application's pools, which are read by pread(2) so that
 * a file that shrinks harms nobody; its buffers, each with what of it the host has not seen; and of
 * each surface what has been attached and damaged since its last commit.
 *
 * Damage tells what changed on the surface since its last commit. A buffer that is used again also
 * differs by what was damaged while others were shown; so each commit's damage is added to all
 * buffers last shown on that surface, and the buffer that is committed is sent what it lacks.
 */
#ifndef XG_GUESTD_SHM_H
#define XG_GUESTD_SHM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <wayland-util.h>

struct xg_app;
struct xg_app_object;

/* Rectangles [x1, x2) × [y1, y2) in a buffer's pixels; they may overlap. */
struct xg_rectangle {
	int32_t x1, y1, x2, y2;
};

#define XG_REGION_MAX 16

struct xg_region {
	struct xg_rectangle rectangles[XG_REGION_MAX];
	uint32_t count;
};

struct xg_app_pool {
	uint64_t number;
	uint32_t references; /* its wl_shm_pool, its buffers, uploads in the outbox */
	int fd;
	size_t size_bytes;
};

struct xg_buffer {
	struct wl_list link; /* in the application */
	uint64_t number;
	struct xg_app_pool *pool;
	int32_t offset, width, height, stride;
	uint32_t pixel_size; /* bytes; 0: not known, so that the whole buffer is sent */
	uint64_t surface;    /* on which it was shown last */
	struct xg_region stale;
};

struct xg_surface {
	uint64_t pending_buffer; /* attached since the last commit; 0: none */
	uint64_t buffer;	 /* shown; 0: none */
	struct xg_region damage; /* in buffer coordinates */
	bool is_all_damaged;
	bool has_viewport; /* or a transform: surface coordinates are not followed */
	int32_t scale;
};

/* Takes the descriptor. NULL without memory (it is closed). */
struct xg_app_pool *xg_app_pool_create(uint64_t number, int fd, int32_t size);
struct xg_app_pool *xg_app_pool_ref(struct xg_app_pool *pool);
void xg_app_pool_unref(struct xg_app_pool *pool);
/* What cannot be read is zeros. */
void xg_app_pool_read(const struct xg_app_pool *pool, size_t offset, void *bytes, size_t size);

void xg_region_add(struct xg_region *region, struct xg_rectangle rectangle);

/* NULL without memory. */
struct xg_buffer *xg_buffer_create(
	struct xg_app_pool *pool, uint64_t number, const int32_t geometry[4], uint32_t format);
void xg_buffer_destroy(struct xg_buffer *buffer);

/* Requests on a wl_surface. Rectangles as they come: x, y, width, height. */
void xg_surface_damage(struct xg_surface *surface, const int32_t rectangle[4], bool is_in_buffer);

/* Queues what the host lacks of the buffer that this commit shows. False without memory. */
bool xg_surface_commit(struct xg_app *app, struct xg_app_object *object);

#endif

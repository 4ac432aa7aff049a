/* SPDX-License-Identifier: MIT */
/* See buffer.h. */
#include "buffer.h"

#include <wayland-server-protocol.h>

#include "renderer.h"
#include "server.h"
#include "surface.h"
#include "texture.h"

bool xg_buffer_init_shm(struct wl_display *display)
{
	/* ARGB8888 and XRGB8888 are always there. */
	return wl_display_init_shm(display) == 0 &&
	       wl_display_add_shm_format(display, WL_SHM_FORMAT_ABGR8888) &&
	       wl_display_add_shm_format(display, WL_SHM_FORMAT_XBGR8888);
}

struct xg_box xg_buffer_bounds(struct wl_resource *buffer)
{
	struct wl_shm_buffer *shm = wl_shm_buffer_get(buffer);

	if (!shm)
		return (struct xg_box){0};
	return (struct xg_box){0, 0, wl_shm_buffer_get_width(shm), wl_shm_buffer_get_height(shm)};
}

uint32_t xg_buffer_format(struct wl_resource *buffer)
{
	return wl_shm_buffer_get_format(wl_shm_buffer_get(buffer));
}

bool xg_buffer_check(struct wl_resource *buffer, struct xg_surface *surface)
{
	struct wl_shm_buffer *shm = wl_shm_buffer_get(buffer);
	const int32_t limit = xg_renderer_max_size(surface->server->renderer);

	if (!shm || !xg_texture_takes(wl_shm_buffer_get_format(shm))) {
		wl_resource_post_error(surface->resource, WL_SURFACE_ERROR_INVALID_SIZE,
			"the buffer is of no known kind");
		return false;
	}

	const int32_t width = wl_shm_buffer_get_width(shm), height = wl_shm_buffer_get_height(shm);
	const int32_t stride_bytes = wl_shm_buffer_get_stride(shm);

	/* libwayland holds stride × height to the pool's size, but lets a stride be too short. */
	if (width > limit || height > limit || stride_bytes < 4 * width) {
		wl_resource_post_error(surface->resource, WL_SURFACE_ERROR_INVALID_SIZE,
			"a buffer of %d × %d with rows of %d bytes", width, height, stride_bytes);
		return false;
	}
	return true;
}

void xg_buffer_upload(
	struct wl_resource *buffer, struct xg_texture *texture, pixman_region32_t *damage)
{
	struct wl_shm_buffer *shm = wl_shm_buffer_get(buffer);
	struct xg_pixels pixels = {
		.format = wl_shm_buffer_get_format(shm),
		.width = wl_shm_buffer_get_width(shm),
		.height = wl_shm_buffer_get_height(shm),
		.stride_bytes = wl_shm_buffer_get_stride(shm),
	};

	wl_shm_buffer_begin_access(shm);
	pixels.data = wl_shm_buffer_get_data(shm);
	xg_texture_upload(texture, &pixels, damage);
	wl_shm_buffer_end_access(shm);
}

/* SPDX-License-Identifier: MIT */
/* See wayland.h. */
#include "platform/wayland.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <wayland-client.h>

#include "platform/platform.h"
#include "process.h"
#include "xg-swap-v1-client-protocol.h"

bool xg_wayland_flush(const struct xg_wayland *wayland)
{
	struct pollfd writable = {.fd = wl_display_get_fd(wayland->display), .events = POLLOUT};

	while (wl_display_flush(wayland->display) < 0) {
		if (errno != EAGAIN || wl_display_get_error(wayland->display) != 0)
			return false;
		if (poll(&writable, 1, -1) < 0 && errno != EINTR)
			return false;
	}
	return true;
}

static void handle_global(void *data, struct wl_registry *registry, uint32_t name,
	const char *interface, uint32_t version)
{
	struct xg_wayland *wayland = data;

	if (!wayland->swap && strcmp(interface, xg_swap_v1_interface.name) == 0)
		wayland->swap = wl_registry_bind(registry, name, &xg_swap_v1_interface, 1);
}

static void handle_global_remove(void *data, struct wl_registry *registry, uint32_t name)
{
}

static const struct wl_registry_listener registry_listener = {
	.global = handle_global,
	.global_remove = handle_global_remove,
};

/* Looks for the private global. Blocks for a round trip. */
static bool find_swap(struct xg_wayland *wayland)
{
	struct wl_display *wrapper = wl_proxy_create_wrapper(wayland->display);
	struct wl_registry *registry;

	if (!wrapper)
		return false;
	wl_proxy_set_queue((struct wl_proxy *)wrapper, wayland->queue);
	registry = wl_display_get_registry(wrapper);
	wl_proxy_wrapper_destroy(wrapper);
	if (!registry)
		return false;
	wl_registry_add_listener(registry, &registry_listener, wayland);
	wl_display_roundtrip_queue(wayland->display, wayland->queue);
	wl_registry_destroy(registry);
	return wayland->swap != NULL;
}

static void finish(struct xg_wayland *wayland)
{
	if (wayland->swap)
		xg_swap_v1_destroy(wayland->swap);
	if (wayland->queue)
		wl_event_queue_destroy(wayland->queue);
	if (wayland->owns_display && wayland->display)
		wl_display_disconnect(wayland->display);
}

/* False, and nothing held, if this is not a display of the guest's daemon. */
static bool init(struct xg_wayland *wayland, struct wl_display *native)
{
	*wayland = (struct xg_wayland){.display = native, .owns_display = !native};
	if (!native)
		wayland->display = wl_display_connect(NULL);
	if (wayland->display)
		wayland->queue = wl_display_create_queue(wayland->display);
	if (wayland->queue && find_swap(wayland))
		return true;
	finish(wayland);
	return false;
}

static bool accept_wayland(void *native, EGLint *error)
{
	struct xg_wayland wayland;

	/* Another compositor's display, as within a nested one, is for another vendor. */
	if (!xg_process_connection() || !init(&wayland, native))
		return false;
	finish(&wayland);
	return true;
}

static void *open_wayland(void *native, uint64_t cookie, uint32_t session_id)
{
	struct xg_wayland *wayland = calloc(1, sizeof(*wayland));

	if (!wayland)
		return NULL;
	if (!init(wayland, native)) {
		free(wayland);
		return NULL;
	}
	xg_swap_v1_introduce(wayland->swap, (uint32_t)(cookie >> 32), (uint32_t)cookie, session_id);
	/* The host waits for the introduction: it must have been there if the connection ends. */
	if (wl_display_roundtrip_queue(wayland->display, wayland->queue) >= 0)
		return wayland;
	finish(wayland);
	free(wayland);
	return NULL;
}

static void close_wayland(void *state)
{
	struct xg_wayland *wayland = state;

	finish(wayland);
	free(wayland);
}

const struct xg_platform xg_platform_wayland = {
	.number = EGL_PLATFORM_WAYLAND_KHR,
	.accept = accept_wayland,
	.open = open_wayland,
	.close = close_wayland,
};

/* SPDX-License-Identifier: MIT */
/* See server.h. */
#include "server.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "buffer.h"
#include "compositor.h"
#include "control.h"
#include "data_device.h"
#include "fault_log.h"
#include "guest.h"
#include "options.h"
#include "output.h"
#include "presentation.h"
#include "renderer.h"
#include "screencopy.h"
#include "seat.h"
#include "subsurface.h"
#include "test_input.h"
#include "viewporter.h"
#include "xdg_decoration.h"
#include "xdg_output.h"
#include "xdg_shell.h"

uint64_t xg_server_new_id(struct xg_server *server)
{
	server->last_id += 8;
	return server->last_id;
}

struct wl_resource *xg_server_bind(struct wl_client *client, const struct wl_interface *interface,
	uint32_t version, uint32_t id, const void *implementation, void *data)
{
	struct wl_resource *resource = wl_resource_create(client, interface, (int)version, id);

	if (!resource)
		wl_client_post_no_memory(client);
	else
		wl_resource_set_implementation(resource, implementation, data, NULL);
	return resource;
}

uint32_t xg_time_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint32_t)((uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000);
}

/* What shows or drives more than a client's own windows is for dom0 alone. */
static bool may_see(const struct wl_client *client, const struct wl_global *global, void *data)
{
	struct xg_server *server = data;

	return (!xg_screencopy_is_global(global) && !xg_test_input_is_global(global)) ||
	       xg_guest_of(server, (struct wl_client *)client) == server->dom0;
}

static bool init_globals(struct xg_server *server)
{
	wl_display_set_global_filter(server->display, may_see, server);
	if (xg_buffer_init_shm(server->display) && xg_compositor_init(server) &&
		xg_subcompositor_init(server) && xg_viewporter_init(server) &&
		xg_xdg_shell_init(server) && xg_decoration_init(server) &&
		xg_xdg_output_init(server) && xg_presentation_init(server) &&
		xg_data_device_init(server) && xg_screencopy_init(server) &&
		(!server->options->has_test_input || xg_test_input_init(server)))
		return true;
	xg_log(XG_LOG_ERROR, "server", "out of memory");
	return false;
}

static bool init_output(struct xg_server *server)
{
	const struct xg_options *options = server->options;

	server->output = (options->backend == XG_BACKEND_HEADLESS ? xg_output_headless_create
								  : xg_output_nested_create)(
		server, options->width, options->height, options->refresh_mhz);
	return server->output;
}

static bool init_guests(struct xg_server *server)
{
	const char *problem;

	server->dom0 = xg_guest_create(server, "dom0", "9aa5b1", &problem);
	if (!server->dom0 || !xg_guest_set_clipboard(server->dom0, "yes"))
		return false;
	for (int i = 0; i < server->options->guest_count; i++) {
		if (!xg_guest_add_from_text(server, server->options->guests[i]))
			return false;
	}
	return true;
}

static bool init_socket(struct xg_server *server)
{
	const char *name = server->options->socket;

	if (!getenv("XDG_RUNTIME_DIR")) {
		xg_log(XG_LOG_ERROR, "server",
			"XDG_RUNTIME_DIR is not set: it names the folder for the socket");
		return false;
	}
	errno = 0;
	if (!name)
		name = wl_display_add_socket_auto(server->display);
	else if (wl_display_add_socket(server->display, name) < 0)
		name = NULL;
	if (!name || strlen(name) >= sizeof(server->socket)) {
		xg_log(XG_LOG_ERROR, "server", "cannot listen at %s in %s: %s",
			server->options->socket ? server->options->socket : "wayland-N",
			getenv("XDG_RUNTIME_DIR"), errno ? strerror(errno) : "the name is taken");
		return false;
	}
	strcpy(server->socket, name);
	return true;
}

static bool init_control(struct xg_server *server)
{
	if (server->options->control)
		server->control = xg_control_create(server, server->options->control);
	return server->control || !server->options->control;
}

bool xg_server_init(struct xg_server *server, const struct xg_options *options)
{
	*server = (struct xg_server){
		.options = options,
		.uploads_at_once = getenv("XENGLASS_UPLOAD_AT_ONCE") != NULL,
	};
	wl_list_init(&server->guests);
	wl_list_init(&server->surfaces);
	wl_list_init(&server->windows);
	server->display = wl_display_create();
	if (!server->display) {
		xg_log(XG_LOG_ERROR, "server", "out of memory");
		return false;
	}
	server->loop = wl_display_get_event_loop(server->display);
	server->fault_log = xg_fault_log_create(server);
	server->seat = xg_seat_create(server);
	if (server->fault_log && server->seat && init_guests(server) && init_output(server) &&
		init_globals(server) && init_socket(server) && init_control(server))
		return true;
	xg_server_finish(server);
	return false;
}

void xg_server_finish(struct xg_server *server)
{
	struct xg_guest *guest, *next;

	xg_control_destroy(server->control);
	wl_display_destroy_clients(server->display);
	wl_list_for_each_safe (guest, next, &server->guests, link)
		xg_guest_destroy(guest);
	xg_seat_destroy(server->seat);
	xg_output_destroy(server->output);
	xg_renderer_destroy(server->renderer);
	if (server->fault_log)
		wl_protocol_logger_destroy(server->fault_log);
	wl_display_destroy(server->display);
}

/* SPDX-License-Identifier: MIT */
/* See fault_log.h. Whoever posts the error, ours or libwayland's own checks, it passes here. */
#include "fault_log.h"

#include <sys/types.h>
#include <wayland-server-core.h>

#include "base/log.h"
#include "guest.h"
#include "server.h"

/* wl_display, of which each client has one, and its first event: error(object, code, text). */
#define DISPLAY_ID  1
#define ERROR_EVENT 0
#define ERROR_TEXT  2

static void handle_message(void *data, enum wl_protocol_logger_type direction,
	const struct wl_protocol_logger_message *message)
{
	struct xg_server *server = data;

	if (direction != WL_PROTOCOL_LOGGER_EVENT || message->message_opcode != ERROR_EVENT ||
		wl_resource_get_id(message->resource) != DISPLAY_ID)
		return;

	struct wl_client *client = wl_resource_get_client(message->resource);
	pid_t pid = 0;
	wl_client_get_credentials(client, &pid, NULL, NULL);
	xg_log(XG_LOG_WARNING, "client", "%s, process %d, broke the protocol: %s",
		xg_guest_of(server, client)->name, (int)pid, message->arguments[ERROR_TEXT].s);
}

static void handle_library_line(const char *format, va_list args)
{
	xg_vlog(XG_LOG_DEBUG, "libwayland", format, args);
}

struct wl_protocol_logger *xg_fault_log_create(struct xg_server *server)
{
	wl_log_set_handler_server(handle_library_line);
	return wl_display_add_protocol_logger(server->display, handle_message, server);
}

/* SPDX-License-Identifier: MIT */
/*
 * xenglass-compositor: one process, one thread, one event loop (libwayland-server's).
 *
 * It is a Wayland compositor like any other, but knows by which socket a client came, and shows
 * that: each window stands in a frame with its guest's name and colour, which no guest can draw
 * over. It knows nothing of GL streams or guest memory; guests reach it through clients on this
 * machine that speak for them.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "base/timeline.h"
#include "options.h"
#include "server.h"

static int handle_signal(int signal, void *data)
{
	wl_display_terminate(data);
	return 0;
}

static bool tell_ready(const struct xg_server *server, int fd)
{
	char line[128];
	const int length = snprintf(line, sizeof(line), "WAYLAND_DISPLAY=%s\n", server->socket);

	if (fd < 0)
		return true;
	if (write(fd, line, (size_t)length) != length) {
		xg_log(XG_LOG_ERROR, "main", "--ready-fd %d cannot be written to", fd);
		return false;
	}
	close(fd);
	return true;
}

static bool run(struct xg_server *server)
{
	struct wl_event_source *const signals[] = {
		wl_event_loop_add_signal(server->loop, SIGINT, handle_signal, server->display),
		wl_event_loop_add_signal(server->loop, SIGTERM, handle_signal, server->display),
	};
	const bool ready = tell_ready(server, server->options->ready_fd);

	if (ready) {
		xg_log(XG_LOG_INFO, "main", "listening at %s", server->socket);
		wl_display_run(server->display);
	}
	for (int i = 0; i < 2; i++)
		wl_event_source_remove(signals[i]);
	return ready && !server->has_failed;
}

int main(int argc, char **argv)
{
	struct xg_options options;
	struct xg_server server;

	xg_log_init("xenglass-compositor", XG_LOG_WARNING);
	switch (xg_options_parse(&options, argc, argv)) {
	case XG_OPTIONS_SHOWN:
		return EXIT_SUCCESS;
	case XG_OPTIONS_BAD:
		return 2;
	case XG_OPTIONS_RUN:
		break;
	}
	signal(SIGPIPE, SIG_IGN);
	xg_timeline_open();
	if (!xg_server_init(&server, &options))
		return EXIT_FAILURE;

	const bool ran = run(&server);
	xg_server_finish(&server);
	return ran ? EXIT_SUCCESS : EXIT_FAILURE;
}

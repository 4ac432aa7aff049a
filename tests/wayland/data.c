/* SPDX-License-Identifier: MIT */
/*
 * Scenarios that hand data from one place to another: the application copies and pastes, or drags
 * and drops, to itself.
 */
#include "client.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct clipboard {
	struct wl_data_device *device;
	struct wl_data_source *source;
	struct wl_data_offer *offer; /* of the selection, or dropped */
	struct wl_data_offer *entered;
	int sink; /* where the data is wanted, or -1 */
	bool is_finished;
};

static void handle_send(void *data, struct wl_data_source *source, const char *type, int32_t fd)
{
	((struct clipboard *)data)->sink = fd;
}

static void handle_target(void *data, struct wl_data_source *source, const char *type)
{
}

static void handle_cancelled(void *data, struct wl_data_source *source)
{
}

static void handle_drop_performed(void *data, struct wl_data_source *source)
{
}

static void handle_finished(void *data, struct wl_data_source *source)
{
	((struct clipboard *)data)->is_finished = true;
}

static void handle_action(void *data, struct wl_data_source *source, uint32_t action)
{
}

static void handle_offer_type(void *data, struct wl_data_offer *offer, const char *type)
{
	printf("offered %s\n", type);
}

static void handle_data_offer(
	void *data, struct wl_data_device *device, struct wl_data_offer *offer)
{
	static const struct wl_data_offer_listener listener = {.offer = handle_offer_type};

	wl_data_offer_add_listener(offer, &listener, data);
}

static void handle_selection(void *data, struct wl_data_device *device, struct wl_data_offer *offer)
{
	((struct clipboard *)data)->offer = offer;
}

static void handle_enter(void *data, struct wl_data_device *device, uint32_t serial,
	struct wl_surface *surface, wl_fixed_t x, wl_fixed_t y, struct wl_data_offer *offer)
{
	printf("entered %s at %.1f, %.1f\n", surface ? "a surface" : "nothing",
		wl_fixed_to_double(x), wl_fixed_to_double(y));
	((struct clipboard *)data)->entered = offer;
}

static void handle_leave(void *data, struct wl_data_device *device)
{
}

static void handle_motion(
	void *data, struct wl_data_device *device, uint32_t time, wl_fixed_t x, wl_fixed_t y)
{
}

static void handle_drop(void *data, struct wl_data_device *device)
{
	struct clipboard *clipboard = data;

	clipboard->offer = clipboard->entered;
}

/* Makes a source that can give text. */
static void clipboard_init(struct clipboard *clipboard, struct test_client *client)
{
	static const struct wl_data_source_listener source_listener = {
		.target = handle_target,
		.send = handle_send,
		.cancelled = handle_cancelled,
		.dnd_drop_performed = handle_drop_performed,
		.dnd_finished = handle_finished,
		.action = handle_action,
	};
	static const struct wl_data_device_listener device_listener = {
		.data_offer = handle_data_offer,
		.enter = handle_enter,
		.leave = handle_leave,
		.motion = handle_motion,
		.drop = handle_drop,
		.selection = handle_selection,
	};

	*clipboard = (struct clipboard){.sink = -1};
	clipboard->device = wl_data_device_manager_get_data_device(client->manager, client->seat);
	wl_data_device_add_listener(clipboard->device, &device_listener, clipboard);
	clipboard->source = wl_data_device_manager_create_data_source(client->manager);
	wl_data_source_add_listener(clipboard->source, &source_listener, clipboard);
	wl_data_source_offer(clipboard->source, "text/plain");
}

/* As the selection. */
static void offer_to_myself(struct test_client *client, struct clipboard *clipboard)
{
	clipboard_init(clipboard, client);
	wl_data_device_set_selection(clipboard->device, clipboard->source, 0);
	while (!clipboard->offer)
		test_client_sync(client);
}

/* Asks for what is offered; returns the end to read from. */
static int ask(struct test_client *client, struct clipboard *clipboard)
{
	int ends[2];

	test_require(pipe2(ends, O_CLOEXEC) == 0, "pipe");
	wl_data_offer_receive(clipboard->offer, "text/plain", ends[1]);
	close(ends[1]);
	while (clipboard->sink < 0)
		test_client_sync(client);
	return ends[0];
}

void scenario_clipboard(struct test_client *client)
{
	static uint8_t bytes[1000003], back[sizeof(bytes)];
	struct clipboard clipboard;
	size_t written = 0, got = 0;

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)(i * 7 + i / 1000);
	offer_to_myself(client, &clipboard);
	const int source = ask(client, &clipboard);
	fcntl(clipboard.sink, F_SETFL, O_NONBLOCK);
	for (;;) {
		struct pollfd fds[] = {
			{clipboard.sink, POLLOUT, 0},
			{source, POLLIN, 0},
		};

		poll(fds, 2, -1);
		if (fds[0].revents) {
			const ssize_t size =
				write(clipboard.sink, bytes + written, sizeof(bytes) - written);

			test_require(size >= 0 || errno == EAGAIN, "write");
			written += size > 0 ? (size_t)size : 0;
			if (written == sizeof(bytes)) {
				close(clipboard.sink);
				clipboard.sink = -1;
			}
		}
		if (!fds[1].revents)
			continue;
		const ssize_t size = read(source, back + got, sizeof(back) - got + 1);
		if (size <= 0)
			break;
		got += (size_t)size;
	}
	printf("%zu bytes back, %s\n", got,
		memcmp(bytes, back, sizeof(bytes)) == 0 ? "the same" : "other ones");
}

void scenario_broken_pipe(struct test_client *client)
{
	struct clipboard clipboard;
	uint8_t bytes[4096] = {0};

	offer_to_myself(client, &clipboard);
	close(ask(client, &clipboard));
	while (write(clipboard.sink, bytes, sizeof(bytes)) >= 0)
		;
	printf("%s\n", strerror(errno));
}

void scenario_drag(struct test_client *client)
{
	struct wl_surface *surface = wl_compositor_create_surface(client->compositor);
	struct clipboard clipboard;
	char text[32] = {0};

	clipboard_init(&clipboard, client);
	wl_data_device_start_drag(clipboard.device, clipboard.source, surface, NULL, 1);
	while (!clipboard.offer)
		test_client_sync(client);
	wl_data_offer_accept(clipboard.offer, 1, "text/plain");
	const int source = ask(client, &clipboard);
	test_require(write(clipboard.sink, "dropped", 7) == 7, "write");
	close(clipboard.sink);
	while (read(source, text + strlen(text), sizeof(text) - 1 - strlen(text)) > 0)
		test_client_sync(client);
	wl_data_offer_finish(clipboard.offer);
	while (!clipboard.is_finished)
		test_client_sync(client);
	printf("%s\n", text);
}

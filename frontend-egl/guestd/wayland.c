/* SPDX-License-Identifier: MIT */
/* The applications' Wayland socket, and the host's messages shared out to them. See wayland.h. */
#include "app.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <wayland-server-protocol.h>

#include "base/log.h"
#include "xenglass/control_wayland.h"

/* How many pipes there may be at once: as many as a host allows by default. */
#define PIPES_MAX 64

static int handle_connect(int fd, uint32_t mask, void *data)
{
	const int client_fd = accept4(fd, NULL, NULL, SOCK_CLOEXEC);

	if (client_fd >= 0 && !xg_app_create(data, client_fd))
		xg_log(XG_LOG_WARNING, "wayland", "an application was refused: %s",
			strerror(errno));
	return 0;
}

static int handle_pipes(int fd, uint32_t mask, void *data)
{
	xg_pipes_dispatch(data);
	return 0;
}

/* A socket that every user of the guest may connect to, as the directory permits. */
static int listen_at(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	if (strlen(path) >= sizeof(address.sun_path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	strcpy(address.sun_path, path);
	const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return -1;
	if (bind(fd, (struct sockaddr *)&address, sizeof(address)) < 0 || chmod(path, 0666) < 0 ||
		listen(fd, 128) < 0) {
		const int saved = errno;

		close(fd);
		errno = saved;
		return -1;
	}
	return fd;
}

struct xg_wayland *xg_wayland_create(const char *path, const struct xg_wayland_setup *setup)
{
	struct xg_wayland *wayland = calloc(1, sizeof(*wayland));

	if (!wayland)
		return NULL;
	wayland->setup = *setup;
	wl_list_init(&wayland->apps);
	wayland->listen_fd = listen_at(path);
	if (wayland->listen_fd < 0) {
		const int saved = errno;

		free(wayland);
		errno = saved;
		return NULL;
	}
	wayland->path = strdup(path);
	wayland->loop = setup->loop;
	wayland->pipes = xg_pipes_create(&(struct xg_pipes_setup){
		.send = setup->send,
		.data = setup->data,
		.first_sink = 1,
		.limit = PIPES_MAX,
	});
	if (wayland->pipes) {
		wayland->listen_source = wl_event_loop_add_fd(wayland->loop, wayland->listen_fd,
			WL_EVENT_READABLE, handle_connect, wayland);
		wayland->pipes_source =
			wl_event_loop_add_fd(wayland->loop, xg_pipes_fd(wayland->pipes),
				WL_EVENT_READABLE, handle_pipes, wayland->pipes);
	}
	if (!wayland->path || !wayland->listen_source || !wayland->pipes_source) {
		xg_wayland_destroy(wayland);
		errno = ENOMEM;
		return NULL;
	}
	return wayland;
}

static void free_dead_apps(struct xg_wayland *wayland)
{
	struct xg_app *app, *next;

	wl_list_for_each_safe (app, next, &wayland->apps, link) {
		if (!app->client)
			xg_app_destroy(app);
	}
}

void xg_wayland_destroy(struct xg_wayland *wayland)
{
	struct xg_app *app;

	if (!wayland)
		return;
	wl_list_for_each (app, &wayland->apps, link)
		xg_app_hang_up(app);
	free_dead_apps(wayland);
	if (wayland->listen_source)
		wl_event_source_remove(wayland->listen_source);
	if (wayland->pipes_source)
		wl_event_source_remove(wayland->pipes_source);
	xg_pipes_destroy(wayland->pipes);
	close(wayland->listen_fd);
	if (wayland->path)
		unlink(wayland->path);
	free(wayland->path);
	free(wayland);
}

void xg_wayland_flush(struct xg_wayland *wayland)
{
	struct xg_app *app;

	wl_list_for_each (app, &wayland->apps, link)
		xg_app_flush(app);
	free_dead_apps(wayland);
}

static struct xg_app *find_app(struct xg_wayland *wayland, uint32_t number)
{
	struct xg_app *app;

	wl_list_for_each (app, &wayland->apps, link) {
		if (app->number == number && app->client)
			return app;
	}
	return NULL;
}

static bool receive_credit(struct xg_app *app, const void *payload, size_t size)
{
	struct xg_wl_credit credit;

	if (size != sizeof(credit))
		return false;
	memcpy(&credit, payload, sizeof(credit));
	if (credit.bytes > XG_WL_CREDIT_BYTES - app->outbox.credit)
		return false;
	app->outbox.credit += credit.bytes;
	return true;
}

/* The compositor has ended the connection: code, interface and text are to match it. */
static bool receive_error(struct xg_app *app, const void *payload, size_t size)
{
	struct xg_wl_error error;

	if (size < sizeof(error))
		return false;
	memcpy(&error, payload, sizeof(error));
	if (error.text_size != size - sizeof(error))
		return false;
	const struct xg_app_object *object = xg_app_object_find(app, error.object);
	/* One that it has destroyed cannot be named any more: its code and text remain. */
	struct wl_resource *resource =
		object ? object->resource : wl_client_get_object(app->client, 1);
	wl_resource_post_error(resource, error.code, "%.*s", (int)error.text_size,
		(const char *)payload + sizeof(error));
	wl_client_flush(app->client);
	return true;
}

static bool receive_closed(struct xg_app *app)
{
	app->is_closed_by_host = true;
	xg_app_hang_up(app);
	return true;
}

bool xg_wayland_receive(struct xg_wayland *wayland, uint32_t type, const void *payload, size_t size)
{
	const char *rule;
	uint32_t number;

	if (size < sizeof(number))
		return false;
	if (type >= XG_WL_PIPE_DATA && type <= XG_WL_PIPE_BROKEN)
		return xg_pipes_receive(wayland->pipes, type, payload, size, &rule);
	memcpy(&number, payload, sizeof(number));
	struct xg_app *app = find_app(wayland, number);
	/* It is gone, and the host does not know yet. */
	if (!app)
		return true;
	switch (type) {
	case XG_WL_EVENT:
		return xg_event_receive(app, payload, size);
	case XG_WL_BLOB:
		return xg_blob_receive(app, payload, size);
	case XG_WL_CREDIT:
		return receive_credit(app, payload, size);
	case XG_WL_ERROR:
		return receive_error(app, payload, size);
	case XG_WL_CLOSED:
		return receive_closed(app);
	default:
		return false;
	}
}

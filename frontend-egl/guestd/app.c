/* SPDX-License-Identifier: MIT */
/*
 * See app.h. An application is paused, which means left undispatched, while the host has given no
 * credit for what it has requested already. Then its socket is still watched for a hang-up: the
 * death of an application must not wait for its requests.
 */
#include "app.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "xenglass/control_wayland.h"

static int handle_display(int fd, uint32_t mask, void *data)
{
	struct xg_app *app = data;

	wl_event_loop_dispatch(wl_display_get_event_loop(app->display), 0);
	return 0;
}

static int handle_death(int fd, uint32_t mask, void *data)
{
	struct xg_app *app = data;

	if (mask & (WL_EVENT_HANGUP | WL_EVENT_ERROR))
		xg_app_hang_up(app);
	return 0;
}

/* The client's resources, and our objects with them, are already gone or go right after this. */
static void handle_client_destroy(struct wl_listener *listener, void *data)
{
	struct xg_app *app = wl_container_of(listener, app, client_destroy);
	const struct xg_wl_close close = {app->number};

	if (app->death)
		wl_event_source_remove(app->death);
	app->death = NULL;
	app->client = NULL;
	if (!app->is_closed_by_host) {
		xg_outbox_flush(&app->outbox, &app->wayland->setup);
		app->wayland->setup.send(
			app->wayland->setup.data, XG_WL_CLOSE, &close, sizeof(close), NULL, 0);
	}
}

static bool open_on_host(struct xg_app *app)
{
	const struct xg_wl_open open = {app->number, XG_WL_CREDIT_BYTES};

	return app->wayland->setup.send(
		app->wayland->setup.data, XG_WL_OPEN, &open, sizeof(open), NULL, 0);
}

struct xg_app *xg_app_create(struct xg_wayland *wayland, int fd)
{
	struct xg_app *app = calloc(1, sizeof(*app));

	if (!app) {
		close(fd);
		return NULL;
	}
	app->wayland = wayland;
	app->number = ++wayland->last_app;
	app->next_object = XG_WL_DISPLAY_OBJECT + 1;
	wl_list_init(&app->blobs);
	wl_list_init(&app->buffers);
	xg_outbox_init(&app->outbox, app->number, XG_WL_CREDIT_BYTES);
	app->display = wl_display_create();
	if (app->display)
		app->client = wl_client_create(app->display, fd);
	if (!app->client) {
		close(fd);
		goto err_app;
	}
	app->client_destroy.notify = handle_client_destroy;
	wl_client_add_destroy_listener(app->client, &app->client_destroy);
	if (!open_on_host(app))
		goto err_client;
	app->source = wl_event_loop_add_fd(wayland->loop,
		wl_event_loop_get_fd(wl_display_get_event_loop(app->display)), WL_EVENT_READABLE,
		handle_display, app);
	if (!app->source || !xg_app_object_create(app, XG_WL_DISPLAY_OBJECT,
				    &xg_interfaces[XG_INTERFACE_wl_display],
				    wl_client_get_object(app->client, 1)))
		goto err_client;
	wl_list_insert(wayland->apps.prev, &app->link);
	return app;

err_client:
	wl_client_destroy(app->client);
	if (app->source)
		wl_event_source_remove(app->source);
err_app:
	if (app->display)
		wl_display_destroy(app->display);
	free(app);
	return NULL;
}

void xg_app_destroy(struct xg_app *app)
{
	wl_event_source_remove(app->source);
	wl_display_destroy(app->display);
	xg_outbox_finish(&app->outbox);
	xg_blobs_finish(app);
	free(xg_app_object_find(app, XG_WL_DISPLAY_OBJECT));
	xg_map_finish(&app->objects);
	wl_list_remove(&app->link);
	free(app);
}

void xg_app_hang_up(struct xg_app *app)
{
	if (app->client)
		wl_client_destroy(app->client);
}

static void set_paused(struct xg_app *app, bool is_paused)
{
	if (app->is_paused == is_paused)
		return;
	app->is_paused = is_paused;
	wl_event_source_fd_update(app->source, is_paused ? 0 : WL_EVENT_READABLE);
	if (is_paused) {
		app->death = wl_event_loop_add_fd(
			app->wayland->loop, wl_client_get_fd(app->client), 0, handle_death, app);
	} else if (app->death) {
		wl_event_source_remove(app->death);
		app->death = NULL;
	}
}

void xg_app_flush(struct xg_app *app)
{
	if (app->client)
		set_paused(app, !xg_outbox_flush(&app->outbox, &app->wayland->setup));
	/* Flushing may find that the client is gone. */
	wl_display_flush_clients(app->display);
}

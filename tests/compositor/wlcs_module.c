/* SPDX-License-Identifier: MIT */
/*
 * The compositor as wlcs, the Wayland conformance suite, wants it: a module that runs a server in a
 * thread of its own. Whatever wlcs asks for is done on that thread, between two events; the caller
 * waits until it is done.
 */
#include <pthread.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>
#include <wayland-client-core.h>
#include <wlcs/display_server.h>
#include <wlcs/pointer.h>
#include <wlcs/touch.h>

#include "base/log.h"
#include "options.h"
#include "output.h"
#include "seat.h"
#include "server.h"
#include "surface.h"
#include "window.h"
#include "window_frame.h"
#include "xdg_surface.h"
#include "xdg_toplevel.h"

/* Wlcs' 0, 0 is so far from the screen's corner, that frames of windows there have room. */
#define ROOM   64
#define FINGER 0

struct module_server;

struct task {
	void (*run)(struct module_server *module, struct task *task);
	int fd;
	const struct wl_display *display;
	uint32_t object_id;
	int x, y;
	int button;
	bool pressed;
};

/* A connection that was given to wlcs. */
struct connection {
	struct wl_list link;
	int fd; /* wlcs' end */
	struct wl_client *client;
};

struct module_server {
	WlcsDisplayServer base;
	struct xg_options options;
	struct xg_server server;
	pthread_t thread;
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	bool is_ready;
	struct task *task; /* to be done, or being done */
	int wake_fd;
	struct wl_list connections;
};

struct module_pointer {
	WlcsPointer base;
	struct module_server *module;
};

struct module_touch {
	WlcsTouch base;
	struct module_server *module;
};

static struct module_server *module_of(WlcsDisplayServer *base)
{
	return (struct module_server *)base;
}

static int handle_wake(int fd, uint32_t mask, void *data)
{
	struct module_server *module = data;
	uint64_t count;

	if (read(fd, &count, sizeof(count)) < 0)
		return 0;
	pthread_mutex_lock(&module->mutex);
	if (module->task)
		module->task->run(module, module->task);
	module->task = NULL;
	pthread_cond_broadcast(&module->changed);
	pthread_mutex_unlock(&module->mutex);
	return 0;
}

/* Has the server's thread do the task, and waits for it. */
static void call(struct module_server *module, struct task *task)
{
	pthread_mutex_lock(&module->mutex);
	while (!module->is_ready)
		pthread_cond_wait(&module->changed, &module->mutex);
	module->task = task;
	eventfd_write(module->wake_fd, 1);
	while (module->task)
		pthread_cond_wait(&module->changed, &module->mutex);
	pthread_mutex_unlock(&module->mutex);
}

static void *run_server(void *data)
{
	struct module_server *module = data;

	if (!xg_server_init(&module->server, &module->options))
		abort();
	module->server.takes_unconfigured_buffers = true;
	wl_event_loop_add_fd(
		module->server.loop, module->wake_fd, WL_EVENT_READABLE, handle_wake, module);
	pthread_mutex_lock(&module->mutex);
	module->is_ready = true;
	pthread_cond_broadcast(&module->changed);
	pthread_mutex_unlock(&module->mutex);
	wl_display_run(module->server.display);
	xg_server_finish(&module->server);
	return NULL;
}

static void start(WlcsDisplayServer *base)
{
	struct module_server *module = module_of(base);

	if (pthread_create(&module->thread, NULL, run_server, module) != 0)
		abort();
}

static void run_stop(struct module_server *module, struct task *task)
{
	wl_display_terminate(module->server.display);
}

static void stop(WlcsDisplayServer *base)
{
	struct module_server *module = module_of(base);
	struct task task = {.run = run_stop};

	call(module, &task);
	pthread_join(module->thread, NULL);
}

static void run_connect(struct module_server *module, struct task *task)
{
	struct connection *connection = calloc(1, sizeof(*connection));
	int ends[2];

	if (!connection || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
		abort();
	connection->fd = ends[0];
	connection->client = wl_client_create(module->server.display, ends[1]);
	wl_list_insert(&module->connections, &connection->link);
	task->fd = ends[0];
}

static int create_client_socket(WlcsDisplayServer *base)
{
	struct task task = {.run = run_connect};

	call(module_of(base), &task);
	return task.fd;
}

/* The corner of the geometry, or without one of the surface, goes to the place. */
static void run_position(struct module_server *module, struct task *task)
{
	const int fd = wl_display_get_fd((struct wl_display *)task->display);
	struct connection *connection;

	wl_list_for_each (connection, &module->connections, link) {
		if (connection->fd != fd)
			continue;

		struct wl_resource *resource =
			wl_client_get_object(connection->client, task->object_id);
		struct xg_xdg_surface *xdg =
			resource ? xg_xdg_surface_of(xg_surface_from_resource(resource)) : NULL;
		if (!xdg || xdg->role != &xg_toplevel_role || !xdg->role_data)
			return;
		struct xg_toplevel *toplevel = xdg->role_data;
		const struct xg_box *geometry = &xdg->geometry;
		toplevel->window.x =
			ROOM + task->x - XG_FRAME_BORDER + (xdg->has_geometry ? 0 : geometry->x);
		toplevel->window.y = ROOM + task->y - XG_FRAME_TITLE_HEIGHT +
				     (xdg->has_geometry ? 0 : geometry->y);
		xg_output_schedule(module->server.output);
		return;
	}
}

static void position_window_absolute(
	WlcsDisplayServer *base, wl_display *client, wl_surface *surface, int x, int y)
{
	struct task task = {
		.run = run_position,
		.display = client,
		.object_id = wl_proxy_get_id((struct wl_proxy *)surface),
		.x = x,
		.y = y,
	};

	call(module_of(base), &task);
}

static struct module_server *pointer_module(WlcsPointer *pointer)
{
	return ((struct module_pointer *)pointer)->module;
}

static void run_move_absolute(struct module_server *module, struct task *task)
{
	xg_pointer_motion(&module->server.seat->pointer, xg_time_ms(),
		ROOM + wl_fixed_to_double(task->x), ROOM + wl_fixed_to_double(task->y));
}

static void move_absolute(WlcsPointer *pointer, wl_fixed_t x, wl_fixed_t y)
{
	struct task task = {.run = run_move_absolute, .x = x, .y = y};

	call(pointer_module(pointer), &task);
}

static void run_move_relative(struct module_server *module, struct task *task)
{
	struct xg_pointer *pointer = &module->server.seat->pointer;

	xg_pointer_motion(pointer, xg_time_ms(), pointer->x + wl_fixed_to_double(task->x),
		pointer->y + wl_fixed_to_double(task->y));
}

static void move_relative(WlcsPointer *pointer, wl_fixed_t dx, wl_fixed_t dy)
{
	struct task task = {.run = run_move_relative, .x = dx, .y = dy};

	call(pointer_module(pointer), &task);
}

static void run_button(struct module_server *module, struct task *task)
{
	xg_pointer_button(
		&module->server.seat->pointer, xg_time_ms(), (uint32_t)task->button, task->pressed);
}

static void button_down(WlcsPointer *pointer, int button)
{
	struct task task = {.run = run_button, .button = button, .pressed = true};

	call(pointer_module(pointer), &task);
}

static void button_up(WlcsPointer *pointer, int button)
{
	struct task task = {.run = run_button, .button = button};

	call(pointer_module(pointer), &task);
}

static void destroy_pointer(WlcsPointer *pointer)
{
	free(pointer);
}

static WlcsPointer *create_pointer(WlcsDisplayServer *base)
{
	struct module_pointer *pointer = calloc(1, sizeof(*pointer));

	if (!pointer)
		abort();
	pointer->base = (WlcsPointer){
		.version = WLCS_POINTER_VERSION,
		.move_absolute = move_absolute,
		.move_relative = move_relative,
		.button_up = button_up,
		.button_down = button_down,
		.destroy = destroy_pointer,
	};
	pointer->module = module_of(base);
	return &pointer->base;
}

static struct module_server *touch_module(WlcsTouch *touch)
{
	return ((struct module_touch *)touch)->module;
}

/* wlcs 1.5 gives a finger's places in whole pixels, whatever its header says. */
static void run_touch_down(struct module_server *module, struct task *task)
{
	xg_touch_down(
		&module->server.seat->touch, xg_time_ms(), FINGER, ROOM + task->x, ROOM + task->y);
}

static void touch_down(WlcsTouch *touch, wl_fixed_t x, wl_fixed_t y)
{
	struct task task = {.run = run_touch_down, .x = x, .y = y};

	call(touch_module(touch), &task);
}

static void run_touch_move(struct module_server *module, struct task *task)
{
	xg_touch_motion(
		&module->server.seat->touch, xg_time_ms(), FINGER, ROOM + task->x, ROOM + task->y);
}

static void touch_move(WlcsTouch *touch, wl_fixed_t x, wl_fixed_t y)
{
	struct task task = {.run = run_touch_move, .x = x, .y = y};

	call(touch_module(touch), &task);
}

static void run_touch_up(struct module_server *module, struct task *task)
{
	xg_touch_up(&module->server.seat->touch, xg_time_ms(), FINGER);
}

static void touch_up(WlcsTouch *touch)
{
	struct task task = {.run = run_touch_up};

	call(touch_module(touch), &task);
}

static void destroy_touch(WlcsTouch *touch)
{
	free(touch);
}

static WlcsTouch *create_touch(WlcsDisplayServer *base)
{
	struct module_touch *touch = calloc(1, sizeof(*touch));

	if (!touch)
		abort();
	touch->base = (WlcsTouch){
		.version = WLCS_TOUCH_VERSION,
		.touch_down = touch_down,
		.touch_move = touch_move,
		.touch_up = touch_up,
		.destroy = destroy_touch,
	};
	touch->module = module_of(base);
	return &touch->base;
}

static const WlcsExtensionDescriptor extensions[] = {
	{"wl_compositor", 5},
	{"wl_subcompositor", 1},
	{"wl_shm", 1},
	{"wl_seat", 7},
	{"wl_output", 4},
	{"wl_data_device_manager", 3},
	{"xdg_wm_base", 3},
	{"wp_viewporter", 1},
	{"wp_presentation", 1},
	{"zxdg_output_manager_v1", 3},
	{"zxdg_decoration_manager_v1", 1},
};

static const WlcsIntegrationDescriptor descriptor = {
	.version = WLCS_INTEGRATION_DESCRIPTOR_VERSION,
	.num_extensions = sizeof(extensions) / sizeof(extensions[0]),
	.supported_extensions = extensions,
};

static const WlcsIntegrationDescriptor *get_descriptor(const WlcsDisplayServer *base)
{
	return &descriptor;
}

static WlcsDisplayServer *create_server(int argc, const char **argv)
{
	struct module_server *module = calloc(1, sizeof(*module));

	if (!module)
		abort();
	xg_log_init("wlcs", XG_LOG_ERROR);
	module->base = (WlcsDisplayServer){
		.version = WLCS_DISPLAY_SERVER_VERSION,
		.start = start,
		.stop = stop,
		.create_client_socket = create_client_socket,
		.position_window_absolute = position_window_absolute,
		.create_pointer = create_pointer,
		.create_touch = create_touch,
		.get_descriptor = get_descriptor,
	};
	module->options = (struct xg_options){
		.backend = XG_BACKEND_HEADLESS,
		.width = 1280,
		.height = 1024,
		.refresh_mhz = 60000,
		.pixel_bytes = UINT64_C(1) << 30,
		.ready_fd = -1,
	};
	module->wake_fd = eventfd(0, EFD_CLOEXEC);
	pthread_mutex_init(&module->mutex, NULL);
	pthread_cond_init(&module->changed, NULL);
	wl_list_init(&module->connections);
	return &module->base;
}

static void destroy_server(WlcsDisplayServer *base)
{
	struct module_server *module = module_of(base);
	struct connection *connection, *next;

	wl_list_for_each_safe (connection, next, &module->connections, link)
		free(connection);
	close(module->wake_fd);
	pthread_cond_destroy(&module->changed);
	pthread_mutex_destroy(&module->mutex);
	free(module);
}

__attribute__((visibility("default"))) const WlcsServerIntegration wlcs_server_integration = {
	.version = WLCS_SERVER_INTEGRATION_VERSION,
	.create_server = create_server,
	.destroy_server = destroy_server,
};

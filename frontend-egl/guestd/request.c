/* SPDX-License-Identifier: MIT */
/*
 * An application's requests, each turned into a message to the host. One dispatcher serves every
 * resource, the wl_display's included, so that all requests keep their order. A few interfaces have
 * a step of their own: what carries pixels.
 */
#include "app.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <wayland-server-protocol.h>

#include "xenglass/control_wayland.h"

struct request {
	struct xg_app *app;
	struct xg_app_object *object;
	uint32_t opcode;
	const struct wl_message *message;
	union wl_argument *args;
	struct xg_value values[XG_VALUES_MAX];
	uint32_t count;
	struct xg_app_object *created;
	int fd; /* ours, or -1 */
};

static bool is_request(const struct request *request, enum xg_interface_index i, uint32_t opcode)
{
	return xg_interface_is(request->object->interface, i) && request->opcode == opcode;
}

static uint64_t object_number(struct wl_object *object)
{
	if (!object)
		return 0;
	return ((struct xg_app_object *)wl_resource_get_user_data((struct wl_resource *)object))
		->number;
}

/*
 * Makes the resource that the request asks for. False without memory, or for an interface that no
 * guest may have; the application has been told then.
 */
static bool create_object(struct request *request, uint32_t i)
{
	const struct wl_interface *type = request->message->types[i];
	const char *name = type ? type->name : request->args[i - 2].s;
	const struct xg_interface *interface = xg_interface_find(name);
	const int version = type ? wl_resource_get_version(request->object->resource)
				 : (int)request->args[i - 1].u;

	if (!interface) {
		wl_resource_post_error(request->object->resource, WL_DISPLAY_ERROR_INVALID_OBJECT,
			"invalid global %s (%u)", name, request->args[0].u);
		return false;
	}
	struct wl_resource *resource = wl_resource_create(
		request->app->client, interface->wayland, version, request->args[i].n);
	if (resource)
		request->created = xg_app_object_create(
			request->app, request->app->next_object, interface, resource);
	if (!request->created) {
		wl_client_post_no_memory(request->app->client);
		return false;
	}
	request->values[i].object = request->app->next_object++;
	return true;
}

/* Reads the arguments. The descriptor is ours from here on. False if the request ends here. */
static bool read_arguments(struct request *request)
{
	for (uint32_t i = 0; i < request->count; i++) {
		struct xg_value *value = &request->values[i];
		const union wl_argument *arg = &request->args[i];

		switch (value->type) {
		case 'o':
			value->object = object_number(arg->o);
			break;
		case 's':
			value->bytes = arg->s;
			value->size = arg->s ? (uint32_t)strlen(arg->s) + 1 : 0;
			break;
		case 'a':
			value->bytes = arg->a->data;
			value->size = (uint32_t)arg->a->size;
			break;
		case 'h':
			request->fd = arg->h;
			break;
		case 'n':
			break;
		default:
			value->unsigned_number = arg->u;
		}
	}
	for (uint32_t i = 0; i < request->count; i++) {
		if (request->values[i].type == 'n' && !create_object(request, i))
			return false;
	}
	return true;
}

/* The pool keeps the descriptor. A file that cannot be mapped is refused as libwayland does. */
static bool create_pool(struct request *request)
{
	const int32_t size = request->args[2].i;

	if (size > 0) {
		void *memory = mmap(
			NULL, (size_t)size, PROT_READ | PROT_WRITE, MAP_SHARED, request->fd, 0);

		if (memory == MAP_FAILED) {
			wl_resource_post_error(request->object->resource, WL_SHM_ERROR_INVALID_FD,
				"failed mmap fd %d: %m", request->fd);
			return false;
		}
		munmap(memory, (size_t)size);
	}
	request->created->pool = xg_app_pool_create(request->created->number, request->fd, size);
	request->fd = -1;
	if (!request->created->pool)
		wl_client_post_no_memory(request->app->client);
	return request->created->pool;
}

static bool create_sink(struct request *request)
{
	const uint32_t pipe = xg_pipes_add_sink(request->app->wayland->pipes, request->fd);

	request->fd = -1;
	for (uint32_t i = 0; i < request->count; i++) {
		if (request->values[i].type == 'h')
			request->values[i].unsigned_number = pipe;
	}
	return pipe != 0;
}

/* False if the request ends here. */
static bool carry_descriptor(struct request *request)
{
	switch (request->object->interface->descriptor) {
	case XG_DESCRIPTOR_POOL:
		return create_pool(request);
	case XG_DESCRIPTOR_SINK:
		return create_sink(request);
	default:
		return false;
	}
}

static bool create_buffer(struct request *request)
{
	const union wl_argument *args = request->args;
	const int32_t geometry[4] = {args[1].i, args[2].i, args[3].i, args[4].i};
	struct xg_buffer *buffer = xg_buffer_create(
		request->object->pool, request->created->number, geometry, args[5].u);

	if (!buffer) {
		wl_client_post_no_memory(request->app->client);
		return false;
	}
	request->created->buffer = buffer;
	wl_list_insert(&request->app->buffers, &buffer->link);
	return true;
}

static void resize_pool(struct request *request)
{
	struct xg_app_pool *pool = request->object->pool;
	const int32_t size = request->args[0].i;

	if (size > 0 && (size_t)size > pool->size_bytes)
		pool->size_bytes = (size_t)size;
}

/* Notes what a request on a wl_surface means for its pixels. False without memory. */
static bool follow_surface(struct request *request)
{
	struct xg_surface *surface = request->object->surface;
	const union wl_argument *args = request->args;
	const int32_t rectangle[4] = {args[0].i, args[1].i, args[2].i, args[3].i};

	switch (request->opcode) {
	case XG_REQUEST_wl_surface_attach:
		surface->pending_buffer = request->values[0].object;
		break;
	case XG_REQUEST_wl_surface_damage:
	case XG_REQUEST_wl_surface_damage_buffer:
		xg_surface_damage(
			surface, rectangle, request->opcode == XG_REQUEST_wl_surface_damage_buffer);
		break;
	case XG_REQUEST_wl_surface_set_buffer_scale:
		surface->scale = args[0].i;
		break;
	case XG_REQUEST_wl_surface_set_buffer_transform:
		surface->has_viewport |= args[0].i != WL_OUTPUT_TRANSFORM_NORMAL;
		break;
	case XG_REQUEST_wl_surface_frame:
		wl_list_insert(&request->object->callbacks, &request->created->callback_link);
		break;
	case XG_REQUEST_wl_surface_commit:
		if (!xg_surface_commit(request->app, request->object)) {
			wl_client_post_no_memory(request->app->client);
			return false;
		}
	}
	return true;
}

/* What some interfaces need before the request is sent. False if the request ends here. */
static bool follow(struct request *request)
{
	if (xg_interface_is(request->object->interface, XG_INTERFACE_wl_surface))
		return follow_surface(request);
	if (is_request(request, XG_INTERFACE_wl_shm_pool, XG_REQUEST_wl_shm_pool_create_buffer))
		return create_buffer(request);
	if (is_request(request, XG_INTERFACE_wl_shm_pool, XG_REQUEST_wl_shm_pool_resize))
		resize_pool(request);
	if (is_request(
		    request, XG_INTERFACE_wp_viewporter, XG_REQUEST_wp_viewporter_get_viewport)) {
		struct xg_app_object *surface =
			wl_resource_get_user_data((struct wl_resource *)request->args[1].o);

		surface->surface->has_viewport = true;
	}
	if (is_request(
		    request, XG_INTERFACE_wl_compositor, XG_REQUEST_wl_compositor_create_surface)) {
		request->created->surface = calloc(1, sizeof(*request->created->surface));
		if (!request->created->surface) {
			wl_client_post_no_memory(request->app->client);
			return false;
		}
		request->created->surface->scale = 1;
	}
	return true;
}

static void send_request(struct request *request)
{
	const struct xg_wl_message head = {
		request->app->number, request->opcode, request->object->number};
	uint32_t room[XG_WL_MESSAGE_MAX / sizeof(uint32_t) + XG_VALUES_MAX];
	const size_t size = xg_values_size(request->values, request->count);

	if (size > sizeof(room))
		return;
	xg_values_encode(request->values, request->count, room);
	if (!xg_outbox_add_message(
		    &request->app->outbox, XG_WL_REQUEST, &head, sizeof(head), room, size))
		wl_client_post_no_memory(request->app->client);
}

/* What follows once the request is on its way. */
static void finish(struct request *request)
{
	struct xg_app_object *object = request->object, *callback, *next;

	if (!(object->interface->request_destructors & (1u << request->opcode)))
		return;
	/* Compositors drop a surface's frame callbacks with it, and tell nobody. */
	wl_list_for_each_safe (callback, next, &object->callbacks, callback_link)
		wl_resource_destroy(callback->resource);
	wl_resource_destroy(object->resource);
}

int xg_request_dispatch(const void *implementation, void *target, uint32_t opcode,
	const struct wl_message *message, union wl_argument *args)
{
	struct request request = {
		.object = wl_resource_get_user_data(target),
		.opcode = opcode,
		.message = message,
		.args = args,
		.fd = -1,
	};

	request.app = request.object->app;
	request.count = xg_values_init(message->signature, request.values);
	bool goes_on = read_arguments(&request);
	if (goes_on && request.fd >= 0)
		goes_on = carry_descriptor(&request);
	if (request.fd >= 0)
		close(request.fd);
	if (!goes_on || !follow(&request))
		return 0;
	send_request(&request);
	finish(&request);
	return 0;
}

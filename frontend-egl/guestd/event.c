/* SPDX-License-Identifier: MIT */
/*
 * The host's events, each posted to the application. An event for an object that is gone is
 * dropped, and so is one in which an object that must be there is gone: the application has
 * destroyed it while the event was on its way.
 */
#include "app.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "xenglass/control_wayland.h"

/* What a descriptor held on the host; it becomes a file here. */
struct xg_blob {
	struct wl_list link;
	uint32_t number;
	uint32_t filled;
	uint32_t total;
	int fd;
};

static void blob_destroy(struct xg_blob *blob)
{
	wl_list_remove(&blob->link);
	if (blob->fd >= 0)
		close(blob->fd);
	free(blob);
}

void xg_blobs_finish(struct xg_app *app)
{
	struct xg_blob *blob, *next;

	wl_list_for_each_safe (blob, next, &app->blobs, link)
		blob_destroy(blob);
}

static struct xg_blob *find_blob(struct xg_app *app, uint32_t number)
{
	struct xg_blob *blob;

	wl_list_for_each (blob, &app->blobs, link) {
		if (blob->number == number)
			return blob;
	}
	return NULL;
}

static struct xg_blob *blob_create(struct xg_app *app, const struct xg_wl_blob *part)
{
	struct xg_blob *blob = calloc(1, sizeof(*blob));

	if (!blob)
		return NULL;
	blob->number = part->blob;
	blob->total = part->total;
	blob->fd = memfd_create("xenglass-blob", MFD_CLOEXEC);
	wl_list_insert(&app->blobs, &blob->link);
	return blob;
}

bool xg_blob_receive(struct xg_app *app, const void *payload, size_t size)
{
	struct xg_wl_blob part;

	if (size < sizeof(part))
		return false;
	memcpy(&part, payload, sizeof(part));
	size -= sizeof(part);
	struct xg_blob *blob = find_blob(app, part.blob);
	if (!blob && part.offset == 0)
		blob = blob_create(app, &part);
	if (!blob || part.offset != blob->filled || size > blob->total - blob->filled)
		return false;
	if (pwrite(blob->fd, (const uint8_t *)payload + sizeof(part), size, part.offset) !=
		(ssize_t)size)
		return false;
	blob->filled += (uint32_t)size;
	return true;
}

/* The descriptor that a number stands for; the caller closes it. -1 if there is none. */
static int take_descriptor(
	struct xg_app *app, const struct xg_interface *interface, uint32_t number)
{
	if (interface->descriptor == XG_DESCRIPTOR_SINK)
		return xg_pipes_add_source(app->wayland->pipes, number);
	struct xg_blob *blob = find_blob(app, number);
	if (interface->descriptor != XG_DESCRIPTOR_BLOB || !blob)
		return -1;
	const int fd = blob->fd;
	blob->fd = -1;
	blob_destroy(blob);
	return fd;
}

/* The resource for an object that came into being with the event. */
static struct wl_object *create_object(
	struct xg_app_object *parent, const struct wl_interface *type, uint64_t number)
{
	const struct xg_interface *interface = xg_interface_find(type->name);
	struct wl_resource *resource = wl_resource_create(parent->app->client, interface->wayland,
		wl_resource_get_version(parent->resource), 0);

	if (!resource)
		return NULL;
	if (!xg_app_object_create(parent->app, number, interface, resource)) {
		wl_resource_destroy(resource);
		return NULL;
	}
	return (struct wl_object *)resource;
}

/* An event on its way to the application. */
struct event {
	struct xg_app_object *object;
	const struct wl_message *message;
	struct xg_value values[XG_VALUES_MAX];
	uint32_t count;
	union wl_argument args[XG_VALUES_MAX];
	struct wl_array arrays[XG_VALUES_MAX];
	int fd; /* ours, or -1 */
};

/* Makes one argument. False if the event cannot be posted. */
static bool make_argument(struct event *event, uint32_t i)
{
	const struct xg_value *value = &event->values[i];
	union wl_argument *arg = &event->args[i];
	const struct xg_app_object *object;

	switch (value->type) {
	case 'o':
		object = xg_app_object_find(event->object->app, value->object);
		arg->o = object ? (struct wl_object *)object->resource : NULL;
		return arg->o || value->is_nullable;
	case 'n':
		arg->o = create_object(event->object, event->message->types[i], value->object);
		return arg->o;
	case 's':
		arg->s = value->bytes;
		return true;
	case 'a':
		event->arrays[i] =
			(struct wl_array){value->size, value->size, (void *)value->bytes};
		arg->a = &event->arrays[i];
		return true;
	case 'h':
		arg->h = event->fd;
		return event->fd >= 0;
	default:
		arg->u = value->unsigned_number;
		return true;
	}
}

/* Takes what the event's descriptor stands for, also if nobody will have it. */
static void take_event_descriptor(
	struct event *event, struct xg_app *app, const struct xg_interface *interface)
{
	for (uint32_t i = 0; i < event->count; i++) {
		if (event->values[i].type == 'h')
			event->fd =
				take_descriptor(app, interface, event->values[i].unsigned_number);
	}
}

/*
 * The private global comes with the compositor's, not before: some applications look at the first
 * events that they get and take them for all globals.
 */
static void announce_swap(struct xg_app_object *registry)
{
	if (!xg_interface_is(registry->interface, XG_INTERFACE_wl_registry) ||
		registry->has_announced_swap)
		return;
	registry->has_announced_swap = true;
	wl_resource_post_event(registry->resource, XG_EVENT_wl_registry_global, XG_WL_SWAP_GLOBAL,
		"xg_swap_v1", 1);
}

static void post(struct event *event, uint32_t opcode)
{
	struct xg_app_object *object = event->object;
	bool is_whole = xg_signature_since(event->message->signature) <=
			(uint32_t)wl_resource_get_version(object->resource);

	for (uint32_t i = 0; i < event->count; i++)
		is_whole &= make_argument(event, i);
	announce_swap(object);
	if (is_whole)
		wl_resource_post_event_array(object->resource, opcode, event->args);
	if (object->interface->event_destructors & (1u << opcode))
		wl_resource_destroy(object->resource);
}

bool xg_event_receive(struct xg_app *app, const void *payload, size_t size)
{
	struct event event = {.fd = -1};
	struct xg_wl_message head;
	const char *rule;

	if (size < sizeof(head))
		return false;
	memcpy(&head, payload, sizeof(head));
	event.object = xg_app_object_find(app, head.object);
	if (!event.object)
		return true;
	const struct wl_interface *interface = event.object->interface->wayland;
	if (head.opcode >= (uint32_t)interface->event_count)
		return false;
	event.message = &interface->events[head.opcode];
	if (!xg_values_decode(event.message->signature, (const uint8_t *)payload + sizeof(head),
		    size - sizeof(head), event.values, &event.count, &rule))
		return false;
	take_event_descriptor(&event, app, event.object->interface);
	post(&event, head.opcode);
	if (event.fd >= 0)
		close(event.fd);
	return true;
}

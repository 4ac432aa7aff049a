/* SPDX-License-Identifier: MIT */
/* See object.h. Objects are destroyed outside the lock: the driver may take its time. */
#include "object.h"

#include <assert.h>
#include <stddef.h>

#include "display.h"

static struct xg_host_object **bucket_of(struct xg_host_objects *objects, uint32_t id)
{
	return &objects->buckets[id % XG_HOST_BUCKETS];
}

void xg_host_objects_init(struct xg_host_objects *objects)
{
	*objects = (struct xg_host_objects){0};
	pthread_mutex_init(&objects->lock, NULL);
}

void xg_host_objects_finish(struct xg_host_objects *objects)
{
	for (int i = 0; i < XG_HOST_BUCKETS; i++)
		assert(!objects->buckets[i]);
	pthread_mutex_destroy(&objects->lock);
}

void xg_host_object_init(struct xg_host_object *object, enum xg_host_kind kind,
	struct xg_host_display *display, void (*destroy)(struct xg_host_object *object))
{
	object->next = NULL;
	object->id = 0;
	object->kind = kind;
	object->references = 1;
	object->destroy = destroy;
	object->display = display;
	if (display)
		xg_host_object_ref(&display->object);
}

struct xg_host_object *xg_host_object_ref(struct xg_host_object *object)
{
	if (object)
		atomic_fetch_add(&object->references, 1);
	return object;
}

void xg_host_object_unref(struct xg_host_object *object)
{
	if (!object || atomic_fetch_sub(&object->references, 1) != 1)
		return;

	struct xg_host_display *display = object->display;

	object->destroy(object);
	if (display)
		xg_host_object_unref(&display->object);
}

bool xg_host_objects_add(
	struct xg_host_objects *objects, struct xg_host_object *object, uint32_t untrusted_id)
{
	struct xg_host_object **bucket = bucket_of(objects, untrusted_id);
	struct xg_host_object *other;

	if (!untrusted_id)
		return false;
	pthread_mutex_lock(&objects->lock);
	for (other = *bucket; other && other->id != untrusted_id; other = other->next) {
	}
	if (!other) {
		object->id = untrusted_id;
		object->next = *bucket;
		*bucket = xg_host_object_ref(object);
	}
	pthread_mutex_unlock(&objects->lock);
	return !other;
}

struct xg_host_object *xg_host_objects_find(
	struct xg_host_objects *objects, enum xg_host_kind kind, uint32_t untrusted_id)
{
	struct xg_host_object *object;

	pthread_mutex_lock(&objects->lock);
	object = *bucket_of(objects, untrusted_id);
	while (object && (object->id != untrusted_id || object->kind != kind))
		object = object->next;
	xg_host_object_ref(object);
	pthread_mutex_unlock(&objects->lock);
	return object;
}

bool xg_host_objects_remove(
	struct xg_host_objects *objects, enum xg_host_kind kind, uint32_t untrusted_id)
{
	struct xg_host_object **link = bucket_of(objects, untrusted_id);
	struct xg_host_object *object;

	pthread_mutex_lock(&objects->lock);
	while (*link && ((*link)->id != untrusted_id || (*link)->kind != kind))
		link = &(*link)->next;
	object = *link;
	if (object)
		*link = object->next;
	pthread_mutex_unlock(&objects->lock);
	xg_host_object_unref(object);
	return object != NULL;
}

/* Takes one object out that is of the display (any with NULL), displays only if asked for. */
static struct xg_host_object *take_one(
	struct xg_host_objects *objects, const struct xg_host_display *display, bool displays_too)
{
	struct xg_host_object *found = NULL;

	pthread_mutex_lock(&objects->lock);
	for (int i = 0; i < XG_HOST_BUCKETS && !found; i++) {
		for (struct xg_host_object **link = &objects->buckets[i]; *link;
			link = &(*link)->next) {
			struct xg_host_object *object = *link;

			if ((display && object->display != display) ||
				(object->kind == XG_HOST_DISPLAY && !displays_too))
				continue;
			*link = object->next;
			found = object;
			break;
		}
	}
	pthread_mutex_unlock(&objects->lock);
	return found;
}

void xg_host_objects_clear(struct xg_host_objects *objects, const struct xg_host_display *display)
{
	struct xg_host_object *object;

	while ((object = take_one(objects, display, false)))
		xg_host_object_unref(object);
	if (display)
		return;
	while ((object = take_one(objects, NULL, true)))
		xg_host_object_unref(object);
}

/* SPDX-License-Identifier: MIT */
/*
 * What a guest process has of EGL: displays, contexts, surfaces, images and syncs. They have what
 * this header keeps in common: the id that the guest made, a reference count, and a place in their
 * client's table. One reference is the table's; a replay that has an object current holds another,
 * so that an object which the guest destroys while it is current lives on until it is released, as
 * EGL wants it.
 *
 * One lock for each client guards the table. It is held for bookkeeping only.
 */
#ifndef XG_HOST_OBJECT_H
#define XG_HOST_OBJECT_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum xg_host_kind {
	XG_HOST_DISPLAY,
	XG_HOST_CONTEXT,
	XG_HOST_SURFACE,
	XG_HOST_IMAGE,
	XG_HOST_SYNC,
};

struct xg_host_display;

struct xg_host_object {
	struct xg_host_object *next; /* in its bucket */
	uint32_t id;
	enum xg_host_kind kind;
	_Atomic uint32_t references;
	struct xg_host_display *display; /* a reference; NULL in a display */
	void (*destroy)(struct xg_host_object *object);
};

enum { XG_HOST_BUCKETS = 256 };

struct xg_host_objects {
	pthread_mutex_t lock;
	struct xg_host_object *buckets[XG_HOST_BUCKETS];
};

void xg_host_objects_init(struct xg_host_objects *objects);

/* The table must be empty: see xg_host_objects_clear. */
void xg_host_objects_finish(struct xg_host_objects *objects);

/*
 * Fills in an object with one reference, the caller's. destroy is called, on any thread, when the
 * last reference goes; the display's reference is dropped right after it.
 */
void xg_host_object_init(struct xg_host_object *object, enum xg_host_kind kind,
	struct xg_host_display *display, void (*destroy)(struct xg_host_object *object));

/* Enters an object under an id; the table takes a reference of its own. False, and nothing done,
 * if the id is 0 or taken. Any thread. */
bool xg_host_objects_add(
	struct xg_host_objects *objects, struct xg_host_object *object, uint32_t untrusted_id);

/* The object of that kind and id with a new reference, or NULL. Any thread. */
struct xg_host_object *xg_host_objects_find(
	struct xg_host_objects *objects, enum xg_host_kind kind, uint32_t untrusted_id);

/* Takes it out of the table, and drops the table's reference. False if it is not there. */
bool xg_host_objects_remove(
	struct xg_host_objects *objects, enum xg_host_kind kind, uint32_t untrusted_id);

/* The same for all objects of a display, or, with NULL, for all: displays last. */
void xg_host_objects_clear(struct xg_host_objects *objects, const struct xg_host_display *display);

/* NULL is legal. Any thread. */
struct xg_host_object *xg_host_object_ref(struct xg_host_object *object);
void xg_host_object_unref(struct xg_host_object *object);

#endif

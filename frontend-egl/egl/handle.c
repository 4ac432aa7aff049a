/* SPDX-License-Identifier: MIT */
/* See handle.h. The lists are short (a program has a few contexts and surfaces), so they are lists.
 */
#include "egl/handle.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>

#include "egl/context.h"
#include "egl/display.h"
#include "egl/image.h"
#include "egl/surface.h"
#include "egl/sync.h"

static pthread_mutex_t egl_lock = PTHREAD_MUTEX_INITIALIZER;
static _Atomic uint32_t last_id;

void xg_egl_lock(void)
{
	pthread_mutex_lock(&egl_lock);
}

void xg_egl_unlock(void)
{
	pthread_mutex_unlock(&egl_lock);
}

uint32_t xg_handle_new_id(void)
{
	return atomic_fetch_add_explicit(&last_id, 1, memory_order_relaxed) + 1;
}

bool xg_handle_init(struct xg_handle *handle, struct xg_display *display, enum xg_kind kind)
{
	bool is_open;

	handle->display = display;
	handle->kind = kind;
	handle->id = xg_handle_new_id();
	handle->references = 1;
	xg_egl_lock();
	is_open = display->session != NULL;
	if (is_open)
		handle->session = xg_session_ref(display->session);
	xg_egl_unlock();
	return is_open;
}

void xg_handle_link(struct xg_handle *handle)
{
	struct xg_handle **const list = &handle->display->objects[handle->kind];

	xg_egl_lock();
	handle->next = *list;
	*list = handle;
	handle->is_linked = true;
	xg_egl_unlock();
}

void xg_handle_unlink(struct xg_handle *handle)
{
	struct xg_handle **place = &handle->display->objects[handle->kind];

	assert(handle->is_linked);
	while (*place != handle)
		place = &(*place)->next;
	*place = handle->next;
	handle->is_linked = false;
}

struct xg_handle *xg_handle_find(struct xg_display *display, enum xg_kind kind, const void *name)
{
	for (struct xg_handle *handle = display->objects[kind]; handle; handle = handle->next) {
		if (handle == name)
			return xg_handle_ref(handle);
	}
	return NULL;
}

struct xg_handle *xg_handle_take(struct xg_display *display, enum xg_kind kind, const void *name)
{
	struct xg_handle *handle;

	xg_egl_lock();
	handle = xg_handle_find(display, kind, name);
	if (handle) {
		xg_handle_unlink(handle);
		handle->references--;
	}
	xg_egl_unlock();
	return handle;
}

struct xg_handle *xg_handle_ref(struct xg_handle *handle)
{
	handle->references++;
	return handle;
}

static void destroy(struct xg_handle *handle)
{
	switch (handle->kind) {
	case XG_KIND_CONTEXT:
		xg_context_destroy((struct xg_context *)handle);
		break;
	case XG_KIND_SURFACE:
		xg_surface_destroy((struct xg_surface *)handle);
		break;
	case XG_KIND_IMAGE:
		xg_image_destroy((struct xg_image *)handle);
		break;
	case XG_KIND_SYNC:
		xg_sync_destroy((struct xg_sync *)handle);
		break;
	case XG_KIND_COUNT:
		break;
	}
}

void xg_handle_unref(struct xg_handle *handle)
{
	struct xg_session *session;
	bool is_last;

	if (!handle)
		return;
	xg_egl_lock();
	is_last = --handle->references == 0;
	xg_egl_unlock();
	if (!is_last)
		return;
	session = handle->session;
	destroy(handle);
	xg_session_unref(session);
}

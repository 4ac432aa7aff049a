/* SPDX-License-Identifier: MIT */
/* See debug.h. Only errors are ever reported; the other message types can be switched all the same.
 */
#include "egl/debug.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "egl/display.h"
#include "egl/error.h"
#include "egl/handle.h"
#include "thread.h"
#include "xg_egl_entry.h"

enum {
	FIRST_TYPE = EGL_DEBUG_MSG_CRITICAL_KHR,
	LAST_TYPE = EGL_DEBUG_MSG_INFO_KHR,
	TYPE_COUNT = LAST_TYPE - FIRST_TYPE + 1,
};

static struct {
	pthread_mutex_t lock;
	EGLDEBUGPROCKHR callback;
	_Atomic bool is_heard;
	bool enabled[TYPE_COUNT];
} debug = {
	.lock = PTHREAD_MUTEX_INITIALIZER,
	/* The extension's defaults: critical and error are on. */
	.enabled = {true, true, false, false},
};

void xg_debug_report(struct xg_thread *thread, EGLint error, const char *text)
{
	const EGLint type =
		error == EGL_BAD_ALLOC ? EGL_DEBUG_MSG_CRITICAL_KHR : EGL_DEBUG_MSG_ERROR_KHR;
	EGLDEBUGPROCKHR callback;

	pthread_mutex_lock(&debug.lock);
	callback = debug.enabled[type - FIRST_TYPE] ? debug.callback : NULL;
	pthread_mutex_unlock(&debug.lock);
	if (callback)
		callback((EGLenum)error, thread->call, type, thread->label, thread->object_label,
			text);
}

void xg_debug_forked(void)
{
	pthread_mutex_init(&debug.lock, NULL);
}

bool xg_debug_is_heard(void)
{
	return atomic_load_explicit(&debug.is_heard, memory_order_relaxed);
}

EGLint xg_eglDebugMessageControlKHR(EGLDEBUGPROCKHR callback, const EGLAttrib *attributes)
{
	bool enabled[TYPE_COUNT];

	if (!xg_call_begin("eglDebugMessageControlKHR"))
		return EGL_BAD_ALLOC;
	pthread_mutex_lock(&debug.lock);
	for (int i = 0; i < TYPE_COUNT; i++)
		enabled[i] = debug.enabled[i];
	for (; attributes && attributes[0] != EGL_NONE; attributes += 2) {
		if (attributes[0] < FIRST_TYPE || attributes[0] > LAST_TYPE) {
			pthread_mutex_unlock(&debug.lock);
			xg_call_fail(EGL_BAD_ATTRIBUTE, "not a type of debug messages");
			return EGL_BAD_ATTRIBUTE;
		}
		enabled[attributes[0] - FIRST_TYPE] = attributes[1] != EGL_FALSE;
	}
	debug.callback = callback;
	atomic_store_explicit(&debug.is_heard, callback != NULL, memory_order_relaxed);
	for (int i = 0; callback && i < TYPE_COUNT; i++)
		debug.enabled[i] = enabled[i];
	pthread_mutex_unlock(&debug.lock);
	return EGL_SUCCESS;
}

EGLBoolean xg_eglQueryDebugKHR(EGLint attribute, EGLAttrib *value)
{
	if (!xg_call_begin("eglQueryDebugKHR"))
		return EGL_FALSE;
	if (!value)
		return xg_call_fail(EGL_BAD_PARAMETER, "no place for the value");
	if (attribute != EGL_DEBUG_CALLBACK_KHR &&
		(attribute < FIRST_TYPE || attribute > LAST_TYPE))
		return xg_call_fail(EGL_BAD_ATTRIBUTE, "not an attribute of EGL_KHR_debug");
	pthread_mutex_lock(&debug.lock);
	if (attribute == EGL_DEBUG_CALLBACK_KHR)
		*value = (EGLAttrib)debug.callback;
	else
		*value = debug.enabled[attribute - FIRST_TYPE];
	pthread_mutex_unlock(&debug.lock);
	return EGL_TRUE;
}

/* Labels an object of a display; false if there is none of that name. */
static bool label_object(
	struct xg_display *display, EGLenum type, const void *object, EGLLabelKHR label)
{
	static const EGLenum types[XG_KIND_COUNT] = {
		[XG_KIND_CONTEXT] = EGL_OBJECT_CONTEXT_KHR,
		[XG_KIND_SURFACE] = EGL_OBJECT_SURFACE_KHR,
		[XG_KIND_IMAGE] = EGL_OBJECT_IMAGE_KHR,
		[XG_KIND_SYNC] = EGL_OBJECT_SYNC_KHR,
	};
	struct xg_handle *handle = NULL;

	xg_egl_lock();
	for (int kind = 0; kind < XG_KIND_COUNT; kind++) {
		if (types[kind] == type)
			handle = xg_handle_find(display, (enum xg_kind)kind, object);
	}
	if (handle)
		handle->label = label;
	xg_egl_unlock();
	xg_handle_unref(handle);
	return handle != NULL;
}

EGLint xg_eglLabelObjectKHR(EGLDisplay dpy, EGLenum type, EGLObjectKHR object, EGLLabelKHR label)
{
	struct xg_display *display;

	if (!xg_call_begin("eglLabelObjectKHR"))
		return EGL_BAD_ALLOC;
	if (type == EGL_OBJECT_THREAD_KHR) {
		xg_thread_get()->label = label;
		return EGL_SUCCESS;
	}
	display = xg_display_find(dpy);
	if (!display) {
		xg_call_fail(EGL_BAD_DISPLAY, "not a display");
		return EGL_BAD_DISPLAY;
	}
	if (type == EGL_OBJECT_DISPLAY_KHR) {
		if (object != dpy) {
			xg_call_fail(EGL_BAD_PARAMETER, "not that display");
			return EGL_BAD_PARAMETER;
		}
		display->label = label;
		return EGL_SUCCESS;
	}
	if (!label_object(display, type, object, label)) {
		xg_call_fail(EGL_BAD_PARAMETER, "no such object");
		return EGL_BAD_PARAMETER;
	}
	return EGL_SUCCESS;
}

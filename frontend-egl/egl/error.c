/* SPDX-License-Identifier: MIT */
/* See error.h. */
#include "egl/error.h"

#include <stddef.h>

#include "egl/debug.h"
#include "egl/display.h"
#include "thread.h"
#include "xg_egl_entry.h"

bool xg_call_begin(const char *name)
{
	struct xg_thread *thread = xg_thread_get();

	if (!thread)
		return false;
	thread->call = name;
	thread->object_label = NULL;
	thread->error = EGL_SUCCESS;
	return true;
}

struct xg_display *xg_call_begin_at(const char *name, EGLDisplay handle)
{
	struct xg_display *display;

	if (!xg_call_begin(name))
		return NULL;
	display = xg_display_find(handle);
	if (display)
		xg_thread_get()->object_label = display->label;
	else
		xg_call_fail(EGL_BAD_DISPLAY, "not a display");
	return display;
}

static struct xg_display *check_initialized(struct xg_display *display)
{
	if (!display || xg_display_is_initialized(display))
		return display;
	xg_call_fail(EGL_NOT_INITIALIZED, "the display is not initialized");
	return NULL;
}

struct xg_display *xg_call_begin_on(const char *name, EGLDisplay handle)
{
	return check_initialized(xg_call_begin_at(name, handle));
}

void xg_call_concerns(struct xg_display *display, enum xg_kind kind, const void *object)
{
	struct xg_handle *handle;

	if (!xg_debug_is_heard())
		return;
	xg_egl_lock();
	handle = xg_handle_find(display, kind, object);
	xg_egl_unlock();
	xg_thread_get()->object_label = handle ? handle->label : NULL;
	xg_handle_unref(handle);
}

struct xg_display *xg_call_begin_for(
	const char *name, EGLDisplay handle, enum xg_kind kind, const void *object)
{
	struct xg_display *display = xg_call_begin_at(name, handle);

	if (display)
		xg_call_concerns(display, kind, object);
	return check_initialized(display);
}

EGLBoolean xg_call_fail(EGLint error, const char *text)
{
	struct xg_thread *thread = xg_thread_get();

	if (thread) {
		thread->error = error;
		xg_debug_report(thread, error, text);
	}
	return EGL_FALSE;
}

EGLBoolean xg_call_fail_from_host(EGLint error)
{
	/* A lost stream leaves the outputs as they were: the error is then still EGL_SUCCESS. */
	if (error == EGL_SUCCESS)
		return xg_call_fail(EGL_CONTEXT_LOST, "the host is gone");
	return xg_call_fail(error, "the host refused");
}

EGLint xg_eglGetError(void)
{
	struct xg_thread *thread = xg_thread_get();
	EGLint error;

	if (!thread)
		return EGL_BAD_ALLOC;
	error = thread->error;
	thread->error = EGL_SUCCESS;
	return error;
}

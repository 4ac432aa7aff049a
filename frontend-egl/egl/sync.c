/* SPDX-License-Identifier: MIT */
/* See sync.h. */
#include "egl/sync.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "egl/context.h"
#include "egl/display.h"
#include "egl/error.h"
#include "stream.h"
#include "thread.h"
#include "xg_egl_entry.h"
#include "xg_encode.h"

void xg_sync_destroy(struct xg_sync *sync)
{
	const struct xg_handle *const handle = &sync->handle;
	struct xg_stream *const stream = xg_session_stream(handle->session);

	if (stream && sync->is_on_host)
		xg_encode_xgDestroySync(stream, handle->session->id, handle->id);
	pthread_mutex_destroy(&sync->lock);
	pthread_cond_destroy(&sync->changed);
	free(sync);
}

static struct xg_sync *get_sync(struct xg_display *display, EGLSync name)
{
	struct xg_sync *sync;

	xg_egl_lock();
	sync = (struct xg_sync *)xg_handle_find(display, XG_KIND_SYNC, name);
	xg_egl_unlock();
	return sync;
}

/* A sync, not yet on the host. NULL without memory. */
static struct xg_sync *allocate(struct xg_display *display, EGLenum type)
{
	struct xg_sync *sync = calloc(1, sizeof(*sync));
	pthread_condattr_t monotonic;

	if (!sync)
		return NULL;
	if (!xg_handle_init(&sync->handle, display, XG_KIND_SYNC)) {
		free(sync);
		return NULL;
	}
	sync->type = type;
	pthread_mutex_init(&sync->lock, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&sync->changed, &monotonic);
	pthread_condattr_destroy(&monotonic);
	return sync;
}

/* Makes a fence on the host, without waiting for it. False with the thread's error set. */
static bool create_on_host(struct xg_sync *sync)
{
	struct xg_stream *const stream = xg_display_stream(sync->handle.display);

	if (!stream)
		return false;
	xg_encode_xgCreateSync(stream, sync->handle.session->id, sync->handle.id);
	xg_stream_flush(stream);
	sync->is_on_host = true;
	return true;
}

/*
 * What is wrong with making such a sync; EGL_SUCCESS if nothing. EGL 1.5 and the extensions want
 * different errors for a type that is not known.
 */
static EGLint check_creation(
	const struct xg_display *display, EGLenum type, bool has_attributes, EGLint bad_type)
{
	const struct xg_context *const context = xg_current_context();

	if ((type == EGL_SYNC_FENCE || type == EGL_SYNC_NATIVE_FENCE_ANDROID) &&
		(!context || context->handle.display != display))
		return EGL_BAD_MATCH;
	if (type != EGL_SYNC_REUSABLE_KHR &&
		(type != EGL_SYNC_FENCE || !xg_display_has(display, "EGL_KHR_fence_sync")))
		return bad_type;
	return has_attributes ? EGL_BAD_ATTRIBUTE : EGL_SUCCESS;
}

static EGLSync create(
	const char *call, EGLDisplay dpy, EGLenum type, bool has_attributes, EGLint bad_type)
{
	struct xg_display *display = xg_call_begin_on(call, dpy);
	struct xg_sync *sync;
	EGLint error;

	if (!display)
		return EGL_NO_SYNC;
	error = check_creation(display, type, has_attributes, bad_type);
	if (error != EGL_SUCCESS) {
		xg_call_fail(error, "no such sync can be made here");
		return EGL_NO_SYNC;
	}
	sync = allocate(display, type);
	if (!sync) {
		xg_call_fail(EGL_BAD_ALLOC, NULL);
		return EGL_NO_SYNC;
	}
	if (type == EGL_SYNC_FENCE && !create_on_host(sync)) {
		xg_handle_unref(&sync->handle);
		return EGL_NO_SYNC;
	}
	xg_handle_link(&sync->handle);
	return sync;
}

EGLSync xg_eglCreateSync(EGLDisplay dpy, EGLenum type, const EGLAttrib *list)
{
	return create("eglCreateSync", dpy, type, list && *list != EGL_NONE, EGL_BAD_PARAMETER);
}

EGLSyncKHR xg_eglCreateSync64KHR(EGLDisplay dpy, EGLenum type, const EGLAttribKHR *list)
{
	return create(
		"eglCreateSync64KHR", dpy, type, list && *list != EGL_NONE, EGL_BAD_ATTRIBUTE);
}

EGLSyncKHR xg_eglCreateSyncKHR(EGLDisplay dpy, EGLenum type, const EGLint *list)
{
	return create("eglCreateSyncKHR", dpy, type, list && *list != EGL_NONE, EGL_BAD_ATTRIBUTE);
}

EGLBoolean xg_eglDestroySync(EGLDisplay dpy, EGLSync name)
{
	struct xg_display *display = xg_call_begin_for("eglDestroySync", dpy, XG_KIND_SYNC, name);
	struct xg_handle *handle;
	struct xg_sync *sync;

	if (!display)
		return EGL_FALSE;
	handle = xg_handle_take(display, XG_KIND_SYNC, name);
	if (!handle)
		return xg_call_fail(EGL_BAD_PARAMETER, "not a sync");
	/* Who waits for it has it signaled with its end. */
	sync = (struct xg_sync *)handle;
	pthread_mutex_lock(&sync->lock);
	sync->is_destroyed = true;
	pthread_cond_broadcast(&sync->changed);
	pthread_mutex_unlock(&sync->lock);
	xg_handle_unref(handle);
	return EGL_TRUE;
}

/* The moment timeout_ns from now; false if it is too far away to be one. */
static bool deadline_after(EGLTime timeout_ns, struct timespec *deadline)
{
	const uint64_t second_ns = 1000000000;

	if (timeout_ns == EGL_FOREVER || timeout_ns / second_ns > INT32_MAX)
		return false;
	clock_gettime(CLOCK_MONOTONIC, deadline);
	deadline->tv_sec += (time_t)(timeout_ns / second_ns);
	deadline->tv_nsec += (long)(timeout_ns % second_ns);
	if (deadline->tv_nsec >= (long)second_ns) {
		deadline->tv_nsec -= (long)second_ns;
		deadline->tv_sec++;
	}
	return true;
}

/* The thread was cancelled in its wait: the sync is others' to go on with. */
static void give_up(void *waited_for)
{
	struct xg_sync *const sync = waited_for;

	pthread_mutex_unlock(&sync->lock);
	xg_handle_unref(&sync->handle);
}

/* With the sync's lock; deadline NULL: for ever. */
static EGLint wait_signal(struct xg_sync *sync, const struct timespec *deadline)
{
	const unsigned signals = sync->signals;
	int status = 0;

	while (!sync->is_signaled && !sync->is_destroyed && sync->signals == signals && !status) {
		status = deadline ? pthread_cond_timedwait(&sync->changed, &sync->lock, deadline)
				  : pthread_cond_wait(&sync->changed, &sync->lock);
	}
	return sync->is_signaled || sync->is_destroyed || sync->signals != signals
		       ? EGL_CONDITION_SATISFIED
		       : EGL_TIMEOUT_EXPIRED;
}

static void wait_cancellably(struct xg_sync *sync, const struct timespec *deadline, EGLint *result)
{
	pthread_mutex_lock(&sync->lock);
	pthread_cleanup_push(give_up, sync);
	*result = wait_signal(sync, deadline);
	pthread_cleanup_pop(false);
	pthread_mutex_unlock(&sync->lock);
}

static EGLint wait_reusable(struct xg_sync *sync, EGLTime timeout_ns)
{
	struct timespec deadline;
	EGLint result;

	wait_cancellably(sync, deadline_after(timeout_ns, &deadline) ? &deadline : NULL, &result);
	return result;
}

static EGLint wait_fence(struct xg_sync *sync, EGLint flags, EGLTime timeout_ns)
{
	EGLint error = EGL_SUCCESS, result;
	struct xg_stream *stream;

	if (sync->is_signaled)
		return EGL_CONDITION_SATISFIED;
	stream = xg_display_stream(sync->handle.display);
	if (!stream)
		return EGL_FALSE;
	result = (EGLint)xg_encode_xgClientWaitSync(
		stream, sync->handle.session->id, sync->handle.id, flags, timeout_ns, &error);
	if (result == EGL_CONDITION_SATISFIED)
		sync->is_signaled = true;
	/* Unknown to the host: it had no more room when the fence was made. */
	if (result == EGL_FALSE)
		xg_call_fail_from_host(error == EGL_BAD_PARAMETER ? EGL_BAD_ALLOC : error);
	return result;
}

EGLint xg_eglClientWaitSync(EGLDisplay dpy, EGLSync name, EGLint flags, EGLTime timeout)
{
	struct xg_display *display =
		xg_call_begin_for("eglClientWaitSync", dpy, XG_KIND_SYNC, name);
	struct xg_sync *sync;
	EGLint result;

	if (!display)
		return EGL_FALSE;
	sync = get_sync(display, name);
	if (!sync)
		return xg_call_fail(EGL_BAD_PARAMETER, "not a sync");
	result = sync->type == EGL_SYNC_REUSABLE_KHR ? wait_reusable(sync, timeout)
						     : wait_fence(sync, flags, timeout);
	xg_handle_unref(&sync->handle);
	return result;
}

/* The error to raise. */
static EGLint wait_on_host(struct xg_sync *sync, EGLint flags)
{
	struct xg_stream *const stream = xg_current_stream();

	if (!stream)
		return EGL_BAD_MATCH;
	if (flags != 0)
		return EGL_BAD_PARAMETER;
	/* A reusable sync holds no commands up: as in Mesa, waiting for one is no error. */
	if (sync->type == EGL_SYNC_FENCE)
		xg_encode_xgWaitSync(stream, sync->handle.session->id, sync->handle.id, flags);
	return EGL_SUCCESS;
}

EGLBoolean xg_eglWaitSync(EGLDisplay dpy, EGLSync name, EGLint flags)
{
	struct xg_display *display = xg_call_begin_for("eglWaitSync", dpy, XG_KIND_SYNC, name);
	struct xg_sync *sync;
	EGLint error;

	if (!display)
		return EGL_FALSE;
	sync = get_sync(display, name);
	if (!sync)
		return xg_call_fail(EGL_BAD_PARAMETER, "not a sync");
	error = wait_on_host(sync, flags);
	xg_handle_unref(&sync->handle);
	return error == EGL_SUCCESS ? EGL_TRUE : xg_call_fail(error, "this cannot be waited for");
}

EGLBoolean xg_eglSignalSyncKHR(EGLDisplay dpy, EGLSyncKHR name, EGLenum mode)
{
	struct xg_display *display = xg_call_begin_for("eglSignalSyncKHR", dpy, XG_KIND_SYNC, name);
	EGLint error = EGL_SUCCESS;
	struct xg_sync *sync;

	if (!display)
		return EGL_FALSE;
	sync = get_sync(display, name);
	if (!sync)
		return xg_call_fail(EGL_BAD_PARAMETER, "not a sync");
	if (sync->type != EGL_SYNC_REUSABLE_KHR)
		error = EGL_BAD_MATCH;
	else if (mode != EGL_SIGNALED_KHR && mode != EGL_UNSIGNALED_KHR)
		error = EGL_BAD_ATTRIBUTE;
	if (error == EGL_SUCCESS) {
		pthread_mutex_lock(&sync->lock);
		sync->is_signaled = mode == EGL_SIGNALED_KHR;
		sync->signals += mode == EGL_SIGNALED_KHR;
		pthread_cond_broadcast(&sync->changed);
		pthread_mutex_unlock(&sync->lock);
	}
	xg_handle_unref(&sync->handle);
	return error == EGL_SUCCESS ? EGL_TRUE : xg_call_fail(error, "this cannot be signaled");
}

/* The error to raise. */
static EGLint get_attribute(struct xg_sync *sync, EGLint attribute, EGLAttrib *value)
{
	switch (attribute) {
	case EGL_SYNC_TYPE:
		*value = (EGLAttrib)sync->type;
		return EGL_SUCCESS;
	case EGL_SYNC_STATUS:
		if (sync->type == EGL_SYNC_FENCE && !sync->is_signaled)
			wait_fence(sync, 0, 0);
		*value = sync->is_signaled ? EGL_SIGNALED : EGL_UNSIGNALED;
		return EGL_SUCCESS;
	case EGL_SYNC_CONDITION:
		if (sync->type != EGL_SYNC_FENCE)
			return EGL_BAD_ATTRIBUTE;
		*value = EGL_SYNC_PRIOR_COMMANDS_COMPLETE;
		return EGL_SUCCESS;
	default:
		return EGL_BAD_ATTRIBUTE;
	}
}

static EGLBoolean get_sync_attribute(
	const char *call, EGLDisplay dpy, EGLSync name, EGLint attribute, EGLAttrib *value)
{
	struct xg_display *display = xg_call_begin_for(call, dpy, XG_KIND_SYNC, name);
	struct xg_sync *sync;
	EGLint error;

	if (!display)
		return EGL_FALSE;
	sync = get_sync(display, name);
	if (!sync)
		return xg_call_fail(EGL_BAD_PARAMETER, "not a sync");
	error = value ? get_attribute(sync, attribute, value) : EGL_BAD_PARAMETER;
	xg_handle_unref(&sync->handle);
	return error == EGL_SUCCESS ? EGL_TRUE : xg_call_fail(error, "syncs do not answer that");
}

EGLBoolean xg_eglGetSyncAttrib(EGLDisplay dpy, EGLSync name, EGLint attribute, EGLAttrib *value)
{
	return get_sync_attribute("eglGetSyncAttrib", dpy, name, attribute, value);
}

EGLBoolean xg_eglGetSyncAttribKHR(EGLDisplay dpy, EGLSyncKHR name, EGLint attribute, EGLint *value)
{
	EGLAttrib wide = 0;

	if (!get_sync_attribute("eglGetSyncAttribKHR", dpy, name, attribute, value ? &wide : NULL))
		return EGL_FALSE;
	*value = (EGLint)wide;
	return EGL_TRUE;
}

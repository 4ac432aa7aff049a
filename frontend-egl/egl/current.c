/* SPDX-License-Identifier: MIT */
/*
 * eglMakeCurrent (EGL 1.5, section 3.7.3): which context is current where.
 *
 * Under the EGL lock the new context and surfaces are claimed for this thread, then the host is
 * told, then what was current is let go. A thread that hands a context on publishes its own release
 * before the context is free to be claimed, and the next one's stream is ordered after that.
 */
#include <stdlib.h>

#include "egl/config.h"
#include "egl/context.h"
#include "egl/display.h"
#include "egl/error.h"
#include "egl/surface.h"
#include "gles/query.h"
#include "stream.h"
#include "thread.h"
#include "xg_egl_entry.h"
#include "xg_encode.h"

/* A context with its surfaces; a reference of each. All NULL: none. */
struct target {
	struct xg_context *context;
	struct xg_surface *draw, *read;
};

static void unref_target(const struct target *target)
{
	if (target->context)
		xg_handle_unref(&target->context->handle);
	if (target->draw)
		xg_handle_unref(&target->draw->handle);
	if (target->read)
		xg_handle_unref(&target->read->handle);
}

/* What is current on the thread; the references stay the thread's. */
static struct target current_target(const struct xg_thread *thread)
{
	struct xg_context *const context = thread->context;

	return context ? (struct target){context, context->draw, context->read}
		       : (struct target){0};
}

/* Finds what the application named. The error to raise, EGL_SUCCESS if all is there. With the lock.
 */
static EGLint find_target(struct xg_display *display, EGLSurface draw, EGLSurface read,
	EGLContext context, struct target *target)
{
	if (context != EGL_NO_CONTEXT && !(target->context = xg_context_find(display, context)))
		return EGL_BAD_CONTEXT;
	if (draw != EGL_NO_SURFACE && !(target->draw = (struct xg_surface *)xg_handle_find(
						display, XG_KIND_SURFACE, draw)))
		return EGL_BAD_SURFACE;
	if (read != EGL_NO_SURFACE && !(target->read = (struct xg_surface *)xg_handle_find(
						display, XG_KIND_SURFACE, read)))
		return EGL_BAD_SURFACE;
	return EGL_SUCCESS;
}

/* The rules that need no host. With the lock. */
static EGLint check_target(
	const struct xg_display *display, const struct target *target, struct xg_thread *thread)
{
	const struct xg_surface *const surfaces[] = {target->draw, target->read};

	if (!target->context)
		return target->draw || target->read ? EGL_BAD_MATCH : EGL_SUCCESS;
	if (!target->draw != !target->read)
		return EGL_BAD_MATCH;
	if (!target->draw && !xg_display_has(display, "EGL_KHR_surfaceless_context"))
		return EGL_BAD_MATCH;
	if (target->context->thread && target->context->thread != thread)
		return EGL_BAD_ACCESS;
	for (int i = 0; i < 2; i++) {
		if (surfaces[i] && surfaces[i]->thread && surfaces[i]->thread != thread)
			return EGL_BAD_ACCESS;
	}
	return target->context->lost ? EGL_CONTEXT_LOST : EGL_SUCCESS;
}

/* Says that thread (NULL: nobody) has what is in a target. With the lock. */
static void claim(const struct target *target, struct xg_thread *thread)
{
	if (target->context)
		target->context->thread = thread;
	if (target->draw)
		target->draw->thread = thread;
	if (target->read)
		target->read->thread = thread;
}

static bool was_accepted(const struct target *target)
{
	const uint32_t draw = target->draw ? target->draw->handle.id : 0;
	const uint32_t read = target->read ? target->read->handle.id : 0;

	for (unsigned i = 0; i < target->context->accepted_count; i++) {
		if (target->context->accepted[i].draw == draw &&
			target->context->accepted[i].read == read)
			return true;
	}
	return false;
}

static void remember_accepted(const struct target *target)
{
	struct xg_context *const context = target->context;

	context->accepted[context->next_accepted] = (struct xg_binding){
		target->draw ? target->draw->handle.id : 0,
		target->read ? target->read->handle.id : 0,
	};
	context->next_accepted = (context->next_accepted + 1) % XG_CONTEXT_BINDINGS;
	if (context->accepted_count < XG_CONTEXT_BINDINGS)
		context->accepted_count++;
}

/* The host's side. The error to raise. */
static EGLint tell_host(struct xg_stream *stream, const struct target *target)
{
	const uint32_t display = target->context->handle.session->id;
	const uint32_t draw = target->draw ? target->draw->handle.id : 0;
	const uint32_t read = target->read ? target->read->handle.id : 0;
	EGLint error = EGL_SUCCESS;

	if (was_accepted(target)) {
		xg_encode_xgMakeCurrentAgain(
			stream, display, draw, read, target->context->handle.id);
		return EGL_SUCCESS;
	}
	if (!xg_encode_xgMakeCurrent(
		    stream, display, draw, read, target->context->handle.id, &error))
		return error == EGL_SUCCESS ? EGL_CONTEXT_LOST : error;
	remember_accepted(target);
	return EGL_SUCCESS;
}

static void tell_host_of_release(struct xg_thread *thread)
{
	struct xg_stream *const stream = thread->stream;

	if (!thread->context)
		return;
	if (xg_stream_is_lost(stream)) {
		thread->context->lost = true;
		return;
	}
	xg_gles_settle(&thread->context->gl, stream);
	xg_gl_watch_debug(stream, NULL);
	xg_encode_xgMakeCurrentAgain(stream, thread->context->handle.session->id, 0, 0, 0);
	xg_stream_flush(stream);
}

/* From old to new, whose references the thread takes. The host knows already. */
static void switch_to(struct xg_thread *thread, const struct target *new)
{
	const struct target old = current_target(thread);

	xg_egl_lock();
	claim(&old, NULL);
	claim(new, thread);
	if (old.context)
		old.context->draw = old.context->read = NULL;
	if (new->context) {
		new->context->draw = new->draw;
		new->context->read = new->read;
	}
	xg_egl_unlock();
	xg_thread_set_context(new->context);
	unref_target(&old);
}

void xg_context_release_current(void)
{
	struct xg_thread *const thread = xg_current_state.thread;

	if (!thread || !thread->context)
		return;
	tell_host_of_release(thread);
	switch_to(thread, &(struct target){0});
}

/* Resizes since the surfaces were last current: the driver takes a size up as it makes current. */
static void send_sizes(struct xg_stream *stream, const struct target *target)
{
	struct xg_surface *const surfaces[] = {target->draw, target->read};

	for (int i = 0; i < 2; i++) {
		if (surfaces[i])
			xg_surface_send_size(surfaces[i], stream);
	}
}

/* Claims the target for the thread, tells the host, and makes the switch. The error to raise. */
static EGLint make_current(struct xg_display *display, struct xg_thread *thread,
	const struct target *target, const struct target *released)
{
	struct xg_stream *const stream = xg_display_stream(display);
	EGLint error = thread->error;

	if (stream) {
		xg_gl_watch_debug(stream, NULL);
		if (thread->context)
			xg_gles_settle(&thread->context->gl, thread->stream);
		send_sizes(stream, target);
		error = tell_host(stream, target);
	}

	if (error != EGL_SUCCESS) {
		xg_egl_lock();
		claim(target, NULL);
		claim(released, thread);
		xg_egl_unlock();
		if (thread->context && thread->stream)
			xg_gl_watch_debug(thread->stream, &thread->context->gl);
		return error;
	}
	switch_to(thread, target);
	xg_gl_watch_debug(thread->stream, &target->context->gl);
	xg_gles_made_current(&target->context->gl,
		target->draw ? xg_config_get(target->draw->config, EGL_CONFIG_ID) : 0);
	return EGL_SUCCESS;
}

EGLBoolean xg_eglMakeCurrent(EGLDisplay dpy, EGLSurface draw, EGLSurface read, EGLContext context)
{
	struct xg_thread *thread;
	struct xg_display *display;
	struct target target = {0}, released;
	EGLint error;

	display = xg_call_begin_at("eglMakeCurrent", dpy);
	if (!display)
		return EGL_FALSE;
	xg_call_concerns(display, XG_KIND_CONTEXT, context);
	thread = xg_current_state.thread;
	/* Without objects this is a release, which a terminated display takes too. */
	if (!draw && !read && !context) {
		xg_context_release_current();
		return EGL_TRUE;
	}
	if (!xg_display_is_initialized(display))
		return xg_call_fail(EGL_NOT_INITIALIZED, "the display is not initialized");
	released = current_target(thread);
	xg_egl_lock();
	error = find_target(display, draw, read, context, &target);
	if (error == EGL_SUCCESS)
		error = check_target(display, &target, thread);
	if (error == EGL_SUCCESS)
		claim(&target, thread);
	xg_egl_unlock();
	if (error == EGL_SUCCESS)
		error = make_current(display, thread, &target, &released);
	if (error != EGL_SUCCESS) {
		unref_target(&target);
		return xg_call_fail(error, "these cannot be current here");
	}
	return EGL_TRUE;
}

EGLContext xg_eglGetCurrentContext(void)
{
	return xg_current_context();
}

EGLDisplay xg_eglGetCurrentDisplay(void)
{
	const struct xg_context *const context = xg_current_context();

	return context ? context->handle.display : EGL_NO_DISPLAY;
}

EGLSurface xg_eglGetCurrentSurface(EGLint which)
{
	const struct xg_context *const context = xg_current_context();

	if (!xg_call_begin("eglGetCurrentSurface"))
		return EGL_NO_SURFACE;
	if (which != EGL_DRAW && which != EGL_READ) {
		xg_call_fail(EGL_BAD_PARAMETER, "neither EGL_DRAW nor EGL_READ");
		return EGL_NO_SURFACE;
	}
	if (!context)
		return EGL_NO_SURFACE;
	return which == EGL_DRAW ? context->draw : context->read;
}

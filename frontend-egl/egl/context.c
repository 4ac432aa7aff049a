/* SPDX-License-Identifier: MIT */
/* See context.h. What can be wrong with attributes and configs, the host's EGL judges. */
#include "egl/context.h"

#include <stdlib.h>

#include "egl/attributes.h"
#include "egl/config.h"
#include "egl/display.h"
#include "egl/error.h"
#include "gles/strings.h"
#include "stream.h"
#include "xg_egl_entry.h"
#include "xg_encode.h"

void xg_context_destroy(struct xg_context *context)
{
	const struct xg_handle *const handle = &context->handle;
	struct xg_stream *const stream = xg_session_stream(handle->session);

	if (stream && context->is_on_host)
		xg_encode_xgDestroyContext(stream, handle->session->id, handle->id);
	if (context->share) {
		xg_gles_finish(&context->gl);
		xg_share_unref(context->share);
	}
	free(context);
}

struct xg_context *xg_context_find(struct xg_display *display, EGLContext handle)
{
	return (struct xg_context *)xg_handle_find(display, XG_KIND_CONTEXT, handle);
}

struct xg_context *xg_context_get(struct xg_display *display, EGLContext handle)
{
	struct xg_context *context;

	xg_egl_lock();
	context = xg_context_find(display, handle);
	xg_egl_unlock();
	return context;
}

/*
 * A context with its GL state, not yet on the host, in the share group of another one or, with
 * NULL, in one of its own. NULL without memory.
 */
static struct xg_context *allocate(
	struct xg_display *display, const struct xg_config *config, struct xg_context *sharing)
{
	struct xg_context *context = calloc(1, sizeof(*context));

	if (!context)
		return NULL;
	context->config = config;
	if (!xg_handle_init(&context->handle, display, XG_KIND_CONTEXT)) {
		free(context);
		return NULL;
	}
	if (sharing && sharing == xg_current_context())
		xg_gles_settle(&sharing->gl, xg_current_stream());
	context->share = sharing ? xg_share_join(sharing->share) : xg_share_create();
	if (context->share && xg_gles_init(&context->gl, context->share))
		return context;
	xg_share_unref(context->share);
	context->share = NULL;
	xg_handle_unref(&context->handle);
	return NULL;
}

static bool is_carried(EGLint major, EGLint minor)
{
	return major >= 2 && 10 * major + minor <= xg_gl_carried_version();
}

/*
 * Makes it on the host too, which knows what is wrong with the attributes; only then is a version
 * that we do not carry refused. False with the thread's error set. */
static bool create_on_host(struct xg_context *context, const struct xg_context *sharing,
	const struct xg_attributes *attributes)
{
	struct xg_stream *const stream = xg_display_stream(context->handle.display);
	EGLint error = EGL_SUCCESS;

	if (!stream)
		return false;
	context->is_on_host = xg_encode_xgCreateContext(stream, context->handle.session->id,
		context->handle.id, sharing ? sharing->handle.id : 0, xg_config_id(context->config),
		attributes->count, attributes->values, &error);
	if (!context->is_on_host) {
		xg_call_fail_from_host(error);
		return false;
	}
	if (is_carried(context->major, context->minor))
		return true;
	xg_call_fail(EGL_BAD_MATCH, "that version of GL ES is not carried");
	return false;
}

/* Finds the config of a handle, NULL for none. False if there must be one. */
static bool find_config(
	const struct xg_display *display, EGLConfig handle, const struct xg_config **config)
{
	*config = xg_config_find(display, handle);
	if (handle == EGL_NO_CONFIG_KHR)
		return xg_display_has(display, "EGL_KHR_no_config_context");
	return *config != NULL;
}

EGLContext xg_eglCreateContext(
	EGLDisplay dpy, EGLConfig config_handle, EGLContext share, const EGLint *list)
{
	struct xg_display *display = xg_call_begin_on("eglCreateContext", dpy);
	struct xg_context *sharing = NULL, *context = NULL;
	struct xg_attributes attributes;
	const struct xg_config *config;

	if (!display)
		return EGL_NO_CONTEXT;
	if (!xg_attributes_from_ints(&attributes, list)) {
		xg_call_fail(EGL_BAD_ATTRIBUTE, "the list of attributes is too long");
		return EGL_NO_CONTEXT;
	}
	if (!find_config(display, config_handle, &config)) {
		xg_call_fail(EGL_BAD_CONFIG, "not a config");
		return EGL_NO_CONTEXT;
	}
	if (share != EGL_NO_CONTEXT && !(sharing = xg_context_get(display, share))) {
		xg_call_fail(EGL_BAD_CONTEXT, "there is no such context to share with");
		return EGL_NO_CONTEXT;
	}
	context = allocate(display, config, sharing);
	if (context) {
		context->major = xg_attributes_get(&attributes, EGL_CONTEXT_MAJOR_VERSION, 1);
		context->minor = xg_attributes_get(&attributes, EGL_CONTEXT_MINOR_VERSION, 0);
	}
	if (!context) {
		xg_call_fail(EGL_BAD_ALLOC, NULL);
	} else if (create_on_host(context, sharing, &attributes)) {
		xg_handle_link(&context->handle);
	} else {
		xg_handle_unref(&context->handle);
		context = NULL;
	}
	if (sharing)
		xg_handle_unref(&sharing->handle);
	return context;
}

EGLBoolean xg_eglDestroyContext(EGLDisplay dpy, EGLContext name)
{
	struct xg_display *display =
		xg_call_begin_for("eglDestroyContext", dpy, XG_KIND_CONTEXT, name);
	struct xg_handle *handle;

	if (!display)
		return EGL_FALSE;
	handle = xg_handle_take(display, XG_KIND_CONTEXT, name);
	if (!handle)
		return xg_call_fail(EGL_BAD_CONTEXT, "not a context");
	xg_handle_unref(handle);
	return EGL_TRUE;
}

EGLBoolean xg_eglQueryContext(EGLDisplay dpy, EGLContext name, EGLint attribute, EGLint *value)
{
	struct xg_display *display =
		xg_call_begin_for("eglQueryContext", dpy, XG_KIND_CONTEXT, name);
	EGLint error = EGL_SUCCESS, answer = 0;
	struct xg_context *context;
	struct xg_stream *stream;
	bool is_answered = false;

	if (!display)
		return EGL_FALSE;
	context = xg_context_get(display, name);
	if (!context)
		return xg_call_fail(EGL_BAD_CONTEXT, "not a context");
	stream = xg_display_stream(display);
	if (!value) {
		xg_call_fail(EGL_BAD_PARAMETER, "no place for the value");
	} else if (attribute == EGL_CONTEXT_CLIENT_TYPE) {
		/* libepoxy asks this for each command that it looks up. */
		*value = EGL_OPENGL_ES_API;
		is_answered = true;
	} else if (stream) {
		is_answered = xg_encode_xgQueryContext(stream, context->handle.session->id,
			context->handle.id, (uint32_t)attribute, &answer, &error);
		if (is_answered)
			*value = answer;
		else
			xg_call_fail_from_host(error);
	}
	xg_handle_unref(&context->handle);
	return is_answered;
}

/* SPDX-License-Identifier: MIT */
/* See display.h. */
#include "egl/display.h"

#include <pthread.h>
#include <stdlib.h>

#include "connection.h"
#include "egl/error.h"
#include "egl/query.h"
#include "process.h"
#include "stream.h"
#include "thread.h"
#include "xg_egl_entry.h"
#include "xg_encode.h"

/* Held while a display is initialized or terminated, which waits for the host. */
static pthread_mutex_t session_lock = PTHREAD_MUTEX_INITIALIZER;

static struct xg_display *displays; /* guarded by the EGL lock; grows only */

void xg_display_forked(void)
{
	pthread_mutex_init(&session_lock, NULL);
}

const char *xg_display_platform_extensions(void)
{
	return "EGL_EXT_platform_device EGL_EXT_platform_wayland EGL_KHR_platform_wayland "
	       "EGL_MESA_platform_surfaceless";
}

struct xg_display *xg_display_find(EGLDisplay handle)
{
	struct xg_display *display;

	xg_egl_lock();
	for (display = displays; display && display != handle; display = display->next)
		;
	xg_egl_unlock();
	return display;
}

bool xg_display_is_initialized(struct xg_display *display)
{
	return xg_display_id(display) != 0;
}

uint32_t xg_display_id(struct xg_display *display)
{
	uint32_t id;

	xg_egl_lock();
	id = display->session ? display->session->id : 0;
	xg_egl_unlock();
	return id;
}

bool xg_display_has(const struct xg_display *display, const char *extension)
{
	return xg_query_list_has(display->extensions, extension);
}

/* The display of that native one if it is initialized: then the native one has been looked at. */
static struct xg_display *find_open_display(const struct xg_platform *platform, void *native)
{
	struct xg_display *display;

	xg_egl_lock();
	for (display = displays; display; display = display->next) {
		if (display->platform == platform && display->native == native && display->session)
			break;
	}
	xg_egl_unlock();
	return display;
}

/* The display of that native one; made if there is none. NULL without memory. */
static struct xg_display *get_display(const struct xg_platform *platform, void *native)
{
	struct xg_display *display;

	xg_egl_lock();
	for (display = displays; display; display = display->next) {
		if (display->platform == platform && display->native == native)
			break;
	}
	if (!display) {
		display = calloc(1, sizeof(*display));
		if (display) {
			display->platform = platform;
			display->native = native;
			display->next = displays;
			displays = display;
		}
	}
	xg_egl_unlock();
	return display;
}

EGLDisplay xg_eglGetPlatformDisplay(EGLenum number, void *native, const EGLAttrib *attributes)
{
	const struct xg_platform *platform;
	struct xg_display *display;
	EGLint error = EGL_SUCCESS;

	if (!xg_call_begin("eglGetPlatformDisplay"))
		return EGL_NO_DISPLAY;
	/* EGL_NONE: libEGL.so.1's word for eglGetDisplay(EGL_DEFAULT_DISPLAY). */
	platform = number == EGL_NONE ? xg_platform_default() : xg_platform_find(number);
	if (!platform) {
		xg_call_fail(EGL_BAD_PARAMETER, "not a platform of ours");
		return EGL_NO_DISPLAY;
	}
	if (attributes && attributes[0] != EGL_NONE) {
		xg_call_fail(EGL_BAD_ATTRIBUTE, "displays have no attributes here");
		return EGL_NO_DISPLAY;
	}
	display = find_open_display(platform, native);
	if (display)
		return display;
	if (!platform->accept(native, &error)) {
		if (error != EGL_SUCCESS)
			xg_call_fail(error, "the native display is not one of this platform");
		return EGL_NO_DISPLAY;
	}
	display = get_display(platform, native);
	if (!display)
		xg_call_fail(EGL_BAD_ALLOC, NULL);
	return display;
}

EGLDisplay xg_eglGetDisplay(EGLNativeDisplayType native)
{
	if (native == EGL_DEFAULT_DISPLAY)
		return xg_eglGetPlatformDisplay(EGL_NONE, NULL, NULL);
	return xg_eglGetPlatformDisplay(EGL_PLATFORM_WAYLAND_KHR, (void *)native, NULL);
}

struct xg_stream *xg_display_stream(const struct xg_display *display)
{
	struct xg_stream *const stream = xg_thread_stream();
	struct xg_connection *connection = NULL;

	xg_egl_lock();
	if (display->session)
		connection = display->session->connection;
	xg_egl_unlock();
	if (connection && xg_connection_is_lost(connection)) {
		xg_call_fail(EGL_CONTEXT_LOST, "the host is gone");
		return NULL;
	}
	if (!stream || xg_current_state.thread->connection != connection) {
		xg_call_fail(EGL_BAD_ALLOC, "there is no stream to the host");
		return NULL;
	}
	return stream;
}

struct xg_session *xg_session_ref(struct xg_session *session)
{
	session->references++;
	return session;
}

struct xg_stream *xg_session_stream(const struct xg_session *session)
{
	struct xg_stream *stream;

	if (xg_connection_is_lost(session->connection))
		return NULL;
	stream = xg_thread_stream();
	return stream && xg_current_state.thread->connection == session->connection ? stream : NULL;
}

void xg_session_unref(struct xg_session *session)
{
	struct xg_stream *stream;
	bool is_last;

	if (!session)
		return;
	xg_egl_lock();
	is_last = --session->references == 0;
	xg_egl_unlock();
	if (!is_last)
		return;
	stream = xg_session_stream(session);
	if (stream) {
		xg_encode_xgTerminate(stream, session->id);
		xg_stream_flush(stream);
	}
	if (session->state)
		session->platform->close(session->state);
	free(session);
}

/* What does not change between sessions: version, extensions, configs. */
static bool describe(struct xg_display *display, struct xg_stream *stream, uint32_t id,
	EGLint major, EGLint minor)
{
	if (display->configs.table)
		return true;
	display->major = major;
	display->minor = minor;
	if (!display->extensions)
		display->extensions = xg_query_fetch_extensions(stream, id);
	return display->extensions &&
	       xg_configs_fetch(&display->configs, stream, id,
		       xg_display_has(display, "EGL_EXT_pixel_format_float"));
}

/* Opens the native display and the host's. NULL, with the thread's error set, if that fails. */
static struct xg_session *create_session(struct xg_display *display)
{
	const struct xg_platform *const platform = display->platform;
	struct xg_stream *const stream = xg_thread_stream();
	struct xg_session *session = calloc(1, sizeof(*session));
	EGLint major = 0, minor = 0, error = EGL_SUCCESS;
	uint64_t cookie;

	if (!stream || !session) {
		free(session);
		xg_call_fail(stream ? EGL_BAD_ALLOC : EGL_NOT_INITIALIZED, "no stream to the host");
		return NULL;
	}
	*session = (struct xg_session){
		.id = xg_handle_new_id(),
		.references = 1,
		.connection = xg_current_state.thread->connection,
		.platform = platform,
	};
	cookie = xg_connection_cookie(session->connection);
	if (platform->open) {
		session->state = platform->open(display->native, cookie, session->id);
		if (!session->state) {
			free(session);
			xg_call_fail(EGL_NOT_INITIALIZED, "the native display cannot be used");
			return NULL;
		}
	}
	if (!xg_encode_xgInitialize(
		    stream, session->id, platform->number, cookie, &major, &minor, &error) ||
		!describe(display, stream, session->id, major, minor)) {
		xg_session_unref(session);
		xg_call_fail(error == EGL_SUCCESS ? EGL_NOT_INITIALIZED : error,
			"the host could not initialize its display");
		return NULL;
	}
	return session;
}

EGLBoolean xg_eglInitialize(EGLDisplay dpy, EGLint *major, EGLint *minor)
{
	struct xg_display *display;
	struct xg_session *session;
	bool is_initialized = true;

	display = xg_call_begin_at("eglInitialize", dpy);
	if (!display)
		return EGL_FALSE;
	pthread_mutex_lock(&session_lock);
	if (!xg_display_is_initialized(display)) {
		session = create_session(display);
		is_initialized = session != NULL;
		xg_egl_lock();
		display->session = session;
		xg_egl_unlock();
	}
	pthread_mutex_unlock(&session_lock);
	if (!is_initialized)
		return EGL_FALSE;
	if (major)
		*major = display->major;
	if (minor)
		*minor = display->minor;
	return EGL_TRUE;
}

/* Takes any object of that kind out of the display's list, NULL when the list is empty. */
static struct xg_handle *pop(struct xg_display *display, enum xg_kind kind)
{
	struct xg_handle *handle;

	xg_egl_lock();
	handle = display->objects[kind];
	if (handle)
		xg_handle_unlink(handle);
	xg_egl_unlock();
	return handle;
}

EGLBoolean xg_eglTerminate(EGLDisplay dpy)
{
	struct xg_display *display;
	struct xg_session *session;
	struct xg_handle *handle;

	display = xg_call_begin_at("eglTerminate", dpy);
	if (!display)
		return EGL_FALSE;
	pthread_mutex_lock(&session_lock);
	xg_egl_lock();
	session = display->session;
	display->session = NULL;
	xg_egl_unlock();
	for (int kind = 0; session && kind < XG_KIND_COUNT; kind++) {
		while ((handle = pop(display, (enum xg_kind)kind)) != NULL)
			xg_handle_unref(handle);
	}
	xg_session_unref(session);
	pthread_mutex_unlock(&session_lock);
	return EGL_TRUE;
}

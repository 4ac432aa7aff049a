/* SPDX-License-Identifier: MIT */
/*
 * KHR_debug. Messages arise in the host's driver and wait in its log; an application's callback is
 * served from that log whenever the application waits for the host anyway (glGetError, glFinish).
 * So a callback comes later than natively, on the context's own thread.
 */
#include <GLES3/gl32.h>
#include <GLES2/gl2ext.h>
#include <stdlib.h>
#include <string.h>

#include "gles/current.h"
#include "gles/query.h"
#include "xg_encode.h"
#include "xg_entry.h"

#define MESSAGE_MAX 4096

void xg_gl_glDebugMessageCallbackKHR(GLDEBUGPROCKHR callback, const void *user)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	gl.state->debug_callback = callback;
	gl.state->debug_user = user;
}

void xg_gl_glGetPointervKHR(GLenum pname, void **params)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream || !params)
		return;
	if (pname == GL_DEBUG_CALLBACK_FUNCTION_KHR)
		*params = (void *)gl.state->debug_callback;
	else if (pname == GL_DEBUG_CALLBACK_USER_PARAM_KHR)
		*params = (void *)gl.state->debug_user;
	else
		xg_gl_error(gl, GL_INVALID_ENUM);
}

void xg_gl_pump_debug(struct xg_gl gl)
{
	const GLDEBUGPROCKHR callback = gl.state->debug_callback;
	GLenum source, type, severity;
	GLuint id;
	GLsizei length = 0;
	GLchar text[MESSAGE_MAX];

	while (callback && xg_encode_glGetDebugMessageLogKHR(gl.stream, 1, sizeof(text), &source,
				   &type, &id, &severity, &length, text) == 1) {
		text[sizeof(text) - 1] = '\0';
		callback(source, type, id, severity, length - 1, text, gl.state->debug_user);
	}
}

/* Messages cannot be taken back from the host, so they are asked for one by one, each as long as
 * there is room for it. */
GLuint xg_gl_glGetDebugMessageLogKHR(GLuint count, GLsizei bufSize, GLenum *sources, GLenum *types,
	GLuint *ids, GLenum *severities, GLsizei *lengths, GLchar *messageLog)
{
	struct xg_gl gl = xg_gl_current();
	GLuint got = 0;

	if (!gl.stream)
		return 0;
	if (messageLog && bufSize < 0) {
		xg_gl_error(gl, GL_INVALID_VALUE);
		return 0;
	}
	for (; got < count; got++) {
		GLenum source, type, severity;
		GLuint id;
		GLsizei length, room = messageLog && bufSize < MESSAGE_MAX ? bufSize : MESSAGE_MAX;
		GLchar text[MESSAGE_MAX];
		if (xg_encode_glGetDebugMessageLogKHR(
			    gl.stream, 1, room, &source, &type, &id, &severity, &length, text) != 1)
			break;
		if (sources)
			sources[got] = source;
		if (types)
			types[got] = type;
		if (ids)
			ids[got] = id;
		if (severities)
			severities[got] = severity;
		if (lengths)
			lengths[got] = length;
		if (messageLog) {
			memcpy(messageLog, text, (size_t)length);
			messageLog += length;
			bufSize -= length;
		}
	}
	return got;
}

/* True if the driver refuses a message before it reads any. */
static bool is_refused(struct xg_gl gl, GLenum source, GLsizei length)
{
	GLenum error = GL_NO_ERROR;

	if (source != GL_DEBUG_SOURCE_APPLICATION_KHR && source != GL_DEBUG_SOURCE_THIRD_PARTY_KHR)
		error = GL_INVALID_ENUM;
	else if (length >= MESSAGE_MAX &&
		 length >= xg_gl_limit(gl, GL_MAX_DEBUG_MESSAGE_LENGTH_KHR))
		error = GL_INVALID_VALUE;
	if (error)
		xg_gl_error(gl, error);
	return error;
}

void xg_gl_glDebugMessageInsertKHR(
	GLenum source, GLenum type, GLuint id, GLenum severity, GLsizei length, const GLchar *text)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream && !is_refused(gl, source, length))
		xg_encode_glDebugMessageInsertKHR(
			gl.stream, source, type, id, severity, length, text);
}

void xg_gl_glPushDebugGroupKHR(GLenum source, GLuint id, GLsizei length, const GLchar *text)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream && !is_refused(gl, source, length))
		xg_encode_glPushDebugGroupKHR(gl.stream, source, id, length, text);
}

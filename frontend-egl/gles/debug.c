/* SPDX-License-Identifier: MIT */
/*
 * KHR_debug. While an application has a callback, the host keeps the driver's messages for it. They
 * are fetched, on the context's own thread, whenever the application waits for the host anyway
 * (glGetError, glFinish); or, if it wants them synchronous, after each command, which then waits.
 */
#include <GLES3/gl32.h>
#include <GLES2/gl2ext.h>
#include <stdlib.h>
#include <string.h>

#include "gles/current.h"
#include "gles/query.h"
#include "gles/strings.h"
#include "xg_encode.h"
#include "xg_entry.h"
#include "xenglass/debug.h"

#define MESSAGE_MAX 4096

#define MESSAGES_SIZE 8192

/* Calls the callback with what is in the octets, which the host wrote. */
static void call_back(struct xg_gl gl, const uint8_t *octets, uint32_t size)
{
	const GLDEBUGPROCKHR callback = gl.state->debug_callback;
	struct xg_debug_message message;
	GLchar text[XG_DEBUG_TEXT_MAX + 1];

	while (callback && size >= sizeof(message)) {
		memcpy(&message, octets, sizeof(message));
		octets += sizeof(message);
		size -= (uint32_t)sizeof(message);
		if (message.length > XG_DEBUG_TEXT_MAX || message.length > size)
			return;
		memcpy(text, octets, message.length);
		text[message.length] = '\0';
		callback(message.source, message.type, message.id, message.severity,
			(GLsizei)message.length, text, gl.state->debug_user);
		const uint32_t padded = (message.length + 3) & ~3u;
		octets += padded;
		size -= padded < size ? padded : size;
	}
}

void xg_gl_pump_debug(struct xg_gl gl)
{
	uint8_t octets[MESSAGES_SIZE];
	uint32_t size;

	while (gl.state->debug_callback && xg_gl_carried_version() >= 32 &&
		(size = xg_encode_xgDebugMessages(gl.stream, sizeof(octets), octets)) > 0)
		call_back(gl, octets, size < sizeof(octets) ? size : (uint32_t)sizeof(octets));
}

/* After each command of a stream whose current context wants its messages synchronous. */
static void watch(void)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream)
		xg_gl_pump_debug(gl);
}

void xg_gl_watch_debug(struct xg_stream *stream, const struct xg_gles *state)
{
	xg_stream_watch(stream, state && state->is_debug_synchronous ? watch : NULL);
}

void xg_gl_debug_changed(struct xg_gl gl)
{
	xg_stream_watch(gl.stream, NULL);
	if (!gl.state->debug_callback)
		gl.state->is_debug_synchronous = false;
	else
		gl.state->is_debug_synchronous =
			xg_encode_glIsEnabled(gl.stream, GL_DEBUG_OUTPUT) &&
			xg_encode_glIsEnabled(gl.stream, GL_DEBUG_OUTPUT_SYNCHRONOUS);
	xg_gl_watch_debug(gl.stream, gl.state);
}

void xg_gl_glDebugMessageCallbackKHR(GLDEBUGPROCKHR callback, const void *user)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_gl_pump_debug(gl);
	if (xg_gl_carried_version() >= 32)
		xg_encode_xgDebugCallback(gl.stream, callback != NULL);
	gl.state->debug_callback = callback;
	gl.state->debug_user = user;
	xg_gl_debug_changed(gl);
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

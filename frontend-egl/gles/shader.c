/* SPDX-License-Identifier: MIT */
/* glShaderSource: the strings travel one after the other with their lengths. */
#include <GLES3/gl32.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "gles/current.h"
#include "xg_encode.h"
#include "xg_entry.h"

/* Fills lengths and returns their sum; false if that does not fit on the wire. */
static bool measure(GLsizei count, const GLchar *const *strings, const GLint *given,
	uint32_t *lengths, size_t *total)
{
	*total = 0;
	for (GLsizei i = 0; i < count; i++) {
		const size_t length =
			given && given[i] >= 0 ? (size_t)given[i] : strlen(strings[i]);
		if (!checked_add(*total, length, total) || *total > INT32_MAX)
			return false;
		lengths[i] = (uint32_t)length;
	}
	return true;
}

void xg_gl_glShaderSource(
	GLuint shader, GLsizei count, const GLchar *const *strings, const GLint *given)
{
	struct xg_gl gl = xg_gl_current();
	size_t total, at = 0;

	if (!gl.stream)
		return;
	if (count < 0 || !strings) {
		xg_gl_error(gl, GL_INVALID_VALUE);
		return;
	}
	uint32_t *lengths = calloc((size_t)count + 1, sizeof(*lengths));
	char *text = NULL;
	if (lengths && measure(count, strings, given, lengths, &total))
		text = malloc(total + 1);
	if (!text) {
		xg_gl_error(gl, GL_OUT_OF_MEMORY);
		free(lengths);
		return;
	}
	for (GLsizei i = 0; i < count; i++) {
		memcpy(text + at, strings[i], lengths[i]);
		at += lengths[i];
	}
	xg_encode_xgShaderSource(
		gl.stream, shader, (uint32_t)count, lengths, (uint32_t)total, text);
	free(text);
	free(lengths);
}

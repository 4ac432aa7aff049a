/* SPDX-License-Identifier: MIT */
/* What shaders are made from: source travels as one text with its strings' lengths. */
#include "gles/shader.h"

#include <GLES3/gl32.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "xg_encode.h"
#include "xg_entry.h"

/* Fills lengths and their sum. The error to raise: there is a string missing, or they do not fit on
 * the wire. */
static GLenum measure(GLsizei count, const GLchar *const *strings, const GLint *given,
	uint32_t *lengths, size_t *total)
{
	*total = 0;
	for (GLsizei i = 0; i < count; i++) {
		if (!strings[i])
			return GL_INVALID_OPERATION;
		const size_t length =
			given && given[i] >= 0 ? (size_t)given[i] : strlen(strings[i]);
		if (!checked_add(*total, length, total) || *total > INT32_MAX)
			return GL_OUT_OF_MEMORY;
		lengths[i] = (uint32_t)length;
	}
	return GL_NO_ERROR;
}

/* What is wrong with a command on a shader before any of its strings is looked at. */
static GLenum check_source(
	struct xg_gl gl, GLuint shader, GLsizei count, const GLchar *const *strings)
{
	struct xg_program *program;

	if (count < 0 || !strings || !xg_namer_is_taken(&gl.state->share->program_names, shader))
		return GL_INVALID_VALUE;
	program = xg_share_find_program(gl.state->share, shader);
	xg_program_unref(program);
	return program ? GL_INVALID_OPERATION : GL_NO_ERROR;
}

/* The strings in one text; lengths gets each one's. NULL with *error if there is none. */
static struct xg_text *join_strings(GLsizei count, const GLchar *const *strings, const GLint *given,
	uint32_t *lengths, GLenum *error)
{
	size_t total, at = 0;

	*error = lengths ? measure(count, strings, given, lengths, &total) : GL_OUT_OF_MEMORY;
	struct xg_text *text = *error ? NULL : xg_text_create(total);
	if (!text && !*error)
		*error = GL_OUT_OF_MEMORY;
	for (GLsizei i = 0; text && i < count; i++) {
		memcpy(text->bytes + at, strings[i], lengths[i]);
		at += lengths[i];
	}
	return text;
}

void xg_gl_glShaderSource(
	GLuint shader, GLsizei count, const GLchar *const *strings, const GLint *given)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	GLenum error = check_source(gl, shader, count, strings);
	if (error) {
		xg_gl_error(gl, error);
		return;
	}
	uint32_t *lengths = calloc((size_t)count + 1, sizeof(*lengths));
	struct xg_text *text = join_strings(count, strings, given, lengths, &error);
	if (text) {
		xg_encode_xgShaderSource(
			gl.stream, shader, (uint32_t)count, lengths, text->size, text->bytes);
		xg_recipe_source(gl.state->share, shader, text);
	} else {
		xg_gl_error(gl, error);
	}
	free(lengths);
}

void xg_gl_glCompileShader(GLuint shader)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glCompileShader(gl.stream, shader);
	xg_recipe_compile(gl.state->share, shader);
}

void xg_gl_glAttachShader(GLuint program, GLuint shader)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glAttachShader(gl.stream, program, shader);
	xg_recipe_attach(gl.state->share, program, shader);
}

void xg_gl_glDetachShader(GLuint program, GLuint shader)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glDetachShader(gl.stream, program, shader);
	xg_recipe_detach(gl.state->share, program, shader);
}

/* A program that could not get its source is there all the same, and is not linked. */
static void make_unlinked(struct xg_gl gl, GLuint program)
{
	xg_encode_glCreateProgram(gl.stream, program);
	xg_encode_glProgramParameteri(gl.stream, program, GL_PROGRAM_SEPARABLE, GL_TRUE);
}

/* strings may be NULL: that is an error of their own. */
static void make_shader_program(struct xg_gl gl, struct xg_program *program, GLenum type,
	GLsizei count, const GLchar *const *strings)
{
	uint32_t *lengths = calloc((size_t)count + 1, sizeof(*lengths));
	GLenum error = GL_INVALID_VALUE;
	struct xg_text *text = strings ? join_strings(count, strings, NULL, lengths, &error) : NULL;

	program->next.is_separable = true;
	if (text) {
		program->linked.is_separable = true;
		program->linked.shaders[0].type = type;
		program->linked.shaders[0].source = text;
		program->linked.shader_count = 1;
		xg_encode_xgCreateShaderProgram(
			gl.stream, type, program->name, text->size, text->bytes);
	} else {
		make_unlinked(gl, program->name);
		xg_gl_error(gl, error);
	}
	free(lengths);
}

GLuint xg_gl_glCreateShaderProgramvEXT(GLenum type, GLsizei count, const GLchar **strings)
{
	struct xg_gl gl = xg_gl_current();
	GLuint names[2]; /* the specification has a shader made, and deleted, on the way */

	if (!gl.stream)
		return 0;
	if (!xg_gl_is_shader_type(gl, type) || count < 0) {
		xg_gl_error(gl, count < 0 ? GL_INVALID_VALUE : GL_INVALID_ENUM);
		return 0;
	}
	struct xg_namer *namer = &gl.state->share->program_names;
	if (!xg_namer_make(namer, 2, names)) {
		xg_gl_error(gl, GL_OUT_OF_MEMORY);
		return 0;
	}
	xg_namer_release(namer, names[0]);
	if (!xg_share_add_program(gl.state->share, names[1])) {
		xg_namer_release(namer, names[1]);
		xg_gl_error(gl, GL_OUT_OF_MEMORY);
		return 0;
	}
	struct xg_program *program = xg_share_find_program(gl.state->share, names[1]);
	make_shader_program(gl, program, type, count, strings);
	xg_program_unref(program);
	return names[1];
}

/* The host takes no binaries, and its driver judges the rest: what is in one stays here. */
void xg_gl_glShaderBinary(
	GLsizei count, const GLuint *shaders, GLenum format, const void *binary, GLsizei length)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream)
		xg_encode_glShaderBinary(
			gl.stream, count, shaders, format, NULL, length < 0 ? length : 0);
}

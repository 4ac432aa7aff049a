/* SPDX-License-Identifier: MIT */
/*
 * Uniforms. How many values glGetUniform* gives back depends on the uniform's type, and how many
 * glUniform*v may read depends on the array's length: the program's reflection knows both.
 */
#include "gles/uniform.h"

#include <GLES3/gl32.h>
#include <GLES2/gl2ext.h>
#include <stddef.h>
#include <string.h>

#include "gles/program.h"
#include "xg_encode.h"
#include "xg_entry.h"

static const struct shape {
	uint16_t type;
	uint8_t columns, rows;
} shapes[] = {
	{GL_FLOAT_VEC2, 1, 2},
	{GL_FLOAT_VEC3, 1, 3},
	{GL_FLOAT_VEC4, 1, 4},
	{GL_INT_VEC2, 1, 2},
	{GL_INT_VEC3, 1, 3},
	{GL_INT_VEC4, 1, 4},
	{GL_UNSIGNED_INT_VEC2, 1, 2},
	{GL_UNSIGNED_INT_VEC3, 1, 3},
	{GL_UNSIGNED_INT_VEC4, 1, 4},
	{GL_BOOL_VEC2, 1, 2},
	{GL_BOOL_VEC3, 1, 3},
	{GL_BOOL_VEC4, 1, 4},
	{GL_FLOAT_MAT2, 2, 2},
	{GL_FLOAT_MAT3, 3, 3},
	{GL_FLOAT_MAT4, 4, 4},
	{GL_FLOAT_MAT2x3, 2, 3},
	{GL_FLOAT_MAT2x4, 2, 4},
	{GL_FLOAT_MAT3x2, 3, 2},
	{GL_FLOAT_MAT3x4, 3, 4},
	{GL_FLOAT_MAT4x2, 4, 2},
	{GL_FLOAT_MAT4x3, 4, 3},
};

static struct shape shape_of(uint32_t type)
{
	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		if (shapes[i].type == type)
			return shapes[i];
	}
	return (struct shape){.columns = 1, .rows = 1};
}

uint32_t xg_uniform_columns(uint32_t type)
{
	return shape_of(type).columns;
}

uint32_t xg_uniform_components(uint32_t type)
{
	const struct shape shape = shape_of(type);

	return (uint32_t)shape.columns * shape.rows;
}

/* The uniform with that location, and which element of it that is; NULL if there is none. */
static const struct xg_reflect_variable *find_uniform(
	const struct xg_reflection *r, GLint location, uint32_t *element)
{
	for (uint32_t i = 0; i < r->header->uniform_count; i++) {
		const struct xg_reflect_variable *v = &r->uniforms[i];
		const int32_t *locations = r->locations + v->locations;
		for (uint32_t e = 0; e < (uint32_t)v->size; e++) {
			if (locations[e] == location) {
				*element = e;
				return v;
			}
		}
	}
	return NULL;
}

/* Bytes that glGetUniform* of a location fills; 0 if there is no such location. */
static size_t uniform_size(struct xg_gl gl, GLuint program, GLint location)
{
	struct xg_reflection *r = location < 0 ? NULL : xg_program_reflect(gl, program);
	uint32_t element;
	const struct xg_reflect_variable *v = r ? find_uniform(r, location, &element) : NULL;
	const size_t size = v ? 4 * xg_uniform_components(v->type) : 0;

	xg_reflection_unref(r);
	return size;
}

/*
 * How many of count elements the driver reads. Those behind an array's end it ignores; 0: it reads
 * none, because it refuses the call, or the location is the -1 of a uniform that is not there.
 */
static GLsizei elements_read(struct xg_gl gl, GLint location, GLsizei count)
{
	struct xg_program *program = gl.state->program;
	struct xg_reflection *r = NULL;
	uint32_t element = 0;

	if (location < 0 || count <= 0)
		return 0;
	if (program)
		r = xg_program_reflect(gl, program->name);
	/* After a link that failed the program in use is the one before it. */
	if (!r || !r->header->link_status) {
		xg_reflection_unref(r);
		return count;
	}
	const struct xg_reflect_variable *v = find_uniform(r, location, &element);
	const bool is_array = v && strchr(r->strings + v->name, '[');
	GLsizei read = is_array ? v->size - (GLint)element : v && count == 1;
	xg_reflection_unref(r);
	return count < read ? count : read;
}

/* The common case, a single element of a uniform that is there, is sent as it is. In the others a
 * NULL stands for elements that nobody reads, and two of them for any number above. */
static const void *limit_elements(
	struct xg_gl gl, GLint location, GLsizei *count, const void *value)
{
	if (XG_LIKELY(*count == 1 && location >= 0))
		return value;
	const GLsizei read = elements_read(gl, location, *count);
	if (read > 0)
		*count = read;
	else if (*count > 2)
		*count = 2;
	return read > 0 ? value : NULL;
}

#define UNIFORM(name, type)                                                                        \
	void xg_gl_##name(GLint location, GLsizei count, const type *value)                        \
	{                                                                                          \
		struct xg_gl gl = xg_gl_current();                                                 \
                                                                                                   \
		if (gl.stream) {                                                                   \
			value = limit_elements(gl, location, &count, value);                       \
			xg_encode_##name(gl.stream, location, count, value);                       \
		}                                                                                  \
	}

#define MATRIX(name)                                                                               \
	void xg_gl_##name(                                                                         \
		GLint location, GLsizei count, GLboolean transpose, const GLfloat *value)          \
	{                                                                                          \
		struct xg_gl gl = xg_gl_current();                                                 \
                                                                                                   \
		if (gl.stream) {                                                                   \
			value = limit_elements(gl, location, &count, value);                       \
			xg_encode_##name(gl.stream, location, count, transpose, value);            \
		}                                                                                  \
	}

UNIFORM(glUniform1fv, GLfloat)
UNIFORM(glUniform2fv, GLfloat)
UNIFORM(glUniform3fv, GLfloat)
UNIFORM(glUniform4fv, GLfloat)
UNIFORM(glUniform1iv, GLint)
UNIFORM(glUniform2iv, GLint)
UNIFORM(glUniform3iv, GLint)
UNIFORM(glUniform4iv, GLint)
UNIFORM(glUniform1uiv, GLuint)
UNIFORM(glUniform2uiv, GLuint)
UNIFORM(glUniform3uiv, GLuint)
UNIFORM(glUniform4uiv, GLuint)
MATRIX(glUniformMatrix2fv)
MATRIX(glUniformMatrix3fv)
MATRIX(glUniformMatrix4fv)
MATRIX(glUniformMatrix2x3fv)
MATRIX(glUniformMatrix3x2fv)
MATRIX(glUniformMatrix2x4fv)
MATRIX(glUniformMatrix4x2fv)
MATRIX(glUniformMatrix3x4fv)
MATRIX(glUniformMatrix4x3fv)

void xg_gl_glGetUniformfv(GLuint program, GLint location, GLfloat *params)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream)
		xg_encode_glGetUniformfv(
			gl.stream, program, location, params, uniform_size(gl, program, location));
}

void xg_gl_glGetUniformiv(GLuint program, GLint location, GLint *params)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream)
		xg_encode_glGetUniformiv(
			gl.stream, program, location, params, uniform_size(gl, program, location));
}

void xg_gl_glGetUniformuiv(GLuint program, GLint location, GLuint *params)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream)
		xg_encode_glGetUniformuiv(
			gl.stream, program, location, params, uniform_size(gl, program, location));
}

/* True if the application's memory is large enough for the uniform (KHR_robustness). */
static bool has_room(GLuint program, GLint location, GLsizei size)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return false;
	if (size >= 0 && (size_t)size >= uniform_size(gl, program, location))
		return true;
	xg_gl_error(gl, GL_INVALID_OPERATION);
	return false;
}

void xg_gl_glGetnUniformfvEXT(GLuint program, GLint location, GLsizei size, GLfloat *params)
{
	if (has_room(program, location, size))
		xg_gl_glGetUniformfv(program, location, params);
}

void xg_gl_glGetnUniformivEXT(GLuint program, GLint location, GLsizei size, GLint *params)
{
	if (has_room(program, location, size))
		xg_gl_glGetUniformiv(program, location, params);
}

void xg_gl_glGetnUniformfvKHR(GLuint program, GLint location, GLsizei size, GLfloat *params)
{
	xg_gl_glGetnUniformfvEXT(program, location, size, params);
}

void xg_gl_glGetnUniformivKHR(GLuint program, GLint location, GLsizei size, GLint *params)
{
	xg_gl_glGetnUniformivEXT(program, location, size, params);
}

void xg_gl_glGetnUniformuivKHR(GLuint program, GLint location, GLsizei size, GLuint *params)
{
	/* The same bits: GLSL ES's unsigned uniforms are not converted on the way to an int. */
	xg_gl_glGetnUniformivEXT(program, location, size, (GLint *)params);
}

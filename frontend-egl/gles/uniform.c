/* SPDX-License-Identifier: MIT */
/*
 * Uniforms: glUniform* sets those of the program in use, or of the bound pipeline's active one,
 * glProgramUniform* those of any. How many values glGetUniform* gives back depends on the uniform's
 * type, and how many glUniform*v may read on the array's length: the program's reflection knows
 * both.
 */
#include "gles/uniform.h"

#include <GLES3/gl32.h>
#include <GLES2/gl2ext.h>
#include <stddef.h>
#include <string.h>

#include "gles/pipeline.h"
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
 * none, because it refuses the call, or the location is the -1 of a uniform that is not there. r:
 * of the program, NULL if that is not known.
 */
static GLsizei elements_read(const struct xg_reflection *r, GLint location, GLsizei count)
{
	uint32_t element = 0;

	/* After a link that failed the program in use is the one before it. */
	if (!r || !r->header->link_status)
		return count;
	const struct xg_reflect_variable *v = find_uniform(r, location, &element);
	const bool is_array = v && strchr(r->strings + v->name, '[');
	const GLsizei read = is_array ? v->size - (GLint)element : v && count == 1;
	return count < read ? count : read;
}

/* A NULL stands for elements that nobody reads, and two of them for any number above. Takes the
 * reference to the reflection. */
static const void *limit_to(
	struct xg_reflection *r, GLint location, GLsizei *count, const void *value)
{
	const GLsizei read = location < 0 || *count <= 0 ? 0 : elements_read(r, location, *count);

	xg_reflection_unref(r);
	if (read > 0)
		*count = read;
	else if (*count > 2)
		*count = 2;
	return read > 0 ? value : NULL;
}

/* The common case, a single element of a uniform that is there, is sent as it is. */
static inline bool is_single(GLint location, GLsizei count)
{
	return XG_LIKELY(count == 1 && location >= 0);
}

static const void *limit_elements(
	struct xg_gl gl, GLint location, GLsizei *count, const void *value)
{
	return limit_to(xg_program_reflect_object(gl, xg_pipeline_uniform_program(gl)), location,
		count, value);
}

static const void *limit_elements_of(
	struct xg_gl gl, GLuint name, GLint location, GLsizei *count, const void *value)
{
	if (is_single(location, *count))
		return value;
	struct xg_program *program = xg_share_find_program(gl.state->share, name);
	struct xg_reflection *r = xg_program_reflect_object(gl, program);
	xg_program_unref(program);
	return limit_to(r, location, count, value);
}

/* Several elements, in a function of their own: one element, as nearly always, saves no registers.
 */
#define UNIFORM(name, type)                                                                        \
	static __attribute__((noinline)) void several_##name(                                      \
		GLint location, GLsizei count, const type *value)                                  \
	{                                                                                          \
		struct xg_gl gl = xg_gl_current();                                                 \
                                                                                                   \
		if (!gl.stream)                                                                    \
			return;                                                                    \
		value = limit_elements(gl, location, &count, value);                               \
		xg_encode_gl##name(gl.stream, location, count, value);                             \
	}                                                                                          \
	void xg_gl_gl##name(GLint location, GLsizei count, const type *value)                      \
	{                                                                                          \
		struct xg_gl gl = xg_gl_current();                                                 \
                                                                                                   \
		if (XG_LIKELY(gl.stream && is_single(location, count)))                            \
			xg_encode_gl##name(gl.stream, location, 1, value);                         \
		else                                                                               \
			several_##name(location, count, value);                                    \
	}                                                                                          \
	void xg_gl_glProgram##name##EXT(                                                           \
		GLuint program, GLint location, GLsizei count, const type *value)                  \
	{                                                                                          \
		struct xg_gl gl = xg_gl_current();                                                 \
                                                                                                   \
		if (gl.stream) {                                                                   \
			value = limit_elements_of(gl, program, location, &count, value);           \
			xg_encode_glProgram##name##EXT(                                            \
				gl.stream, program, location, count, value);                       \
		}                                                                                  \
	}

#define MATRIX(name)                                                                               \
	static __attribute__((noinline)) void several_##name(                                      \
		GLint location, GLsizei count, GLboolean transpose, const GLfloat *value)          \
	{                                                                                          \
		struct xg_gl gl = xg_gl_current();                                                 \
                                                                                                   \
		if (!gl.stream)                                                                    \
			return;                                                                    \
		value = limit_elements(gl, location, &count, value);                               \
		xg_encode_gl##name(gl.stream, location, count, transpose, value);                  \
	}                                                                                          \
	void xg_gl_gl##name(                                                                       \
		GLint location, GLsizei count, GLboolean transpose, const GLfloat *value)          \
	{                                                                                          \
		struct xg_gl gl = xg_gl_current();                                                 \
                                                                                                   \
		if (XG_LIKELY(gl.stream && is_single(location, count)))                            \
			xg_encode_gl##name(gl.stream, location, 1, transpose, value);              \
		else                                                                               \
			several_##name(location, count, transpose, value);                         \
	}                                                                                          \
	void xg_gl_glProgram##name##EXT(GLuint program, GLint location, GLsizei count,             \
		GLboolean transpose, const GLfloat *value)                                         \
	{                                                                                          \
		struct xg_gl gl = xg_gl_current();                                                 \
                                                                                                   \
		if (gl.stream) {                                                                   \
			value = limit_elements_of(gl, program, location, &count, value);           \
			xg_encode_glProgram##name##EXT(                                            \
				gl.stream, program, location, count, transpose, value);            \
		}                                                                                  \
	}

UNIFORM(Uniform1fv, GLfloat)
UNIFORM(Uniform2fv, GLfloat)
UNIFORM(Uniform3fv, GLfloat)
UNIFORM(Uniform4fv, GLfloat)
UNIFORM(Uniform1iv, GLint)
UNIFORM(Uniform2iv, GLint)
UNIFORM(Uniform3iv, GLint)
UNIFORM(Uniform4iv, GLint)
UNIFORM(Uniform1uiv, GLuint)
UNIFORM(Uniform2uiv, GLuint)
UNIFORM(Uniform3uiv, GLuint)
UNIFORM(Uniform4uiv, GLuint)
MATRIX(UniformMatrix2fv)
MATRIX(UniformMatrix3fv)
MATRIX(UniformMatrix4fv)
MATRIX(UniformMatrix2x3fv)
MATRIX(UniformMatrix3x2fv)
MATRIX(UniformMatrix2x4fv)
MATRIX(UniformMatrix4x2fv)
MATRIX(UniformMatrix3x4fv)
MATRIX(UniformMatrix4x3fv)

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
	struct xg_gl gl = xg_gl_current();

	if (!has_room(program, location, size))
		return;
	/* GLES 2 has no unsigned uniforms, and no command for them. */
	if (xg_gl_version(gl) >= 30)
		xg_gl_glGetUniformuiv(program, location, params);
	else
		xg_gl_glGetUniformiv(program, location, (GLint *)params);
}

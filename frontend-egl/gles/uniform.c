/* SPDX-License-Identifier: MIT */
/*
 * glGetUniform*: how many values come back depends on the uniform's type, which the program's
 * reflection knows.
 */
#include "gles/uniform.h"

#include <GLES3/gl32.h>
#include <GLES2/gl2ext.h>
#include <stddef.h>

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

/* Bytes that glGetUniform* of a location fills; 0 if there is no such location. */
static size_t uniform_size(struct xg_gl gl, GLuint program, GLint location)
{
	struct xg_reflection *r = location < 0 ? NULL : xg_program_reflect(gl, program);
	size_t size = 0;

	for (uint32_t i = 0; r && !size && i < r->header->uniform_count; i++) {
		const struct xg_reflect_variable *v = &r->uniforms[i];
		for (uint32_t e = 0; e < (uint32_t)v->size; e++) {
			if (r->locations[v->locations + e] == location)
				size = 4 * xg_uniform_components(v->type);
		}
	}
	xg_reflection_unref(r);
	return size;
}

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

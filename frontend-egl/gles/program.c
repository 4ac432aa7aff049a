/* SPDX-License-Identifier: MIT */
/*
 * See program.h. The first question about a linked program fetches everything; all later ones are
 * answered here. Names that are no programs, and pnames that change by other calls, go to the host.
 */
#include "gles/program.h"

#include <GLES3/gl32.h>
#include <GLES2/gl2ext.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "gles/known.h"
#include "gles/pipeline.h"
#include "gles/uniform.h"
#include "xg_encode.h"
#include "xg_entry.h"

#define FIRST_CAPACITY 8192u

void xg_reflection_unref(struct xg_reflection *reflection)
{
	/* Release and acquire: other threads' reads come before the free. */
	if (reflection &&
		atomic_fetch_sub_explicit(&reflection->references, 1, memory_order_acq_rel) == 1)
		free(reflection);
}

/* Finds the parts of the blob. False if they do not fit in it. */
static bool parse(struct xg_reflection *reflection)
{
	const struct xg_reflect *header = (const struct xg_reflect *)reflection->blob;
	const uint8_t *at = (const uint8_t *)(header + 1);

	if (reflection->size < sizeof(*header))
		return false;
	const uint64_t needed = sizeof(*header) +
				((uint64_t)header->attribute_count + header->uniform_count) *
					sizeof(struct xg_reflect_variable) +
				(uint64_t)header->location_count * sizeof(int32_t) +
				header->strings_size;
	if (needed > reflection->size)
		return false;
	reflection->header = header;
	reflection->attributes = (const struct xg_reflect_variable *)at;
	reflection->uniforms = reflection->attributes + header->attribute_count;
	reflection->locations = (const int32_t *)(reflection->uniforms + header->uniform_count);
	reflection->strings = (const char *)(reflection->locations + header->location_count);
	return header->strings_size && reflection->strings[header->strings_size - 1] == '\0';
}

static bool is_variable_sound(const struct xg_reflection *r, const struct xg_reflect_variable *v)
{
	const uint32_t room = r->header->location_count;

	return v->name < r->header->strings_size &&
	       strlen(r->strings + v->name) == v->name_length && v->size >= 0 &&
	       v->locations <= room && (uint32_t)v->size <= room - v->locations;
}

static bool is_sound(struct xg_reflection *r)
{
	if (!parse(r) || r->header->info_log >= r->header->strings_size)
		return false;
	for (uint32_t i = 0; i < r->header->attribute_count; i++) {
		const struct xg_reflect_variable *v = &r->attributes[i];
		if (v->name >= r->header->strings_size)
			return false;
		uint32_t columns = xg_uniform_columns(v->type) * (uint32_t)v->size;
		for (uint32_t c = 0; v->location >= 0 && c < columns; c++)
			r->attribute_mask |= 1u << ((uint32_t)v->location + c) % 32;
	}
	for (uint32_t i = 0; i < r->header->uniform_count; i++) {
		if (!is_variable_sound(r, &r->uniforms[i]))
			return false;
	}
	return true;
}

static struct xg_reflection *fetch(struct xg_gl gl, uint32_t program)
{
	uint32_t capacity = FIRST_CAPACITY;

	for (;;) {
		struct xg_reflection *r = calloc(1, sizeof(*r) + capacity);
		if (!r) {
			xg_gl_error(gl, GL_OUT_OF_MEMORY);
			return NULL;
		}
		atomic_init(&r->references, 1);
		uint32_t size = xg_encode_xgReflect(gl.stream, program, capacity, r->blob);
		r->size = size < capacity ? size : capacity;
		if (size <= capacity && size && is_sound(r))
			return r;
		free(r);
		if (size <= capacity)
			return NULL;
		capacity = size;
	}
}

/* What is known of a program, with a reference; NULL if nothing is. */
static struct xg_reflection *known_reflection(struct xg_share *share, struct xg_program *program)
{
	pthread_mutex_lock(&share->lock);
	struct xg_reflection *known = program->reflection;
	if (known)
		atomic_fetch_add_explicit(&known->references, 1, memory_order_relaxed);
	pthread_mutex_unlock(&share->lock);
	return known;
}

/* Exchanges what is known; the reference to it becomes the program's. */
static void set_reflection(
	struct xg_share *share, struct xg_program *program, struct xg_reflection *reflection)
{
	pthread_mutex_lock(&share->lock);
	struct xg_reflection *old = program->reflection;
	program->reflection = reflection;
	const int8_t link = reflection ? (int8_t)(reflection->header->link_status != 0) : -1;
	/* Relaxed: they carry nothing with them. */
	atomic_store_explicit(&program->attribute_mask,
		link > 0 ? reflection->attribute_mask : UINT32_MAX, memory_order_relaxed);
	atomic_store_explicit(&program->link, link, memory_order_relaxed);
	pthread_mutex_unlock(&share->lock);
	xg_reflection_unref(old);
}

struct xg_reflection *xg_program_reflect_object(struct xg_gl gl, struct xg_program *program)
{
	struct xg_reflection *known = program ? known_reflection(gl.state->share, program) : NULL;

	if (known || !program)
		return known;
	known = fetch(gl, program->name);
	if (known) {
		atomic_fetch_add_explicit(&known->references, 1, memory_order_relaxed);
		set_reflection(gl.state->share, program, known);
	}
	return known;
}

struct xg_reflection *xg_program_reflect(struct xg_gl gl, uint32_t name)
{
	struct xg_program *program = xg_share_find_program(gl.state->share, name);
	struct xg_reflection *known =
		program ? xg_program_reflect_object(gl, program) : fetch(gl, name);

	xg_program_unref(program);
	return known;
}

void xg_program_forget(struct xg_gl gl, uint32_t name)
{
	struct xg_share *share = gl.state->share;
	struct xg_program *program = xg_share_find_program(share, name);

	if (!program)
		return;
	set_reflection(share, program, NULL);
	xg_program_unref(program);
}

uint32_t xg_program_attribs(struct xg_gl gl)
{
	struct xg_program *program = xg_pipeline_vertex_program(gl);

	if (!program)
		return UINT32_MAX;
	/* The first draw asks for what is to be known of it. */
	if (atomic_load_explicit(&program->link, memory_order_relaxed) < 0)
		xg_reflection_unref(xg_program_reflect_object(gl, program));
	return atomic_load_explicit(&program->attribute_mask, memory_order_relaxed);
}

static __attribute__((noinline)) void use_program(GLuint name)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glUseProgram(gl.stream, name);
	struct xg_tracked *track = &gl.state->track.program;
	if (track->is_known && track->values[0] == (GLint)name)
		return;
	struct xg_program *program = name ? xg_known_program(gl.state, name) : NULL;
	const int link = program ? atomic_load_explicit(&program->link, memory_order_relaxed) : -1;
	if (link == 0)
		return; /* refused */
	track->is_known = !name || link > 0;
	track->values[0] = (GLint)name;
	gl.state->program = program;
}

/* Mostly one that is known, and not known to be refused. */
void xg_gl_glUseProgram(GLuint name)
{
	struct xg_gl gl = xg_gl_current();
	struct xg_program *program = gl.stream ? xg_known_low_program(gl.state, name) : NULL;
	const int link = program ? atomic_load_explicit(&program->link, memory_order_relaxed) : 0;

	if (XG_UNLIKELY(link == 0 || !xg_stream_is_alone(gl.stream))) {
		use_program(name);
		return;
	}
	struct xg_tracked *track = &gl.state->track.program;
	track->is_known = track->is_known && track->values[0] == (GLint)name ? true : link > 0;
	track->values[0] = (GLint)name;
	gl.state->program = program;
	xg_write_glUseProgram(gl.stream, name);
}

void xg_gl_glLinkProgram(GLuint program)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glLinkProgram(gl.stream, program);
	xg_recipe_link(gl.state->share, program);
	xg_program_forget(gl, program);
}

void xg_gl_glValidateProgram(GLuint program)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glValidateProgram(gl.stream, program);
	xg_program_forget(gl, program); /* there is a new info log */
}

static bool get_reflected(const struct xg_reflect *header, GLenum pname, GLint *value)
{
	switch (pname) {
	case GL_LINK_STATUS:
		*value = (GLint)header->link_status;
		return true;
	case GL_INFO_LOG_LENGTH:
		*value = (GLint)header->info_log_length;
		return true;
	case GL_ACTIVE_ATTRIBUTES:
		*value = (GLint)header->attribute_count;
		return true;
	case GL_ACTIVE_ATTRIBUTE_MAX_LENGTH:
		*value = (GLint)header->attribute_max_length;
		return true;
	case GL_ACTIVE_UNIFORMS:
		*value = (GLint)header->uniform_count;
		return true;
	case GL_ACTIVE_UNIFORM_MAX_LENGTH:
		*value = (GLint)header->uniform_max_length;
		return true;
	default:
		return false;
	}
}

static bool is_reflected(GLenum pname)
{
	static const struct xg_reflect nothing;
	GLint value;

	return get_reflected(&nothing, pname, &value);
}

void xg_gl_glGetProgramiv(GLuint program, GLenum pname, GLint *params)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	if (pname == GL_PROGRAM_BINARY_LENGTH) {
		xg_program_binary_length(gl, program, params);
		return;
	}
	if (!is_reflected(pname)) {
		xg_encode_glGetProgramiv(gl.stream, program, pname, params);
		return;
	}
	struct xg_reflection *r = xg_program_reflect(gl, program);
	if (r)
		get_reflected(r->header, pname, params);
	xg_reflection_unref(r);
}

/* Copies a string as GL gives them: cut to size bytes with its NUL; the length is without it. */
static void copy_string(const char *string, GLsizei size, GLsizei *length, GLchar *to)
{
	size_t copied = strlen(string);

	if (size <= 0)
		copied = 0;
	else if (copied > (size_t)size - 1)
		copied = (size_t)size - 1;
	if (to && size > 0) {
		memcpy(to, string, copied);
		to[copied] = '\0';
	}
	if (length)
		*length = (GLsizei)copied;
}

void xg_gl_glGetProgramInfoLog(GLuint program, GLsizei size, GLsizei *length, GLchar *log)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	if (size < 0) {
		xg_gl_error(gl, GL_INVALID_VALUE);
		return;
	}
	struct xg_reflection *r = xg_program_reflect(gl, program);
	if (r)
		copy_string(r->strings + r->header->info_log, size, length, log);
	xg_reflection_unref(r);
}

static void get_active(struct xg_gl gl, GLuint program, bool is_uniform, GLuint index, GLsizei size,
	GLsizei *length, GLint *count, GLenum *type, GLchar *name)
{
	if (size < 0) {
		xg_gl_error(gl, GL_INVALID_VALUE);
		return;
	}
	struct xg_reflection *r = xg_program_reflect(gl, program);
	if (!r)
		return;
	const uint32_t total = is_uniform ? r->header->uniform_count : r->header->attribute_count;
	if (index >= total) {
		xg_gl_error(gl, GL_INVALID_VALUE);
	} else {
		const struct xg_reflect_variable *v =
			is_uniform ? &r->uniforms[index] : &r->attributes[index];
		copy_string(r->strings + v->name, size, length, name);
		if (count)
			*count = v->size;
		if (type)
			*type = v->type;
	}
	xg_reflection_unref(r);
}

void xg_gl_glGetActiveAttrib(GLuint program, GLuint index, GLsizei bufSize, GLsizei *length,
	GLint *size, GLenum *type, GLchar *name)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream)
		get_active(gl, program, false, index, bufSize, length, size, type, name);
}

void xg_gl_glGetActiveUniform(GLuint program, GLuint index, GLsizei bufSize, GLsizei *length,
	GLint *size, GLenum *type, GLchar *name)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream)
		get_active(gl, program, true, index, bufSize, length, size, type, name);
}

/* Splits "name[3]" into the length of "name" and 3; without a subscript the element is -1. */
static size_t split_name(const char *name, int64_t *element)
{
	const size_t length = strlen(name);
	size_t at = length;

	*element = -1;
	if (length < 4 || name[length - 1] != ']')
		return length;
	at = length - 1;
	while (at > 0 && name[at - 1] >= '0' && name[at - 1] <= '9')
		at--;
	const size_t digits = length - 1 - at;
	if (!digits || digits > 9 || at < 2 || name[at - 1] != '[' ||
		(digits > 1 && name[at] == '0'))
		return length;
	*element = strtol(name + at, NULL, 10);
	return at - 1;
}

/* The location of an element of a variable by its name, -1 if there is none. */
static GLint find_location(const struct xg_reflection *r, bool is_uniform, const char *name)
{
	const struct xg_reflect_variable *variables = is_uniform ? r->uniforms : r->attributes;
	const uint32_t count = is_uniform ? r->header->uniform_count : r->header->attribute_count;
	int64_t element, own;
	const size_t length = split_name(name, &element);
	const size_t whole = strlen(name);

	for (uint32_t i = 0; i < count; i++) {
		const struct xg_reflect_variable *v = &variables[i];
		const char *known = r->strings + v->name;
		const size_t base = split_name(known, &own);
		const bool is_array = own >= 0;
		if (base == whole && memcmp(known, name, whole) == 0)
			return v->location; /* the variable, or an array's first element */
		if (!is_array || base != length || element < 0 || memcmp(known, name, length) != 0)
			continue;
		if (element >= v->size)
			return -1;
		return is_uniform ? r->locations[v->locations + (uint32_t)element]
				  : v->location + (GLint)element;
	}
	return -1;
}

static GLint get_location(struct xg_gl gl, GLuint program, bool is_uniform, const char *name)
{
	struct xg_reflection *r = xg_program_reflect(gl, program);
	GLint location = -1;

	if (r && !r->header->link_status)
		xg_gl_error(gl, GL_INVALID_OPERATION);
	else if (r && name)
		location = find_location(r, is_uniform, name);
	/* Subscripts that are not plain are the driver's to read. */
	if (r && r->header->link_status && location < 0 && name && strchr(name, '['))
		location = is_uniform ? xg_encode_glGetUniformLocation(gl.stream, program, name)
				      : xg_encode_glGetAttribLocation(gl.stream, program, name);
	xg_reflection_unref(r);
	return location;
}

GLint xg_gl_glGetAttribLocation(GLuint program, const GLchar *name)
{
	struct xg_gl gl = xg_gl_current();

	return gl.stream ? get_location(gl, program, false, name) : 0;
}

GLint xg_gl_glGetUniformLocation(GLuint program, const GLchar *name)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return 0;
	/* Without a name a driver looks no further. */
	return name ? get_location(gl, program, true, name) : -1;
}

/* Uniforms and attributes are known; other inputs, of programs of a later stage, the host knows. */
GLint xg_gl_glGetProgramResourceLocation(GLuint program, GLenum interface, const GLchar *name)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return 0;
	if (interface == GL_UNIFORM && name)
		return get_location(gl, program, true, name);

	struct xg_reflection *r =
		interface == GL_PROGRAM_INPUT && name ? xg_program_reflect(gl, program) : NULL;
	const bool is_linked = r && r->header->link_status;
	const GLint location = is_linked ? find_location(r, false, name) : -1;
	xg_reflection_unref(r);
	return location >= 0 ? location
			     : xg_encode_glGetProgramResourceLocation(
				       gl.stream, program, interface, name ? name : "");
}

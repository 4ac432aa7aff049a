/* SPDX-License-Identifier: MIT */
/*
 * Program binaries (binary.h), and what else goes into them. A program is linked from one by
 * shaders that it has for that moment alone: it then has those again that it had before. As with
 * Mesa's own binaries, the varyings, outputs, attributes' places and separability that the binary
 * brings are the program's from then on.
 */
#include "gles/binary.h"

#include <GLES3/gl32.h>
#include <GLES2/gl2ext.h>
#include <stdlib.h>
#include <string.h>

#include "gles/program.h"
#include "gles/shader.h"
#include "gles/strings.h"
#include "xg_encode.h"
#include "xg_entry.h"

/* Where the active attributes are: a later link may not leave them there by itself. */
static struct xg_text *attribute_places(const struct xg_reflection *r)
{
	struct xg_text *places = NULL;

	for (uint32_t i = 0; i < r->header->attribute_count; i++) {
		const struct xg_reflect_variable *v = &r->attributes[i];
		const struct xg_place place = {(uint32_t)v->location, 0, r->strings + v->name};
		if (v->location < 0)
			continue;
		struct xg_text *all = xg_place_add(places, &place);
		xg_text_unref(places);
		places = all;
	}
	return places;
}

/* What makes a linked program's binary, with references. False if it is not linked. */
static bool get_parts(struct xg_program *program, const struct xg_reflection *r,
	struct xg_recipe *recipe, struct xg_text **attributes)
{
	if (!r->header->link_status)
		return false;
	pthread_mutex_lock(&program->share->lock);
	xg_recipe_copy(recipe, &program->linked);
	pthread_mutex_unlock(&program->share->lock);
	*attributes = attribute_places(r);
	return true;
}

/* The octets of a program's binary, which is written if there is room; 0 if there is none. */
static size_t make_binary(
	struct xg_program *program, const struct xg_reflection *r, void *binary, size_t room)
{
	struct xg_recipe recipe;
	struct xg_text *attributes;

	if (!get_parts(program, r, &recipe, &attributes))
		return 0;
	const size_t size = xg_binary_size(&recipe, attributes);
	if (size && size <= room)
		xg_binary_write(&recipe, attributes, binary);
	xg_recipe_finish(&recipe);
	xg_text_unref(attributes);
	return size;
}

void xg_program_binary_length(struct xg_gl gl, uint32_t name, int32_t *length)
{
	struct xg_program *program = xg_share_find_program(gl.state->share, name);
	struct xg_reflection *r = xg_program_reflect_object(gl, program);

	if (r)
		*length = (int32_t)make_binary(program, r, NULL, 0);
	else
		xg_encode_glGetProgramiv(gl.stream, name, GL_PROGRAM_BINARY_LENGTH, length);
	xg_reflection_unref(r);
	xg_program_unref(program);
}

void xg_gl_glGetProgramBinaryOES(
	GLuint name, GLsizei room, GLsizei *length, GLenum *format, void *binary)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	if (room < 0) {
		xg_gl_error(gl, GL_INVALID_VALUE);
		return;
	}
	struct xg_program *program = xg_share_find_program(gl.state->share, name);
	struct xg_reflection *r = xg_program_reflect_object(gl, program);
	const size_t size = r ? make_binary(program, r, binary, (size_t)room) : 0;
	const bool is_whole = size && size <= (size_t)room;
	GLenum unused;
	if (!r) /* it knows what is wrong with the name */
		xg_encode_glGetProgramBinaryOES(gl.stream, name, 0, NULL, &unused, NULL);
	else if (!is_whole)
		xg_gl_error(gl, GL_INVALID_OPERATION);
	if (r && length)
		*length = is_whole ? (GLsizei)size : 0;
	if (is_whole && format)
		*format = GL_PROGRAM_BINARY_FORMAT_MESA;
	xg_reflection_unref(r);
	xg_program_unref(program);
}

/* A shader that the program has, while it is linked from others. */
struct kept {
	uint32_t name, type;
	bool is_last; /* it is deleted, and goes when it is detached */
	struct xg_text *source, *compiled;
};

static uint32_t detach_all(
	struct xg_gl gl, struct xg_program *program, struct kept kept[XG_RECIPE_SHADERS])
{
	pthread_mutex_lock(&program->share->lock);
	const uint32_t count = program->attached_count;
	for (uint32_t i = 0; i < count; i++) {
		const struct xg_shader *shader = program->attached[i];
		kept[i] = (struct kept){
			.name = shader->name,
			.type = shader->type,
			.is_last = shader->is_deleted && shader->attachments == 1,
			.source = xg_text_ref(shader->source),
			.compiled = xg_text_ref(shader->compiled),
		};
	}
	pthread_mutex_unlock(&program->share->lock);
	for (uint32_t i = 0; i < count; i++)
		xg_encode_glDetachShader(gl.stream, program->name, kept[i].name);
	return count;
}

static void send_source(struct xg_gl gl, uint32_t shader, const struct xg_text *source)
{
	const uint32_t length = source ? source->size : 0;

	xg_encode_xgShaderSource(
		gl.stream, shader, 1, &length, length, source ? source->bytes : "");
}

static void attach_all(
	struct xg_gl gl, struct xg_program *program, const struct kept *kept, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		const struct kept *shader = &kept[i];
		if (shader->is_last)
			xg_encode_glCreateShader(gl.stream, shader->type, shader->name);
		if (shader->is_last && shader->compiled) {
			send_source(gl, shader->name, shader->compiled);
			xg_encode_glCompileShader(gl.stream, shader->name);
		}
		if (shader->is_last && shader->source != shader->compiled)
			send_source(gl, shader->name, shader->source);
		xg_encode_glAttachShader(gl.stream, program->name, shader->name);
		if (shader->is_last)
			xg_encode_glDeleteShader(gl.stream, shader->name);
		xg_text_unref(shader->source);
		xg_text_unref(shader->compiled);
	}
}

/* What a link takes beside the shaders, as far as it differs from what the program has. */
static void send_inputs(struct xg_gl gl, const struct xg_program *program,
	const struct xg_recipe *recipe, const struct xg_text *attributes)
{
	const struct xg_text *varyings = recipe->varyings;
	struct xg_place place;

	for (uint32_t at = 0; xg_place_next(attributes, &at, &place);)
		xg_encode_glBindAttribLocation(
			gl.stream, program->name, place.location, place.name);
	for (uint32_t at = 0; xg_place_next(recipe->outputs, &at, &place);)
		xg_encode_glBindFragDataLocationIndexedEXT(
			gl.stream, program->name, place.location, place.index, place.name);
	if (recipe->varying_count || program->next.varying_count)
		xg_encode_xgTransformFeedbackVaryings(gl.stream, program->name,
			recipe->varying_count,
			recipe->varying_count ? recipe->varying_mode : GL_INTERLEAVED_ATTRIBS,
			varyings ? varyings->size : 0, varyings ? varyings->bytes : "");
	if (recipe->is_separable != program->next.is_separable)
		xg_encode_glProgramParameteri(
			gl.stream, program->name, GL_PROGRAM_SEPARABLE, recipe->is_separable);
}

static void link_from(struct xg_gl gl, const struct xg_program *program,
	const struct xg_recipe *recipe, const struct xg_text *attributes)
{
	struct xg_namer *namer = &gl.state->share->program_names;
	uint32_t names[XG_RECIPE_SHADERS];

	for (uint32_t i = 0; i < recipe->shader_count; i++) {
		names[i] = xg_namer_borrow(namer);
		xg_encode_glCreateShader(gl.stream, recipe->shaders[i].type, names[i]);
		send_source(gl, names[i], recipe->shaders[i].source);
		xg_encode_glCompileShader(gl.stream, names[i]);
		xg_encode_glAttachShader(gl.stream, program->name, names[i]);
	}
	send_inputs(gl, program, recipe, attributes);
	xg_encode_glLinkProgram(gl.stream, program->name);
	for (uint32_t i = 0; i < recipe->shader_count; i++) {
		xg_encode_glDetachShader(gl.stream, program->name, names[i]);
		xg_encode_glDeleteShader(gl.stream, names[i]);
		xg_namer_release(namer, names[i]);
	}
}

/* Whether the context has the commands that the recipe wants. */
static bool is_known(struct xg_gl gl, const struct xg_recipe *recipe)
{
	const bool is_3 = xg_gl_told_version(gl) >= 30;

	for (uint32_t i = 0; i < recipe->shader_count; i++) {
		if (!xg_gl_is_shader_type(gl, recipe->shaders[i].type))
			return false;
	}
	return (is_3 || !recipe->varying_count) &&
	       (!recipe->outputs || xg_gl_has_extension(gl, "GL_EXT_blend_func_extended")) &&
	       (is_3 || !recipe->is_separable ||
		       xg_gl_has_extension(gl, "GL_EXT_separate_shader_objects"));
}

/* The program has been linked from the recipe, of which it takes the references. */
static void set_recipe(struct xg_program *program, const struct xg_recipe *recipe)
{
	pthread_mutex_lock(&program->share->lock);
	xg_recipe_finish(&program->linked);
	xg_recipe_finish(&program->next);
	program->linked = *recipe;
	program->next = (struct xg_recipe){
		.varyings = xg_text_ref(recipe->varyings),
		.varying_count = recipe->varying_count,
		.varying_mode = recipe->varying_mode,
		.outputs = xg_text_ref(recipe->outputs),
		.is_separable = recipe->is_separable,
	};
	pthread_mutex_unlock(&program->share->lock);
}

/* False if there is nothing that can be linked; nothing is then sent. */
static bool load(struct xg_gl gl, struct xg_program *program, const void *binary, size_t size)
{
	struct kept kept[XG_RECIPE_SHADERS];
	struct xg_recipe recipe;
	struct xg_text *attributes;

	if (!xg_binary_read(binary, size, &recipe, &attributes))
		return false;
	const bool can_link = is_known(gl, &recipe);
	if (can_link) {
		const uint32_t count = detach_all(gl, program, kept);
		link_from(gl, program, &recipe, attributes);
		attach_all(gl, program, kept, count);
		set_recipe(program, &recipe);
	} else {
		xg_recipe_finish(&recipe);
	}
	xg_text_unref(attributes);
	return can_link;
}

void xg_gl_glProgramBinaryOES(GLuint name, GLenum format, const void *binary, GLint length)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	struct xg_program *program = xg_share_find_program(gl.state->share, name);
	/* Without a binary that is one the host's driver raises the errors, and the program is not
	 * linked. */
	if (!program || format != GL_PROGRAM_BINARY_FORMAT_MESA || length < 0 ||
		!load(gl, program, binary, (size_t)length))
		xg_encode_glProgramBinaryOES(
			gl.stream, name, format, NULL, length < 0 ? length : 0);
	xg_program_unref(program);
	xg_program_forget(gl, name);
}

void xg_gl_glProgramParameteri(GLuint program, GLenum pname, GLint value)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glProgramParameteri(gl.stream, program, pname, value);
	if (pname == GL_PROGRAM_SEPARABLE && (value == GL_TRUE || value == GL_FALSE))
		xg_recipe_separable(gl.state->share, program, value);
}

/* Remembers an output's place, if it is one that a driver takes. */
static void keep_output(
	struct xg_gl gl, GLuint program, GLuint color, GLuint index, const GLchar *name)
{
	const GLuint limit = (GLuint)xg_gl_limit(
		gl, index ? GL_MAX_DUAL_SOURCE_DRAW_BUFFERS_EXT : GL_MAX_DRAW_BUFFERS);

	if (index <= 1 && color < limit && strncmp(name, "gl_", 3) != 0 &&
		!xg_recipe_output(gl.state->share, program, color, index, name))
		xg_gl_error(gl, GL_OUT_OF_MEMORY);
}

void xg_gl_glBindFragDataLocationIndexedEXT(
	GLuint program, GLuint color, GLuint index, const GLchar *name)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream || !name)
		return;
	xg_encode_glBindFragDataLocationIndexedEXT(gl.stream, program, color, index, name);
	keep_output(gl, program, color, index, name);
}

void xg_gl_glBindFragDataLocationEXT(GLuint program, GLuint color, const GLchar *name)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream || !name)
		return;
	xg_encode_glBindFragDataLocationEXT(gl.stream, program, color, name);
	keep_output(gl, program, color, 0, name);
}

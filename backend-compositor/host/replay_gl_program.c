/* SPDX-License-Identifier: MIT */
/* Shaders and programs. What else is asked of a linked program is in reflect.c. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "client.h"
#include "context.h"
#include "host.h"
#include "names.h"
#include "replay.h"
#include "xg_thunks.h"

enum { UNIFORM_WORDS = 16, NAME_MAX_BYTES = 4096 };

/* The payload may lie in shared memory: the lengths are copied before they are added up. */
static bool set_source(struct xg_replay *r, uint32_t shader,
	const struct xg_payload *untrusted_lengths, const struct xg_payload *text)
{
	const size_t count = untrusted_lengths->size / sizeof(GLint);
	const char *at = text->data ? text->data : "";
	size_t left = text->size;
	bool is_sound = true;

	if (!count) {
		xg_replay_gl(r)->glShaderSource(shader, 0, &at, NULL);
		return true;
	}

	GLint *lengths = malloc(count * sizeof(*lengths));
	const char **strings = malloc(count * sizeof(*strings));
	if (!lengths || !strings)
		abort();
	memcpy(lengths, untrusted_lengths->data, count * sizeof(*lengths));
	for (size_t i = 0; i < count && is_sound; i++) {
		is_sound = lengths[i] >= 0 && (size_t)lengths[i] <= left;
		if (!is_sound)
			break;
		strings[i] = at;
		at += lengths[i];
		left -= (size_t)lengths[i];
	}
	if (is_sound)
		xg_replay_gl(r)->glShaderSource(shader, (GLsizei)count, strings, lengths);
	free(strings);
	free(lengths);
	return is_sound && left == 0;
}

void xg_replay_xgShaderSource(
	struct xg_replay *r, const struct xg_cmd_xgShaderSource *c, const struct xg_payload *p)
{
	const uint32_t shader = xg_names_find(r->names, XG_CLASS_SHADER, c->shader);

	const uint64_t most = r->client->host->limits.shader_bytes;

	if (p[0].size / sizeof(GLint) > most || p[1].size > most) {
		xg_replay_error(r, GL_OUT_OF_MEMORY);
		return;
	}
	xg_replay_collect_error(r);
	if (!xg_names_reserve(r, XG_CLASS_SHADER, p[1].size))
		return;
	if (!set_source(r, shader, &p[0], &p[1]))
		xg_replay_fault(r, "the lengths of a shader's strings do not add up to its source");
	if (xg_replay_collect_error(r) || r->fault)
		xg_names_release(r, XG_CLASS_SHADER, p[1].size);
	else
		xg_names_charge(r, XG_CLASS_SHADER, shader, 0, p[1].size);
}

/* What a driver may take for a name that it keeps, besides the name. */
enum { NAME_OVERHEAD = 128 };

/* FNV-1a, never 0: that slot is the source's. */
static uint32_t slot_of_name(const char *name)
{
	uint32_t hash = 2166136261u;

	while (*name)
		hash = (hash ^ (uint8_t)*name++) * 16777619u;
	return hash | 1;
}

/*
 * A driver keeps each name that was ever given a location of a program, whether there is such a
 * variable or not: they are counted as its source is, each once. False, with the error recorded, if
 * that is too much.
 */
static bool take_name(struct xg_replay *r, uint32_t program, const char *name)
{
	const uint32_t slot = slot_of_name(name);
	const uint64_t bytes = strlen(name) + NAME_OVERHEAD;

	if (!xg_names_is_joined(r->names, XG_CLASS_PROGRAM, program) ||
		xg_names_slot_bytes(r->names, XG_CLASS_PROGRAM, program, slot) >= bytes)
		return true;
	if (!xg_names_reserve(r, XG_CLASS_PROGRAM, bytes))
		return false;
	xg_names_charge(r, XG_CLASS_PROGRAM, program, slot, bytes);
	return true;
}

void xg_replay_glBindAttribLocation(struct xg_replay *r,
	const struct xg_cmd_glBindAttribLocation *c, const struct xg_payload *p)
{
	const uint32_t program = xg_names_find(r->names, XG_CLASS_PROGRAM, c->program);

	if (take_name(r, program, p[0].data))
		xg_replay_gl(r)->glBindAttribLocation(program, c->index, p[0].data);
}

void xg_replay_glBindFragDataLocationEXT(struct xg_replay *r,
	const struct xg_cmd_glBindFragDataLocationEXT *c, const struct xg_payload *p)
{
	const uint32_t program = xg_names_find(r->names, XG_CLASS_PROGRAM, c->program);

	if (take_name(r, program, p[0].data))
		xg_replay_gl(r)->glBindFragDataLocationEXT(program, c->color, p[0].data);
}

void xg_replay_glBindFragDataLocationIndexedEXT(struct xg_replay *r,
	const struct xg_cmd_glBindFragDataLocationIndexedEXT *c, const struct xg_payload *p)
{
	const uint32_t program = xg_names_find(r->names, XG_CLASS_PROGRAM, c->program);

	if (take_name(r, program, p[0].data))
		xg_replay_gl(r)->glBindFragDataLocationIndexedEXT(
			program, c->colorNumber, c->index, p[0].data);
}

/*
 * Binaries are a driver's private format and no driver is proof against made-up ones: those that
 * guests have are their library's own, and linked there. What comes here is none of those. An empty
 * one is given to the driver in its place: it sees to the errors, and the program is not linked.
 * The one format is known to guests whether the driver has it or not.
 */
void xg_replay_glProgramBinaryOES(
	struct xg_replay *r, const struct xg_cmd_glProgramBinaryOES *c, const struct xg_payload *p)
{
	static const char nothing[16];
	const struct xg_gl_table *gl = xg_replay_gl(r);

	xg_replay_collect_error(r);
	gl->glProgramBinaryOES(xg_names_find(r->names, XG_CLASS_PROGRAM, c->program),
		c->binaryFormat, nothing, c->length < 0 ? c->length : 0);
	const uint32_t error = gl->glGetError();
	if (error && (error != GL_INVALID_ENUM || c->binaryFormat != GL_PROGRAM_BINARY_FORMAT_MESA))
		xg_replay_error(r, error);
}

void xg_replay_glShaderBinary(
	struct xg_replay *r, const struct xg_cmd_glShaderBinary *c, const struct xg_payload *p)
{
	static const char nothing[16];
	const size_t count = p[0].size / sizeof(GLuint);
	const volatile uint32_t *shared = p[0].data;
	GLuint *names = calloc(count + 1, sizeof(*names));

	if (!names)
		abort();
	for (size_t i = 0; i < count; i++)
		names[i] = xg_names_find(r->names, XG_CLASS_SHADER, shared[i]);
	xg_replay_gl(r)->glShaderBinary(
		c->count, names, c->binaryFormat, nothing, c->length < 0 ? c->length : 0);
	free(names);
}

void xg_replay_glGetAttachedShaders(struct xg_replay *r,
	const struct xg_cmd_glGetAttachedShaders *c, const struct xg_payload *p)
{
	GLuint names[64];
	GLsizei count = 0;
	const GLsizei room = (GLsizei)(sizeof(names) / sizeof(names[0]));

	xg_replay_gl(r)->glGetAttachedShaders(xg_names_find(r->names, XG_CLASS_PROGRAM, c->program),
		c->maxCount < room ? c->maxCount : room, &count, names);
	if (p[0].data && p[0].size >= sizeof(count))
		memcpy(p[0].data, &count, sizeof(count));
	for (GLsizei i = 0; i < count; i++)
		names[i] = xg_names_reverse(r->names, XG_CLASS_SHADER, names[i]);

	const size_t bytes = (size_t)count * sizeof(names[0]);
	if (p[1].data)
		memcpy(p[1].data, names, bytes < p[1].size ? bytes : p[1].size);
}

/* Whether one of the elements of an active uniform has that location. */
static bool has_location(
	const struct xg_gl_table *gl, uint32_t program, uint32_t index, int32_t location)
{
	char name[NAME_MAX_BYTES + 16] = "";
	GLsizei length = 0;
	GLint size = 0;
	GLenum type;

	gl->glGetActiveUniform(program, index, NAME_MAX_BYTES, &length, &size, &type, name);
	if (gl->glGetUniformLocation(program, name) == location)
		return true;
	for (GLint i = 1; i < size && length > 3; i++) {
		snprintf(name + length - 3, 16, "[%d]", i);
		if (gl->glGetUniformLocation(program, name) == location)
			return true;
	}
	return false;
}

/*
 * Mesa gives members of uniform blocks locations that it tells nobody, and looks for a value of
 * theirs, which there is not. True, with the error recorded, if that is what the guest asks for.
 */
static bool is_in_block(struct xg_replay *r, uint32_t program, int32_t location)
{
	const struct xg_gl_table *gl = xg_replay_gl(r);
	GLint blocks = 0, uniforms = 0;

	xg_replay_collect_error(r);
	gl->glGetProgramiv(program, GL_ACTIVE_UNIFORM_BLOCKS, &blocks);
	if (gl->glGetError() != GL_NO_ERROR || !blocks || location < 0)
		return false;
	gl->glGetProgramiv(program, GL_ACTIVE_UNIFORMS, &uniforms);
	for (GLint i = 0; i < uniforms; i++) {
		if (has_location(gl, program, (uint32_t)i, location))
			return false;
	}
	xg_replay_error(r, GL_INVALID_OPERATION);
	return true;
}

/* How much a uniform's value is only the driver knows: it writes to the largest that there is. */
static void answer_uniform(const struct xg_payload *output, const void *words)
{
	if (output->data)
		memcpy(output->data, words,
			output->size < UNIFORM_WORDS * 4 ? output->size : UNIFORM_WORDS * 4);
}

void xg_replay_glGetUniformfv(
	struct xg_replay *r, const struct xg_cmd_glGetUniformfv *c, const struct xg_payload *p)
{
	const uint32_t program = xg_names_find(r->names, XG_CLASS_PROGRAM, c->program);
	GLfloat words[UNIFORM_WORDS] = {0};

	if (!is_in_block(r, program, c->location))
		xg_replay_gl(r)->glGetUniformfv(program, c->location, words);
	answer_uniform(&p[0], words);
}

void xg_replay_glGetUniformiv(
	struct xg_replay *r, const struct xg_cmd_glGetUniformiv *c, const struct xg_payload *p)
{
	const uint32_t program = xg_names_find(r->names, XG_CLASS_PROGRAM, c->program);
	GLint words[UNIFORM_WORDS] = {0};

	if (!is_in_block(r, program, c->location))
		xg_replay_gl(r)->glGetUniformiv(program, c->location, words);
	answer_uniform(&p[0], words);
}

void xg_replay_glGetUniformuiv(
	struct xg_replay *r, const struct xg_cmd_glGetUniformuiv *c, const struct xg_payload *p)
{
	const uint32_t program = xg_names_find(r->names, XG_CLASS_PROGRAM, c->program);
	GLuint words[UNIFORM_WORDS] = {0};

	if (!is_in_block(r, program, c->location))
		xg_replay_gl(r)->glGetUniformuiv(program, c->location, words);
	answer_uniform(&p[0], words);
}

/* How many uniforms a block has only the driver knows. */
void xg_replay_glGetActiveUniformBlockiv(struct xg_replay *r,
	const struct xg_cmd_glGetActiveUniformBlockiv *c, const struct xg_payload *p)
{
	const struct xg_gl_table *gl = xg_replay_gl(r);
	const uint32_t program = xg_names_find(r->names, XG_CLASS_PROGRAM, c->program);
	GLint count = 0;

	if (c->pname == GL_UNIFORM_BLOCK_ACTIVE_UNIFORM_INDICES)
		gl->glGetActiveUniformBlockiv(
			program, c->uniformBlockIndex, GL_UNIFORM_BLOCK_ACTIVE_UNIFORMS, &count);

	const size_t size = ((size_t)(count > 0 ? count : 0) + UNIFORM_WORDS) * sizeof(GLint);
	GLint *words = calloc(1, size);
	if (!words)
		abort();
	gl->glGetActiveUniformBlockiv(program, c->uniformBlockIndex, c->pname, words);
	if (p[0].data)
		memcpy(p[0].data, words, p[0].size < size ? p[0].size : size);
	free(words);
}

/* Mesa looks for the varyings of a program that did not link, where there are none. */
static bool is_feedback(uint32_t pname)
{
	return pname == GL_TRANSFORM_FEEDBACK_VARYINGS ||
	       pname == GL_TRANSFORM_FEEDBACK_VARYING_MAX_LENGTH;
}

void xg_replay_glGetProgramiv(
	struct xg_replay *r, const struct xg_cmd_glGetProgramiv *c, const struct xg_payload *p)
{
	const uint32_t program = xg_names_find(r->names, XG_CLASS_PROGRAM, c->program);
	GLint words[UNIFORM_WORDS] = {0}, is_linked = GL_TRUE;

	if (is_feedback(c->pname))
		xg_replay_gl(r)->glGetProgramiv(program, GL_LINK_STATUS, &is_linked);
	if (is_linked)
		xg_replay_gl(r)->glGetProgramiv(program, c->pname, words);
	answer_uniform(&p[0], words);
}

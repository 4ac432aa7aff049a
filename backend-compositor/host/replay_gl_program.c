/* SPDX-License-Identifier: MIT */
/* Shaders and programs. What else is asked of a linked program is in reflect.c. */
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "client.h"
#include "context.h"
#include "host.h"
#include "names.h"
#include "replay.h"
#include "xg_thunks.h"

enum { UNIFORM_WORDS = 16, SOURCES_MAX = 65536 };

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

	if (p[0].size / sizeof(GLint) > SOURCES_MAX ||
		p[1].size > r->client->host->limits.shader_bytes) {
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

void xg_replay_glLinkProgram(
	struct xg_replay *r, const struct xg_cmd_glLinkProgram *c, const struct xg_payload *p)
{
	xg_replay_gl(r)->glLinkProgram(xg_names_find(r->names, XG_CLASS_PROGRAM, c->program));
}

/*
 * Binaries are a driver's private format and no driver is proof against made-up ones. An empty one
 * is given to the driver in their place: it sees to the errors, and the program does not link, as
 * the specification lets it at any time; an application then compiles its source.
 */
void xg_replay_glProgramBinaryOES(
	struct xg_replay *r, const struct xg_cmd_glProgramBinaryOES *c, const struct xg_payload *p)
{
	static const char nothing[16];

	if (!xg_replay_gl(r)->glProgramBinaryOES)
		xg_replay_error(r, GL_INVALID_OPERATION);
	else
		xg_replay_gl(r)->glProgramBinaryOES(
			xg_names_find(r->names, XG_CLASS_PROGRAM, c->program), c->binaryFormat,
			nothing, c->length < 0 ? c->length : 0);
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
	GLfloat words[UNIFORM_WORDS] = {0};

	xg_replay_gl(r)->glGetUniformfv(
		xg_names_find(r->names, XG_CLASS_PROGRAM, c->program), c->location, words);
	answer_uniform(&p[0], words);
}

void xg_replay_glGetUniformiv(
	struct xg_replay *r, const struct xg_cmd_glGetUniformiv *c, const struct xg_payload *p)
{
	GLint words[UNIFORM_WORDS] = {0};

	xg_replay_gl(r)->glGetUniformiv(
		xg_names_find(r->names, XG_CLASS_PROGRAM, c->program), c->location, words);
	answer_uniform(&p[0], words);
}

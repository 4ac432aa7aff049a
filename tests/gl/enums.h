/* SPDX-License-Identifier: MIT */
/*
 * What the generated case "broken_enums" stands on: an object of each class, memory to point to,
 * and what is said of each call. Included by that file alone.
 */
#ifndef XG_TESTS_GL_ENUMS_H
#define XG_TESTS_GL_ENUMS_H

#include "case.h"

#include <GLES3/gl32.h>

#include "pnames.h"

static struct {
	GLuint buffer, texture, renderbuffer, framebuffer, sampler, query, transform_feedback,
		vertex_array, program, shader, program_pipeline, display_list;
	GLsync sync;
} enums_objects;

static uint64_t enums_words[8192];
static const char *enums_names[] = {"a", "b", "c", "d"};
static void *const enums_memory = enums_words, *const enums_strings = enums_names;

static void enums_say(const char *command, const char *what, long long result)
{
	bool is_written = false;

	for (size_t i = 0; i < COUNT(enums_words); i++)
		is_written |= enums_words[i] != 0;
	say("%s %s: %lld %s%s", command, what, result, enum_name(glGetError()),
		is_written ? ", written" : "");
	memset(enums_words, 0, sizeof(enums_words));
}

#define TRY(command, what, ...)                                                                    \
	do {                                                                                       \
		__VA_ARGS__;                                                                       \
		enums_say(command, what, 0);                                                       \
	} while (0)
#define TRY_RESULT(command, what, ...)	enums_say(command, what, (long long)(__VA_ARGS__))
#define TRY_POINTER(command, what, ...) enums_say(command, what, (__VA_ARGS__) != NULL)

/* All but vertex arrays and queries are bound, so that what is to be changed is there. */
static void enums_begin(void)
{
	enums_objects.program = use_flat(1, 0, 0, 1);
	enums_objects.shader = make_shader(GL_VERTEX_SHADER, "void main() { }");
	glGenBuffers(1, &enums_objects.buffer);
	glBindBuffer(GL_ARRAY_BUFFER, enums_objects.buffer);
	glBufferData(GL_ARRAY_BUFFER, 1024, NULL, GL_STATIC_DRAW);
	enums_objects.texture = make_texture();
	glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 4, 4, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
	glGenRenderbuffers(1, &enums_objects.renderbuffer);
	glBindRenderbuffer(GL_RENDERBUFFER, enums_objects.renderbuffer);
	glGenFramebuffers(1, &enums_objects.framebuffer);
	glGenSamplers(1, &enums_objects.sampler);
	glGenQueries(1, &enums_objects.query);
	glGenTransformFeedbacks(1, &enums_objects.transform_feedback);
	glGenVertexArrays(1, &enums_objects.vertex_array);
	enums_objects.sync = glFenceSync(GL_SYNC_GPU_COMMANDS_COMPLETE, 0);
	say_error("enums_begin");
}

static void enums_end(void)
{
	GLint values[84];

	for (size_t i = 0; i < COUNT(pnames); i++) {
		untouched(values, sizeof(values));
		glGetIntegerv(pnames[i].pname, values);
		say_ints(pnames[i].name, values, pnames[i].count);
		say_error(pnames[i].name);
	}
	say_picture("the picture");
	glDeleteSync(enums_objects.sync);
}

#endif

/* SPDX-License-Identifier: MIT */
/* Lengths of labels, of messages and groups of debugging, and sizes of what glReadnPixels reads, at
 * their limits. */
#include "../stages.h"

#include <limits.h>
#include <stdlib.h>

static const GLsizei lengths[] = {
	INT_MIN, -2, -1, 0, 1, 5, 254, 255, 256, 257, 4094, 4095, 4096, 4097};
static char *text; /* 8192 letters */

static void labels(GLuint name)
{
	char got[300];

	for (size_t i = 0; i < COUNT(lengths); i++) {
		/* Without a length, as long as the text is. */
		const char *label = lengths[i] < 0 ? text + 8192 - 100 * i : text;
		GLsizei length = -7;

		say("length %d", lengths[i]);
		DO(glObjectLabel(GL_BUFFER, name, lengths[i], label));
		memset(got, '-', sizeof(got));
		DO(glGetObjectLabel(GL_BUFFER, name, 299, &length, got));
		say("%d %.299s", length, got);
		memset(got, '-', sizeof(got));
		DO(glGetObjectLabel(
			GL_BUFFER, name, lengths[i] > 299 ? 299 : lengths[i], &length, got));
		say("%d", length);
		say_bytes("is", got, sizeof(got));
		DO(glGetObjectLabel(GL_BUFFER, name, lengths[i], &length, NULL));
		say("%d", length);
	}
	DO(glObjectLabel(GL_BUFFER, name, -1, text));
	DO(glObjectLabel(GL_BUFFER, name, INT_MAX, text));
	DO(glObjectLabel(GL_BUFFER, name, 5, NULL));
	DO(glObjectLabel(GL_BUFFER, 0, 5, text));
	DO(glObjectLabel(GL_BUFFER, UINT_MAX, 5, text));
	DO(glObjectPtrLabel(text, 5, text));
}

static void say_log(GLsizei size)
{
	static char log[16384];
	GLenum sources[4], types[4], severities[4];
	GLuint ids[4];
	GLsizei sizes[4];

	memset(log, '-', sizeof(log));
	untouched(sizes, sizeof(sizes));
	ASK(glGetDebugMessageLog(4, size, sources, types, ids, severities, sizes, log));
	say_ints("of", sizes, 4);
	say("checksum %08x", checksum(log, sizeof(log)));
}

static void messages(void)
{
	/* What the driver says of errors is its own. */
	DO(glDebugMessageControl(
		GL_DEBUG_SOURCE_API, GL_DONT_CARE, GL_DONT_CARE, 0, NULL, GL_FALSE));
	DO(glEnable(GL_DEBUG_OUTPUT));
	say_log(16384);
	for (size_t i = 0; i < COUNT(lengths); i++) {
		const char *message = lengths[i] < 0 ? text + 8192 - 100 * i : text;

		say("length %d", lengths[i]);
		DO(glDebugMessageInsert(GL_DEBUG_SOURCE_APPLICATION, GL_DEBUG_TYPE_MARKER, 7,
			GL_DEBUG_SEVERITY_HIGH, lengths[i], message));
		say_log(-1);
		say_log(0);
		say_log(1);
		say_log(5);
		say_log(16384);
		DO(glPushDebugGroup(GL_DEBUG_SOURCE_APPLICATION, 8, lengths[i], message));
		DO(glPopDebugGroup());
		say_log(16384);
		DO(glDebugMessageControl(GL_DEBUG_SOURCE_APPLICATION, GL_DEBUG_TYPE_OTHER,
			GL_DONT_CARE, lengths[i] > 4 ? 4 : lengths[i], (GLuint[4]){1, 2, 3, 4},
			GL_TRUE));
	}
	DO(glDebugMessageInsert(GL_DEBUG_SOURCE_APPLICATION, GL_DEBUG_TYPE_MARKER, 7,
		GL_DEBUG_SEVERITY_HIGH, -1, text));
	DO(glDebugMessageInsert(GL_DEBUG_SOURCE_APPLICATION, GL_DEBUG_TYPE_MARKER, 7,
		GL_DEBUG_SEVERITY_HIGH, INT_MAX, text));
	DO(glPushDebugGroup(GL_DEBUG_SOURCE_APPLICATION, 8, -1, text));
	DO(glPushDebugGroup(GL_DEBUG_SOURCE_APPLICATION, 8, INT_MAX, text));
	for (int i = 0; i < 70; i++)
		DO(glPushDebugGroup(GL_DEBUG_SOURCE_APPLICATION, 8, 1, text));
	for (int i = 0; i < 70; i++)
		DO(glPopDebugGroup());
	for (int i = 0; i < 20; i++)
		DO(glDebugMessageInsert(GL_DEBUG_SOURCE_APPLICATION, GL_DEBUG_TYPE_MARKER, 9,
			GL_DEBUG_SEVERITY_HIGH, 4095, text));
	ASK(glGetDebugMessageLog(UINT_MAX, 0, NULL, NULL, NULL, NULL, NULL, NULL));
	ASK(glGetDebugMessageLog(0, INT_MAX, NULL, NULL, NULL, NULL, NULL, NULL));
	DO(glDisable(GL_DEBUG_OUTPUT));
}

static void reads(void)
{
	static const GLsizei sizes[] = {
		INT_MIN, -1, 0, 1, 15, 16, 17, 63, 64, 65, 1023, 1024, INT_MAX};
	uint8_t got[2048];

	glClearColor(0.25f, 0.5f, 0.75f, 1);
	glClear(GL_COLOR_BUFFER_BIT);
	for (size_t i = 0; i < COUNT(sizes); i++) {
		say("room for %d", sizes[i]);
		untouched(got, sizeof(got));
		DO(glReadnPixels(0, 0, 4, 4, GL_RGBA, GL_UNSIGNED_BYTE, sizes[i], got));
		DO(glReadnPixels(0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, sizes[i], got + 1024));
		DO(glReadnPixels(0, 0, 0, 4, GL_RGBA, GL_UNSIGNED_BYTE, sizes[i], got));
		DO(glReadnPixels(0, 0, -1, 4, GL_RGBA, GL_UNSIGNED_BYTE, sizes[i], got));
		DO(glReadnPixels(0, 0, 4, 4, GL_RGBA, GL_FLOAT, sizes[i], got));
		glPixelStorei(GL_PACK_ROW_LENGTH, 8);
		DO(glReadnPixels(0, 0, 2, 4, GL_RGBA, GL_UNSIGNED_BYTE, sizes[i], got));
		glPixelStorei(GL_PACK_SKIP_ROWS, 2);
		DO(glReadnPixels(0, 0, 2, 4, GL_RGBA, GL_UNSIGNED_BYTE, sizes[i], got));
		glPixelStorei(GL_PACK_SKIP_ROWS, 0);
		glPixelStorei(GL_PACK_ROW_LENGTH, 0);
		say_data("got", got, sizeof(got));
	}
	for (size_t i = 0; i < COUNT(sizes); i++) {
		GLuint pack;

		glGenBuffers(1, &pack);
		glBindBuffer(GL_PIXEL_PACK_BUFFER, pack);
		glBufferData(GL_PIXEL_PACK_BUFFER, 64, NULL, GL_STATIC_READ);
		DO(glReadnPixels(0, 0, 4, 4, GL_RGBA, GL_UNSIGNED_BYTE, sizes[i], NULL));
		DO(glReadnPixels(0, 0, 4, 4, GL_RGBA, GL_UNSIGNED_BYTE, sizes[i], (void *)4));
		glDeleteBuffers(1, &pack);
	}
}

XG_CASE_ES32(limits_text)
{
	GLuint buffer;

	text = malloc(8193);
	for (int i = 0; i < 8192; i++)
		text[i] = (char)('a' + i % 26);
	text[8192] = '\0';
	glGenBuffers(1, &buffer);
	glBindBuffer(GL_ARRAY_BUFFER, buffer);
	labels(buffer);
	messages();
	reads();
	free(text);
}

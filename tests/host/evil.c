/* SPDX-License-Identifier: MIT */
/*
 * An application that speaks to the host itself and breaks one rule of the replay's, which its
 * argument chooses. Its status is 0 if just the stream that broke it was ended.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <GLES2/gl2.h>

#include "connection.h"
#include "stream.h"
#include "xg_encode.h"

enum { DISPLAY = 1, CONTEXT = 2 };

/* Puts a record as it is. */
static void put(struct xg_stream *stream, const void *record, uint32_t size)
{
	memcpy(xg_stream_begin(stream, size), record, size);
	xg_stream_end(stream, size);
	xg_stream_flush(stream);
}

static void start(struct xg_stream *stream)
{
	const int32_t attribs[] = {EGL_CONTEXT_CLIENT_VERSION, 2};
	int32_t major, minor, error;

	xg_encode_xgInitialize(
		stream, DISPLAY, EGL_PLATFORM_SURFACELESS_MESA, 0, &major, &minor, &error);
	xg_encode_xgCreateContext(stream, DISPLAY, CONTEXT, 0, 0, 2, attribs, &error);
	xg_encode_xgMakeCurrent(stream, DISPLAY, 0, 0, CONTEXT, &error);
}

static void send_unknown_command(struct xg_stream *stream)
{
	const struct xg_record record = {.opcode = 0xe000, .size = 8};

	put(stream, &record, 8);
}

static void send_too_short(struct xg_stream *stream)
{
	const struct xg_record record = {.opcode = XG_OP_glUniform4f, .size = 8};

	put(stream, &record, 8);
}

static void send_too_long(struct xg_stream *stream)
{
	const uint64_t record[4] = {0};
	struct xg_record header = {.opcode = XG_OP_glFlush, .size = sizeof(record)};
	uint8_t bytes[sizeof(record)] = {0};

	memcpy(bytes, &header, sizeof(header));
	put(stream, bytes, sizeof(bytes));
}

static void send_without_context(struct xg_stream *stream)
{
	xg_encode_xgMakeCurrentAgain(stream, DISPLAY, 0, 0, 0);
	xg_encode_glClear(stream, GL_COLOR_BUFFER_BIT);
	xg_stream_flush(stream);
}

static void send_bulk_from_nowhere(struct xg_stream *stream)
{
	const struct xg_cmd_glUniform4fv command = {
		.record = {.opcode = XG_OP_glUniform4fv, .size = sizeof(command)},
		.count = 1,
		.value = {.size = 16, .place = 0xfffffff0},
	};

	put(stream, &command, sizeof(command));
}

static void send_wrong_size(struct xg_stream *stream)
{
	const struct {
		struct xg_cmd_glUniform4fv command;
		uint64_t data;
	} record = {.command = {
			    .record = {.opcode = XG_OP_glUniform4fv, .size = sizeof(record)},
			    .count = 1000,
			    .value = {.size = 8, .place = XG_PLACE_INLINE},
		    }};

	put(stream, &record, sizeof(record));
}

static void send_bad_lengths(struct xg_stream *stream)
{
	const uint32_t lengths[] = {1000000};

	xg_encode_glCreateShader(stream, GL_VERTEX_SHADER, 1);
	xg_encode_xgShaderSource(stream, 1, 1, lengths, 4, "void");
	xg_stream_flush(stream);
}

static const struct {
	const char *name;
	void (*send)(struct xg_stream *stream);
} rules[] = {
	{"unknown-command", send_unknown_command},
	{"too-short", send_too_short},
	{"too-long", send_too_long},
	{"without-context", send_without_context},
	{"bulk-from-nowhere", send_bulk_from_nowhere},
	{"wrong-size", send_wrong_size},
	{"bad-lengths", send_bad_lengths},
};

int main(int argc, char **argv)
{
	struct xg_connection *connection = xg_connection_create();
	char string[64];

	if (argc != 2 || !connection)
		return 2;

	struct xg_stream *good = xg_connection_stream_create(connection);
	struct xg_stream *evil = xg_connection_stream_create(connection);
	if (!good || !evil)
		return 2;
	start(evil);
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		if (strcmp(argv[1], rules[i].name) == 0)
			rules[i].send(evil);
	}
	/* A call waits for its answer, or for the end. */
	xg_encode_glFinish(evil);
	if (!xg_stream_is_lost(evil)) {
		fprintf(stderr, "the stream is not ended\n");
		return 1;
	}
	if (!xg_encode_xgQueryString(good, DISPLAY, EGL_VENDOR, sizeof(string), string)) {
		fprintf(stderr, "the other stream is ended too\n");
		return 1;
	}
	xg_connection_stream_destroy(connection, evil);
	xg_connection_stream_destroy(connection, good);
	xg_connection_destroy(connection);
	return 0;
}

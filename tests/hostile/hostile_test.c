/* SPDX-License-Identifier: MIT */
/*
 * Guests that mean harm, against the real host on the real driver. After each attack three things
 * must hold: the host's log has one line about it, the other application of the same guest draws
 * on, and so does another guest.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <pthread.h>
#include <unistd.h>

#include <EGL/egl.h>
#include <GLES3/gl32.h>
#include <GLES2/gl2ext.h>

#include "peer.h"
#include "compute.h"
#include "pipelines.h"
#include "sweep.h"
#include "xg_opcodes.h"

enum {
	SWEEPS = 12,
	SWEEP_RECORDS = 3000,
	RANDOM_STREAMS = 8,
	RANDOM_ROUNDS = 200,
	SPOILT_STREAMS = 60,
	SCRIBBLED_STREAMS = 12,
	SCRIBBLED_RECORDS = 400
};

static const char *program;

/* The guest under attack from within, and the neighbour. */
static struct {
	struct peer peer, neighbour;
	struct stream victim, next_door;
	struct stream attack;
	uint32_t attacker;
} stage;

static int set_the_stage(void **state)
{
	peer_start(&stage.peer, program);
	peer_start(&stage.neighbour, program);
	stream_open(&stage.victim, &stage.peer, peer_open_client(&stage.peer));
	stream_open(&stage.next_door, &stage.neighbour, peer_open_client(&stage.neighbour));
	stage.attacker = peer_open_client(&stage.peer);
	return stream_make_current(&stage.victim, 2) && stream_make_current(&stage.next_door, 2)
		       ? 0
		       : -1;
}

static int clear_the_stage(void **state)
{
	stream_finish(&stage.victim);
	stream_finish(&stage.next_door);
	return peer_finish(&stage.peer) | peer_finish(&stage.neighbour);
}

static void all_others_go_on(void)
{
	assert_true(peer_is_alive(&stage.peer));
	assert_true(stream_works(&stage.victim));
	assert_true(stream_works(&stage.next_door));
}

static struct stream *begin(int version)
{
	stream_open(&stage.attack, &stage.peer, stage.attacker);
	if (version)
		assert_true(stream_make_current(&stage.attack, version));
	return &stage.attack;
}

/* The attack must have ended its stream, with one line that names the rule. */
static void end_as_a_fault(struct stream *stream, const char *rule)
{
	char line[64];

	stream_notify(stream);
	assert_true(peer_expect(&stage.peer, XG_CONTROL_STREAM_LOST, stream->id));
	snprintf(line, sizeof(line), "stream %u of process", stream->id);
	assert_int_equal(peer_count_log(&stage.peer, line), 1);
	if (rule && peer_count_log(&stage.peer, rule) == 0)
		fail_msg("the log does not name '%s':\n%s", rule, stage.peer.log);
	assert_true(stream_is_lost(stream));
	stream_finish(stream);
	stage.peer.log_used = 0;
	all_others_go_on();
}

/* The attack has done no harm, so its stream still answers. */
static void end_in_peace(struct stream *stream)
{
	const struct xg_control_stream close = {stream->client, stream->id};

	assert_true(ASK(stream, glGetError, NULL, .record = {0}));
	xg_channel_send(stage.peer.channel, XG_CONTROL_STREAM_CLOSE, &close, sizeof(close));
	xg_channel_flush(stage.peer.channel);
	assert_true(peer_expect(&stage.peer, XG_CONTROL_STREAM_CLOSED, stream->id));
	stream_finish(stream);
	all_others_go_on();
}

/* Records that break a rule; head.size 0 stands for the true size. */
static const struct {
	struct xg_record head;
	uint32_t words[8];
	uint32_t size;
	int version; /* of the context that is current; 0: none */
	const char *rule;
} broken[] = {
	{{XG_OP_glClear, 0, 12}, {0}, 16, 2, "not a multiple of 8"},
	{{XG_OP_glClear, 0, 0xfffffff8}, {0}, 16, 2, "beyond what was published"},
	{{XG_OP_glClear, 0, 8}, {0}, 16, 2, "arguments cut off"},
	{{XG_OP_glClear, 1, 0}, {0}, 16, 2, "record flags"},
	{{XG_OP_glClear, 0x8000, 0}, {0}, 16, 2, "a flag of the record is unknown"},
	{{XG_OP_glClear, 0, 0}, {0}, 24, 2, "octets left over"},
	{{XG_OP_glClear, 0, 0}, {0, 1}, 16, 2, "padding between arguments"},
	{{0x7ffe, 0, 0}, {0}, 16, 2, "unknown opcode"},
	{{0xfffe, 0, 0}, {0}, 16, 2, "the opcode is unknown"},
	{{XG_OPCODE_PAD, 0, 0}, {0}, 16, 2, "padding ends before"},
	{{XG_OP_glClear, 0, 0}, {0}, 16, 0, "without a current context"},
	{{XG_OPCODE_ORDER, 0, 0}, {0}, 8, 2, "does not fit its entries"},
	{{XG_OPCODE_ORDER, 0, 0}, {1, 7, 0, 0}, 24, 2, "padding is not zero"},
	{{XG_OPCODE_STAGE, 0, 0}, {16, XG_PLACE_INLINE}, 16, 2, "does not fit the record"},
	{{XG_OPCODE_STAGE, 0, 0}, {16, XG_PLACE_BULK * 1000000}, 16, 2, "bulk region"},
	{{XG_OPCODE_STAGE, 0, 0}, {16, 7}, 16, 2, "the place is unknown"},
	{{XG_OPCODE_FETCH, 0, 0}, {0}, 24, 2, "wrong reply flag"},
	{{XG_OPCODE_FETCH, 1, 0}, {0, 0, 16, XG_PLACE_STAGED}, 24, 2, "neither inline nor"},
	{{XG_OPCODE_FETCH, 1, 0}, {0, 0, 0xfffffff9, XG_PLACE_INLINE}, 24, 2, "reply area"},
	{{XG_OP_glDeleteTextures, 0, 0}, {4, 16, XG_PLACE_STAGED}, 24, 2, "less is staged"},
	{{XG_OP_glDeleteTextures, 0, 0}, {4, 16, 0xffffffff}, 24, 2, "outside the bulk region"},
	{{XG_OP_glDeleteTextures, 0, 0}, {4, 16, XG_PLACE_INLINE}, 24, 2, "inline payload"},
	{{XG_OP_glDeleteTextures, 0, 0}, {0x40000001, 4, XG_PLACE_BULK}, 24, 2, "payload size"},
	{{XG_OP_glDeleteTextures, 0, 0}, {4, 0, XG_PLACE_NULL}, 24, 2, "NULL payload"},
};

static void broken_record_ends_its_stream_alone(void **state)
{
	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
		struct stream *stream = begin(broken[i].version);
		uint32_t record[10];

		memcpy(record, &broken[i].head, 8);
		memcpy(record + 2, broken[i].words, sizeof(broken[i].words));
		if (!broken[i].head.size)
			record[1] = broken[i].size;
		assert_true(stream_write(stream, record, broken[i].size));
		end_as_a_fault(stream, broken[i].rule);
	}
}

static void false_index_ends_its_stream_alone(void **state)
{
	static const uint32_t tails[] = {4, RING_SIZE + 8, 0xfffffff8, 0x80000000};

	for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]); i++) {
		struct stream *stream = begin(0);

		atomic_store(&stream->page->ring.tail, tails[i]);
		xg_port_notify(&stream->port);
		end_as_a_fault(stream, "ring: ");
	}
}

/* The commands with an unsigned count must not take a huge one for none. */
static void huge_count_of_outputs_is_no_empty_one(void **state)
{
	struct stream *stream = begin(3);
	const struct xg_data nothing = {0, XG_PLACE_INLINE};
	struct xg_cmd_glGetDebugMessageLogKHR c = {.count = UINT32_MAX,
		.sources = nothing,
		.types = nothing,
		.ids = nothing,
		.severities = nothing,
		.lengths = nothing};

	stream_send(stream, XG_OP_glGetDebugMessageLogKHR, XG_RECORD_REPLY, &c, sizeof(c), NULL, 0);
	end_as_a_fault(stream, NULL);
}

/* The host asks the driver for values of its own, and some are long. */
static void any_value_has_room(void **state)
{
	struct stream *stream = begin(3);

	for (uint32_t pname = 0x0b00; pname < 0x9500; pname++)
		SEND(stream, glPixelStorei, .pname = pname, .param = 1);
	end_in_peace(stream);
}

/* What a driver parses is not what the guest says is so long. */
static void long_binary_is_not_read(void **state)
{
	struct stream *stream = begin(3);
	const uint32_t names[] = {1};
	struct xg_cmd_glShaderBinary c = {.count = 1,
		.shaders = {4, XG_PLACE_INLINE},
		.binaryFormat = XG_SPIR_V,
		.binary = {BULK_SIZE / 2, XG_PLACE_BULK},
		.length = BULK_SIZE / 2};

	SEND(stream, glCreateShader, .type = GL_VERTEX_SHADER, .name = 1);
	SEND(stream, glCreateProgram, .name = 2);
	stream_send(stream, XG_OP_glShaderBinary, 0, &c, sizeof(c), names, sizeof(names));
	SEND(stream, glProgramBinaryOES, .program = 2,
		.binaryFormat = GL_PROGRAM_BINARY_FORMAT_MESA,
		.binary = {BULK_SIZE / 2, XG_PLACE_BULK}, .length = BULK_SIZE / 2);
	end_in_peace(stream);
}

static bool is_out_of_memory(struct stream *stream)
{
	uint64_t error = 0;

	assert_true(ASK(stream, glGetError, &error, .record = {0}));
	return error == GL_OUT_OF_MEMORY;
}

/* Whatever the target, textures are counted. */
static void textures_end_at_the_quota(void **state)
{
	static const uint32_t targets[] = {
		GL_TEXTURE_2D, GL_TEXTURE_2D_ARRAY, GL_TEXTURE_3D, GL_TEXTURE_CUBE_MAP_ARRAY};

	for (size_t i = 0; i < sizeof(targets) / sizeof(targets[0]); i++) {
		const uint32_t client = peer_open_client(&stage.peer);
		struct stream *stream = &stage.attack;
		bool is_refused = false;

		stream_open(stream, &stage.peer, client);
		assert_true(stream_make_current(stream, 3));
		for (uint32_t name = 1; name < 24 && !is_refused; name++) {
			SEND(stream, glBindTexture, .target = targets[i], .texture = name);
			if (i == 0)
				SEND(stream, glTexImage2D, .target = targets[i],
					.internalformat = GL_RGBA, .width = 2048, .height = 2048,
					.format = GL_RGBA, .type = GL_UNSIGNED_BYTE);
			else
				SEND(stream, glTexImage3DOES, .target = targets[i],
					.internalformat = GL_RGBA8, .width = 256, .height = 256,
					.depth = 60, .format = GL_RGBA, .type = GL_UNSIGNED_BYTE);
			is_refused = is_out_of_memory(stream);
		}
		if (!is_refused)
			fail_msg("target %#x is not counted", targets[i]);
		stream_finish(stream);
		peer_close_client(&stage.peer, client);
		assert_true(peer_expect(&stage.peer, XG_CONTROL_STREAM_CLOSED, stream->id));
	}
	all_others_go_on();
}

static uint64_t next_error(struct stream *stream)
{
	uint64_t error = 0;

	assert_true(ASK(stream, glGetError, &error, .record = {0}));
	return error;
}

/* Two textures and two buffers, bound, of few octets. */
static void make_small_things(struct stream *stream)
{
	SEND(stream, glBindTexture, .target = GL_TEXTURE_2D, .texture = 1);
	SEND(stream, glTexImage2D, .target = GL_TEXTURE_2D, .internalformat = GL_RGBA, .width = 4,
		.height = 4, .format = GL_RGBA, .type = GL_UNSIGNED_BYTE);
	SEND(stream, glBindTexture, .target = GL_TEXTURE_3D, .texture = 2);
	SEND(stream, glTexImage3DOES, .target = GL_TEXTURE_3D, .internalformat = GL_RGBA8,
		.width = 4, .height = 4, .depth = 4, .format = GL_RGBA, .type = GL_UNSIGNED_BYTE);
	SEND(stream, glBindBuffer, .target = GL_COPY_READ_BUFFER, .buffer = 3);
	SEND(stream, glBufferData, .target = GL_COPY_READ_BUFFER, .size = 4096,
		.usage = GL_STATIC_DRAW);
	SEND(stream, glBindBuffer, .target = GL_PIXEL_UNPACK_BUFFER, .buffer = 4);
	SEND(stream, glBufferData, .target = GL_PIXEL_UNPACK_BUFFER, .size = 4096,
		.usage = GL_STATIC_DRAW);
	assert_int_equal(next_error(stream), GL_NO_ERROR);
}

/* Natively, Mesa 22.3 writes and copies outside of its memory for each of these. */
static void sums_that_wrap_are_not_taken_for_small(void **state)
{
	static const int32_t most[] = {INT32_MAX, INT32_MAX - 3, 1 << 30};
	struct stream *stream = begin(3);

	make_small_things(stream);
	for (size_t i = 0; i < sizeof(most) / sizeof(most[0]); i++) {
		const int32_t n = most[i];

		SEND(stream, xgUnpack, .alignment = 4);
		SEND(stream, glTexSubImage2D, .target = GL_TEXTURE_2D, .xoffset = n, .width = 4,
			.height = 1, .format = GL_RGBA, .type = GL_UNSIGNED_BYTE);
		assert_int_equal(next_error(stream), GL_INVALID_VALUE);
		SEND(stream, xgUnpack, .alignment = 4);
		SEND(stream, glTexSubImage3DOES, .target = GL_TEXTURE_3D, .zoffset = n, .width = 1,
			.height = 1, .depth = 4, .format = GL_RGBA, .type = GL_UNSIGNED_BYTE);
		assert_int_equal(next_error(stream), GL_INVALID_VALUE);
		SEND(stream, glCopyTexSubImage2D, .target = GL_TEXTURE_2D, .yoffset = n, .width = 1,
			.height = 4);
		assert_int_equal(next_error(stream), GL_INVALID_VALUE);
		SEND(stream, glTexImage2D, .target = GL_TEXTURE_2D, .internalformat = GL_RGBA,
			.width = 1, .height = n, .format = GL_RGBA, .type = GL_UNSIGNED_BYTE);
		assert_int_not_equal(next_error(stream), GL_NO_ERROR);
		SEND(stream, glCopyBufferSubData, .readTarget = GL_COPY_READ_BUFFER,
			.writeTarget = GL_PIXEL_UNPACK_BUFFER, .writeOffset = 16,
			.size = INT64_MAX - i);
		assert_int_equal(next_error(stream), GL_INVALID_VALUE);
		ASK(stream, xgReadBuffer, NULL, .target = GL_COPY_READ_BUFFER,
			.offset = INT64_MAX - (int64_t)i, .size = 16,
			.data = {16, XG_PLACE_INLINE});
		assert_int_equal(next_error(stream), GL_INVALID_VALUE);
	}
	end_in_peace(stream);
}

/* Who waits for ever holds its own thread, and lets go when its process is gone. */
static void endless_wait_ends_with_its_process(void **state)
{
	const uint32_t client = peer_open_client(&stage.peer);
	struct stream streams[2];

	for (int i = 0; i < 2; i++) {
		stream_open(&streams[i], &stage.peer, client);
		assert_true(stream_make_current(&streams[i], 2));
	}
	/* One waits for a position that the other will never reach. */
	uint8_t record[24];
	const struct xg_record head = {XG_OPCODE_ORDER, 0, sizeof(record)};
	const struct xg_order_entry entry = {streams[0].id, 0, UINT64_C(1) << 40};

	memcpy(record, &head, sizeof(head));
	memcpy(record + sizeof(head), &entry, sizeof(entry));
	assert_true(stream_write(&streams[1], record, sizeof(record)));
	stream_notify(&streams[1]);
	all_others_go_on();
	peer_close_client(&stage.peer, client);
	assert_true(peer_expect(&stage.peer, XG_CONTROL_STREAM_CLOSED, 0));
	assert_true(peer_expect(&stage.peer, XG_CONTROL_STREAM_CLOSED, 0));
	for (int i = 0; i < 2; i++)
		stream_finish(&streams[i]);
	all_others_go_on();
}

static void send_shader(struct stream *stream, uint32_t name, uint32_t type, const char *source)
{
	const uint32_t length = (uint32_t)strlen(source);
	uint8_t tail[1024] = {0};
	struct xg_cmd_xgShaderSource c = {.shader = name,
		.count = 1,
		.lengths = {4, XG_PLACE_INLINE},
		.size = length,
		.data = {length, XG_PLACE_INLINE}};

	memcpy(tail, &length, sizeof(length));
	memcpy(tail + 8, source, length);
	SEND(stream, glCreateShader, .type = type, .name = name);
	stream_send(stream, XG_OP_xgShaderSource, 0, &c, sizeof(c), tail, 8 + length);
	SEND(stream, glCompileShader, .shader = name);
	SEND(stream, glAttachShader, .program = 3, .shader = name);
}

/* The same with blocks, integers and transform feedback. */
static void send_shaders_of_version_3(struct stream *stream)
{
	static const char names[16] = "w\0n";
	struct xg_cmd_xgTransformFeedbackVaryings varyings = {.program = 3,
		.count = 2,
		.mode = GL_INTERLEAVED_ATTRIBS,
		.size = 4,
		.names = {4, XG_PLACE_INLINE}};

	send_shader(stream, 1, GL_VERTEX_SHADER,
		"#version 300 es\n"
		"in vec4 a; in ivec4 b; in uvec2 c; uniform B { vec4 u[900]; mat3x2 m; };"
		"uniform mat2x4 q; uniform uvec3 k[3]; out vec4 w; flat out int n;"
		"void main() { w = a + u[b.x] + vec4(m[1], q[1].xy); n = b.y + int(k[2].x + c.y);"
		"  gl_Position = a; gl_PointSize = 3.0; }");
	send_shader(stream, 2, GL_FRAGMENT_SHADER,
		"#version 300 es\n"
		"precision highp float; precision highp int; precision highp usampler2D;"
		"precision highp sampler3D; precision highp sampler2DArray;"
		"uniform F { vec4 u[900]; } f; uniform usampler2D s; uniform sampler3D t;"
		"uniform sampler2DArray r; in vec4 w; flat in int n; layout(location = 0) out vec4 "
		"x;"
		"layout(location = 1) out uvec4 y;"
		"void main() { x = texture(t, w.xyz) + texture(r, w.xyz) + f.u[n]; y = texture(s, "
		"w.xy); }");
	stream_send(stream, XG_OP_xgTransformFeedbackVaryings, 0, &varyings, sizeof(varyings),
		names, 8);
	SEND(stream, glLinkProgram, .program = 3);
	SEND(stream, glUniformBlockBinding, .program = 3, .uniformBlockIndex = 1,
		.uniformBlockBinding = 1);
	SEND(stream, glUseProgram, .program = 3);
}

/* Program 3, with an array, samplers and attributes for random arguments to hit. */
static void use_program(struct stream *stream, int version)
{
	SEND(stream, glCreateProgram, .name = 3);
	if (version == 3) {
		send_shaders_of_version_3(stream);
		return;
	}
	send_shader(stream, 1, GL_VERTEX_SHADER,
		"attribute vec4 a; attribute vec4 b; attribute mat3 c; uniform vec4 u[9];"
		"uniform mat4 m; varying vec2 v;"
		"void main() { v = a.xy + c[1].xy; gl_Position = m * a + b + u[int(b.x)]; }");
	send_shader(stream, 2, GL_FRAGMENT_SHADER,
		"precision mediump float; uniform sampler2D s[4]; uniform samplerCube t;"
		"uniform ivec3 i; uniform bool f; varying vec2 v;"
		"void main() { gl_FragColor = texture2D(s[2], v) + textureCube(t, vec3(v, i.x))"
		" + texture2D(s[0], v) + (f ? vec4(1) : vec4(0)); }");
	SEND(stream, glLinkProgram, .program = 3);
	SEND(stream, glUseProgram, .program = 3);
}

static void sweep(int version, uint64_t seed)
{
	_Alignas(8) uint8_t record[XG_RECORD_SIZE_MAX];
	struct random random = {seed};
	struct stream *stream = begin(version);
	uint32_t sent = 0;

	for (uint32_t i = 0; i < BULK_SIZE / 4; i++)
		((uint32_t *)stream->bulk.memory)[i] = random_next(&random) % 64;
	use_program(stream, version);
	for (uint32_t i = 0; i < SWEEP_RECORDS * 10 && sent < SWEEP_RECORDS; i++) {
		const uint32_t size = sweep_make(&random, record, BULK_SIZE);
		const struct xg_record *head = (const struct xg_record *)record;

		if (!size)
			continue;
		stream->replies += head->flags == XG_RECORD_REPLY;
		if (!stream_write(stream, record, size) ||
			(head->flags && !stream_wait(stream, NULL)))
			break;
		sent++;
	}
	if (!peer_is_alive(&stage.peer))
		fail_msg("the host died after %u records of seed %llu, at opcode %u", sent,
			(unsigned long long)seed, ((const struct xg_record *)record)->opcode);
	if (sent != SWEEP_RECORDS) {
		peer_count_log(&stage.peer, "stream");
		fail_msg("after %u records of seed %llu, opcode %u: %s", sent,
			(unsigned long long)seed, ((const struct xg_record *)record)->opcode,
			stage.peer.log);
	}
	end_in_peace(stream);
}

static void any_arguments_of_version_2(void **state)
{
	for (uint64_t seed = 0; seed < SWEEPS; seed++)
		sweep(2, 20261122 + seed);
}

static void any_arguments_of_version_3(void **state)
{
	for (uint64_t seed = 0; seed < SWEEPS; seed++)
		sweep(3, 815 + seed);
}

/* Streams of random commands of a kind, which the host survives. */
static void send_streams(bool (*send)(struct stream *stream, struct random *random, uint32_t count))
{
	for (uint64_t seed = 0; seed < RANDOM_STREAMS; seed++) {
		struct random random = {310 + seed};
		struct stream *stream = begin(3);
		const bool is_well = send(stream, &random, RANDOM_ROUNDS);

		if (!is_well || !peer_is_alive(&stage.peer))
			fail_msg("seed %llu: %s", (unsigned long long)seed, stage.peer.log);
		end_in_peace(stream);
	}
}

/* Stages that do not fit, and programs that change and go while a pipeline has them. */
static void pipelines_of_any_programs(void **state)
{
	send_streams(pipelines_send);
}

static void programs_that_fail_to_link_while_they_are_in_use(void **state)
{
	send_streams(pipelines_link_again);
}

static void numbers_and_bindings_that_lead_anywhere(void **state)
{
	send_streams(compute_send);
}

/* A spoilt record either still means something or ends its stream. */
static void spoilt_records_end_at_most_their_stream(void **state)
{
	_Alignas(8) uint8_t record[XG_RECORD_SIZE_MAX];
	struct random random = {4711};

	for (uint32_t i = 0; i < SPOILT_STREAMS; i++) {
		struct stream *stream = begin(2);

		for (int j = 0; j < 40; j++) {
			const uint32_t size = sweep_make(&random, record, BULK_SIZE);

			if (!size || size > 4096)
				continue;
			if (j % 4 == 3)
				sweep_spoil(&random, record, size);
			/* The position moves by what was meant, so that all after it is garbage. */
			if (!stream_write(stream, record, size))
				break;
		}
		atomic_store(&stream->page->ring.consumer_waits, 1);
		stream_notify(stream);
		stream_finish(stream);
	}
	all_others_go_on();
}

struct scribbler {
	struct stream *stream;
	_Atomic bool is_done;
};

/* Writes over all that is shared, while the host reads it. */
static void *scribble(void *data)
{
	struct scribbler *scribbler = data;
	volatile uint32_t *ring = (volatile uint32_t *)scribbler->stream->ring;
	volatile uint32_t *reply = (volatile uint32_t *)scribbler->stream->reply;
	volatile uint32_t *bulk = (volatile uint32_t *)scribbler->stream->bulk.memory;
	struct random random = {99};

	while (!atomic_load(&scribbler->is_done)) {
		const uint32_t at = random_next(&random);

		/* Arguments, but not the headers at the start of each 64 octets. */
		if (at % 16 >= 2)
			ring[at % (RING_SIZE / 4)] = random_next(&random) % 2048;
		for (uint32_t i = 0; i < 64; i++)
			reply[i] = 0xfffffff0 + i;
		bulk[at % 1024] = random_next(&random);
	}
	return NULL;
}

static void scribble_over(struct random *random)
{
	_Alignas(8) uint8_t record[XG_RECORD_SIZE_MAX];
	struct stream *stream = begin(2);
	struct scribbler scribbler = {.stream = stream};
	pthread_t thread;
	bool is_lost = false;

	use_program(stream, 2);
	pthread_create(&thread, NULL, scribble, &scribbler);
	for (uint32_t i = 0; i < SCRIBBLED_RECORDS && !is_lost; i++) {
		const uint32_t size = sweep_make(random, record, BULK_SIZE);

		is_lost = size && size <= 8192 && !stream_write(stream, record, size);
	}
	atomic_store(&scribbler.is_done, true);
	pthread_join(thread, NULL);
	stream_finish(stream);
}

static void memory_that_changes_under_the_reader(void **state)
{
	struct random random = {31};

	for (uint32_t i = 0; i < SCRIBBLED_STREAMS; i++)
		scribble_over(&random);
	all_others_go_on();
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(broken_record_ends_its_stream_alone),
		cmocka_unit_test(false_index_ends_its_stream_alone),
		cmocka_unit_test(huge_count_of_outputs_is_no_empty_one),
		cmocka_unit_test(any_value_has_room),
		cmocka_unit_test(long_binary_is_not_read),
		cmocka_unit_test(textures_end_at_the_quota),
		cmocka_unit_test(sums_that_wrap_are_not_taken_for_small),
		cmocka_unit_test(endless_wait_ends_with_its_process),
		cmocka_unit_test(any_arguments_of_version_2),
		cmocka_unit_test(any_arguments_of_version_3),
		cmocka_unit_test(pipelines_of_any_programs),
		cmocka_unit_test(programs_that_fail_to_link_while_they_are_in_use),
		cmocka_unit_test(numbers_and_bindings_that_lead_anywhere),
		cmocka_unit_test(spoilt_records_end_at_most_their_stream),
		cmocka_unit_test(memory_that_changes_under_the_reader),
	};

	if (argc > 2)
		cmocka_set_test_filter(argv[2]);
	program = argv[1];
	return cmocka_run_group_tests(tests, set_the_stage, clear_the_stage);
}

/* SPDX-License-Identifier: MIT */
/* See pipelines.h. The names are few, so that commands meet each other. */
#include "pipelines.h"

#include <string.h>

#include <GLES3/gl32.h>
#include <GLES2/gl2ext.h>

#include "xg_opcodes.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { PROGRAMS = 6, PIPELINES = 3, FIRST_PROGRAM = 10, FIRST_SHADER = 30, TEXT_MAX = 1024 };

static const struct {
	uint32_t type;
	const char *text;
} sources[] = {
	{GL_VERTEX_SHADER, "#version 300 es\n"
			   "in vec4 a; uniform vec4 u[4]; out mediump vec4 v; flat out int n;\n"
			   "uniform Block { vec4 moved; };\n"
			   "void main() { v = a; n = 3; gl_Position = moved + u[int(a.x)]; }"},
	{GL_VERTEX_SHADER, "attribute vec4 a; varying mediump vec2 v;"
			   "void main() { v = a.xy; gl_Position = a; }"},
	{GL_FRAGMENT_SHADER, "#version 300 es\n"
			     "precision mediump float; in vec4 v; flat in mediump int n;\n"
			     "uniform sampler2D s; uniform highp vec4 u[4]; out vec4 c;\n"
			     "void main() { c = v + u[n] + texture(s, v.xy); }"},
	{GL_FRAGMENT_SHADER, "precision mediump float; varying vec2 v; uniform samplerCube s;"
			     "void main() { gl_FragColor = v.xyxy + textureCube(s, v.xyx); }"},
	{GL_FRAGMENT_SHADER, "void main() { gl_FragColor = undefined; }"},
	{GL_COMPUTE_SHADER, "#version 310 es\n"
			    "layout(local_size_x = 4) in; uniform uint u;\n"
			    "layout(std430, binding = 0) buffer B { uint b[]; };\n"
			    "void main() { b[gl_LocalInvocationIndex] = u; }"},
	{GL_GEOMETRY_SHADER, "#version 320 es\n"
			     "layout(triangles) in; layout(points, max_vertices = 3) out;\n"
			     "in mediump vec4 v[]; out mediump vec4 w; uniform vec4 u[4];\n"
			     "void main() { w = v[1] + u[2]; gl_Position = gl_in[0].gl_Position;\n"
			     "  EmitVertex(); EndPrimitive(); }"},
	{GL_TESS_CONTROL_SHADER, "#version 320 es\n"
				 "layout(vertices = 3) out;\n"
				 "void main() { gl_TessLevelOuter[0] = 2.0; }"},
	{GL_TESS_EVALUATION_SHADER, "#version 320 es\n"
				    "layout(triangles) in; uniform vec4 u[4];\n"
				    "void main() { gl_Position = u[1] + gl_in[0].gl_Position; }"},
};

static uint32_t below(struct random *random, uint32_t limit)
{
	return random_next(random) % limit;
}

static uint32_t any_program(struct random *random)
{
	return below(random, 12) ? FIRST_PROGRAM + below(random, PROGRAMS) : below(random, 3);
}

static uint32_t any_pipeline(struct random *random)
{
	return below(random, PIPELINES + 1);
}

static uint32_t any_shader(struct random *random)
{
	return FIRST_SHADER + below(random, COUNT(sources));
}

static void create_program(struct stream *stream, struct random *random)
{
	const uint32_t i = below(random, COUNT(sources));
	const uint32_t length = (uint32_t)strlen(sources[i].text);
	uint8_t text[TEXT_MAX] = {0};
	struct xg_cmd_xgCreateShaderProgram c = {.type = sources[i].type,
		.program = any_program(random),
		.size = length,
		.source = {length, XG_PLACE_INLINE}};

	memcpy(text, sources[i].text, length);
	stream_send(
		stream, XG_OP_xgCreateShaderProgram, 0, &c, sizeof(c), text, xg_wire_pad(length));
}

/* And what can be drawn to. */
static bool create_shaders(struct stream *stream)
{
	for (uint32_t i = 0; i < COUNT(sources); i++) {
		const uint32_t length = (uint32_t)strlen(sources[i].text);
		uint8_t tail[8 + TEXT_MAX] = {0};
		struct xg_cmd_xgShaderSource c = {.shader = FIRST_SHADER + i,
			.count = 1,
			.lengths = {4, XG_PLACE_INLINE},
			.size = length,
			.data = {length, XG_PLACE_INLINE}};

		memcpy(tail, &length, sizeof(length));
		memcpy(tail + 8, sources[i].text, length);
		SEND(stream, glCreateShader, .type = sources[i].type, .name = FIRST_SHADER + i);
		stream_send(stream, XG_OP_xgShaderSource, 0, &c, sizeof(c), tail,
			8 + xg_wire_pad(length));
		SEND(stream, glCompileShader, .shader = FIRST_SHADER + i);
	}
	return stream_works(stream);
}

static void send_names(struct stream *stream, struct random *random, uint16_t opcode)
{
	const uint32_t names[2] = {1 + below(random, PIPELINES), any_pipeline(random)};
	struct xg_cmd_glGenProgramPipelinesEXT c = {.n = 2, .pipelines = {8, XG_PLACE_INLINE}};

	stream_send(stream, opcode, 0, &c, sizeof(c), names, sizeof(names));
}

static void send_uniform(struct stream *stream, struct random *random)
{
	const float values[8] = {1, 2, 3, 4, 5, 6, 7, 8};
	struct xg_cmd_glProgramUniform4fvEXT c = {.program = any_program(random),
		.location = (int32_t)below(random, 9) - 2,
		.count = 2,
		.value = {32, XG_PLACE_INLINE}};
	struct xg_cmd_glUniform4fv u = {
		.location = c.location, .count = 2, .value = {32, XG_PLACE_INLINE}};

	stream_send(stream, XG_OP_glProgramUniform4fvEXT, 0, &c, sizeof(c), values, sizeof(values));
	stream_send(stream, XG_OP_glUniform4fv, 0, &u, sizeof(u), values, sizeof(values));
}

/* Two, of a name of a letter each. */
static void send_varyings(struct stream *stream, uint32_t program, const char names[4])
{
	uint8_t padded[8] = {0};
	struct xg_cmd_xgTransformFeedbackVaryings c = {.program = program,
		.count = 2,
		.mode = GL_INTERLEAVED_ATTRIBS,
		.size = 4,
		.names = {4, XG_PLACE_INLINE}};

	memcpy(padded, names, 4);
	stream_send(stream, XG_OP_xgTransformFeedbackVaryings, 0, &c, sizeof(c), padded, 8);
}

static bool ask(struct stream *stream, struct random *random)
{
	static const uint32_t pnames[] = {GL_ACTIVE_PROGRAM_EXT, GL_VERTEX_SHADER,
		GL_FRAGMENT_SHADER, GL_GEOMETRY_SHADER, GL_COMPUTE_SHADER, GL_VALIDATE_STATUS,
		GL_INFO_LOG_LENGTH, GL_TESS_CONTROL_SHADER};
	const struct xg_data room = {64, XG_PLACE_INLINE}, one = {4, XG_PLACE_INLINE};

	return ASK(stream, glGetProgramPipelineivEXT, NULL, .pipeline = any_pipeline(random),
		       .pname = pnames[below(random, COUNT(pnames))], .params = one) &&
	       ASK(stream, glGetProgramPipelineInfoLogEXT, NULL, .pipeline = any_pipeline(random),
		       .bufSize = 64, .length = one, .infoLog = room) &&
	       ASK(stream, xgReflect, NULL, .program = any_program(random), .capacity = 64,
		       .blob = room);
}

static void send_state(struct stream *stream, struct random *random)
{
	switch (below(random, 6)) {
	case 0:
		/* The driver then looks at the blocks of what is in use. */
		SEND(stream, glBindBufferBase, .target = GL_UNIFORM_BUFFER);
		break;
	case 1:
		SEND(stream, glBeginTransformFeedback, .primitiveMode = GL_TRIANGLES);
		break;
	case 2:
		SEND(stream, glPauseTransformFeedback, .record = {0});
		break;
	case 3:
		SEND(stream, glResumeTransformFeedback, .record = {0});
		break;
	case 4:
		SEND(stream, glEndTransformFeedback, .record = {0});
		break;
	default:
		SEND(stream, glUseProgram, .program = below(random, 3) ? 0 : any_program(random));
		break;
	}
}

static void send_program(struct stream *stream, struct random *random)
{
	switch (below(random, 8)) {
	case 0:
		SEND(stream, glDeleteProgram, .program = any_program(random));
		break;
	case 1:
		SEND(stream, glProgramParameteri, .program = any_program(random),
			.pname = GL_PROGRAM_SEPARABLE, .value = (int32_t)below(random, 3));
		break;
	case 2:
		SEND(stream, glAttachShader, .program = any_program(random),
			.shader = any_shader(random));
		break;
	case 3:
		SEND(stream, glDetachShader, .program = any_program(random),
			.shader = any_shader(random));
		break;
	case 4:
		send_varyings(stream, any_program(random), "v\0n");
		break;
	case 5:
		SEND(stream, glProgramBinaryOES, .program = any_program(random),
			.binaryFormat = GL_PROGRAM_BINARY_FORMAT_MESA);
		break;
	default:
		SEND(stream, glLinkProgram, .program = any_program(random));
		break;
	}
}

static void send_pipeline(struct stream *stream, struct random *random)
{
	static const uint32_t stages[] = {GL_VERTEX_SHADER_BIT, GL_FRAGMENT_SHADER_BIT,
		GL_VERTEX_SHADER_BIT | GL_FRAGMENT_SHADER_BIT, GL_ALL_SHADER_BITS,
		GL_GEOMETRY_SHADER_BIT, GL_TESS_CONTROL_SHADER_BIT, GL_TESS_EVALUATION_SHADER_BIT,
		GL_COMPUTE_SHADER_BIT, 0x40, 0};

	switch (below(random, 8)) {
	case 0:
		send_names(stream, random, XG_OP_glDeleteProgramPipelinesEXT);
		break;
	case 1:
		send_names(stream, random, XG_OP_glGenProgramPipelinesEXT);
		break;
	case 2:
		SEND(stream, glActiveShaderProgramEXT, .pipeline = any_pipeline(random),
			.program = any_program(random));
		break;
	case 3:
		SEND(stream, glBindProgramPipelineEXT, .pipeline = any_pipeline(random));
		break;
	case 4:
		SEND(stream, glValidateProgramPipelineEXT, .pipeline = any_pipeline(random));
		break;
	default:
		SEND(stream, glUseProgramStagesEXT, .pipeline = any_pipeline(random),
			.stages = stages[below(random, COUNT(stages))],
			.program = any_program(random));
		break;
	}
}

bool pipelines_send(struct stream *stream, struct random *random, uint32_t count)
{
	if (!create_shaders(stream))
		return false;
	for (uint32_t i = 0; i < count; i++) {
		create_program(stream, random);
		for (uint32_t j = 0; j < 4; j++)
			send_pipeline(stream, random);
		send_program(stream, random);
		send_state(stream, random);
		send_uniform(stream, random);
		SEND(stream, glDrawArrays, .mode = i % 7 ? GL_TRIANGLES : GL_PATCHES, .count = 3);
		if (!ask(stream, random))
			return false;
	}
	return true;
}

/* Each takes the driver long. */
bool pipelines_link_again(struct stream *stream, struct random *random, uint32_t count)
{
	const uint32_t program = FIRST_PROGRAM, pipeline = 1;

	if (!create_shaders(stream))
		return false;
	SEND(stream, glCreateProgram, .name = program);
	SEND(stream, glAttachShader, .program = program, .shader = FIRST_SHADER);
	SEND(stream, glAttachShader, .program = program, .shader = FIRST_SHADER + 2);
	SEND(stream, glProgramParameteri, .program = program, .pname = GL_PROGRAM_SEPARABLE,
		.value = true);
	for (uint32_t i = 0; i < count / 20; i++) {
		const bool is_stage = below(random, 2);

		send_varyings(stream, program, "v\0n");
		SEND(stream, glLinkProgram, .program = program);
		SEND(stream, glUseProgram, .program = is_stage ? 0 : program);
		SEND(stream, glBindProgramPipelineEXT, .pipeline = pipeline);
		SEND(stream, glUseProgramStagesEXT, .pipeline = pipeline,
			.stages = GL_VERTEX_SHADER_BIT | GL_FRAGMENT_SHADER_BIT,
			.program = program);
		for (uint32_t j = below(random, 3); j; j--)
			SEND(stream, glLinkProgram, .program = program);
		send_varyings(stream, program, "v\0?");
		SEND(stream, glLinkProgram, .program = program);
		SEND(stream, glBindBufferBase, .target = GL_UNIFORM_BUFFER);
		SEND(stream, glDrawArrays, .mode = GL_TRIANGLES, .count = 3);
	}
	return ask(stream, random);
}

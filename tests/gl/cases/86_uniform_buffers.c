/* SPDX-License-Identifier: MIT */
/* Uniform buffers: blocks, indexed bindings, parts of buffers, and what is asked of them. */
#include "../case.h"

static const char vertex[] =
	"#version 300 es\n"
	"in vec4 position;\n"
	"layout(std140) uniform Place { vec4 offset; mat2 turn; float size[3]; };\n"
	"void main() { gl_Position = vec4(turn * position.xy * size[1], 0, 1) + offset; }";
static const char fragment[] =
	"#version 300 es\n"
	"precision highp float;\n"
	"layout(std140) uniform Paint { vec4 color; int mode; uvec2 extra; } paint;\n"
	"uniform vec4 tint;\n"
	"out vec4 result;\n"
	"void main() { result = paint.color * tint + vec4(paint.mode, paint.extra, 0) / 255.0; }";

static void ask_block(GLuint program, GLuint block)
{
	static const GLenum pnames[] = {GL_UNIFORM_BLOCK_BINDING, GL_UNIFORM_BLOCK_DATA_SIZE,
		GL_UNIFORM_BLOCK_NAME_LENGTH, GL_UNIFORM_BLOCK_ACTIVE_UNIFORMS,
		GL_UNIFORM_BLOCK_ACTIVE_UNIFORM_INDICES,
		GL_UNIFORM_BLOCK_REFERENCED_BY_VERTEX_SHADER,
		GL_UNIFORM_BLOCK_REFERENCED_BY_FRAGMENT_SHADER, GL_BUFFER_SIZE};
	GLint values[8];
	GLsizei length = -7;
	char name[32];

	for (size_t i = 0; i < COUNT(pnames); i++) {
		untouched(values, sizeof(values));
		DO(glGetActiveUniformBlockiv(program, block, pnames[i], values));
		say_ints("  values", values, 8);
	}
	for (GLsizei room = 0; room < 10; room += 3) {
		untouched(name, sizeof(name));
		DO(glGetActiveUniformBlockName(program, block, room, &length, name));
		say("  length %d", length);
		say_bytes("  name", name, sizeof(name));
	}
	DO(glGetActiveUniformBlockName(program, block, 32, NULL, name));
	DO(glGetActiveUniformBlockName(program, block, -1, &length, name));
}

static void ask_uniforms(GLuint program)
{
	static const char *const names[] = {"offset", "turn", "size", "size[0]", "size[1]",
		"Paint.color", "Paint.extra", "tint", "nothing", ""};
	static const GLenum pnames[] = {GL_UNIFORM_TYPE, GL_UNIFORM_SIZE, GL_UNIFORM_NAME_LENGTH,
		GL_UNIFORM_BLOCK_INDEX, GL_UNIFORM_OFFSET, GL_UNIFORM_ARRAY_STRIDE,
		GL_UNIFORM_MATRIX_STRIDE, GL_UNIFORM_IS_ROW_MAJOR, GL_BUFFER_SIZE};
	GLuint indices[10], all[16];
	GLint values[16], count = 0;

	untouched(indices, sizeof(indices));
	DO(glGetUniformIndices(program, 10, names, indices));
	say_ints("indices", (GLint *)indices, 10);
	untouched(indices, sizeof(indices));
	DO(glGetUniformIndices(program, 0, names, indices));
	DO(glGetUniformIndices(program, -1, names, indices));
	DO(glGetUniformIndices(999, 1, names, indices));
	say_ints("indices", (GLint *)indices, 2);
	glGetProgramiv(program, GL_ACTIVE_UNIFORMS, &count);
	for (GLuint i = 0; i < 16; i++)
		all[i] = i;
	for (size_t i = 0; i < COUNT(pnames); i++) {
		untouched(values, sizeof(values));
		DO(glGetActiveUniformsiv(program, count, all, pnames[i], values));
		say_ints("  values", values, 16);
	}
	untouched(values, sizeof(values));
	DO(glGetActiveUniformsiv(program, 16, all, GL_UNIFORM_TYPE, values));
	DO(glGetActiveUniformsiv(program, -1, all, GL_UNIFORM_TYPE, values));
	say_ints("refused", values, 16);
	ASK(glGetUniformLocation(program, "offset"));
	ASK(glGetUniformLocation(program, "tint"));
}

static void say_points(GLuint count)
{
	for (GLuint i = 0; i < count; i++) {
		GLint name = -1;
		GLint64 longs[3] = {-1, -1, -1};

		glGetIntegeri_v(GL_UNIFORM_BUFFER_BINDING, i, &name);
		glGetInteger64i_v(GL_UNIFORM_BUFFER_START, i, &longs[0]);
		glGetInteger64i_v(GL_UNIFORM_BUFFER_SIZE, i, &longs[1]);
		glGetInteger64i_v(GL_UNIFORM_BUFFER_BINDING, i, &longs[2]);
		say("point %u: %d from %lld, %lld (%lld)", i, name, (long long)longs[0],
			(long long)longs[1], (long long)longs[2]);
	}
	say_error("points");
}

XG_CASE_ES3(uniform_buffers)
{
	GLuint buffers[3];
	GLfloat data[128] = {0.25f, -0.25f, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0.5f};
	const GLfloat paint[] = {1, 0.5f, 0.25f, 1};
	const GLint numbers[] = {7, 0, 9, 20};
	GLint value, alignment, most;

	GLuint program = make_program(vertex, fragment);
	glUseProgram(program);
	glGetProgramiv(program, GL_ACTIVE_UNIFORM_BLOCKS, &value);
	say("blocks %d", value);
	glGetProgramiv(program, GL_ACTIVE_UNIFORM_BLOCK_MAX_NAME_LENGTH, &value);
	say("longest %d", value);
	GLuint place = glGetUniformBlockIndex(program, "Place");
	ASK(glGetUniformBlockIndex(program, "Place"));
	ASK(glGetUniformBlockIndex(program, "Paint"));
	ASK(glGetUniformBlockIndex(program, "paint"));
	ASK(glGetUniformBlockIndex(999, "Paint"));
	for (GLuint i = 0; i < 3; i++)
		ask_block(program, i);
	ask_uniforms(program);
	DO(glUniformBlockBinding(program, place, 3));
	DO(glUniformBlockBinding(program, !place, 1));
	DO(glUniformBlockBinding(program, 2, 1));
	DO(glUniformBlockBinding(program, place, 1000));
	glGenBuffers(3, buffers);
	DO(glBindBufferBase(GL_UNIFORM_BUFFER, 3, buffers[0]));
	glGetIntegerv(GL_UNIFORM_BUFFER_BINDING, &value);
	say("bound %d", value);
	DO(glBufferData(GL_UNIFORM_BUFFER, sizeof(data), data, GL_DYNAMIC_DRAW));
	glGetIntegerv(GL_UNIFORM_BUFFER_OFFSET_ALIGNMENT, &alignment);
	glGetIntegerv(GL_MAX_UNIFORM_BUFFER_BINDINGS, &most);
	DO(glBindBuffer(GL_UNIFORM_BUFFER, buffers[1]));
	DO(glBufferData(GL_UNIFORM_BUFFER, 1024, NULL, GL_DYNAMIC_DRAW));
	DO(glBufferSubData(GL_UNIFORM_BUFFER, 512, sizeof(paint), paint));
	DO(glBufferSubData(GL_UNIFORM_BUFFER, 512 + sizeof(paint), sizeof(numbers), numbers));
	DO(glBindBufferRange(GL_UNIFORM_BUFFER, 1, buffers[1], 512, 128));
	DO(glUniform4f(glGetUniformLocation(program, "tint"), 1, 1, 0.5f, 1));
	say_points(5);
	draw_quad();
	say_picture("two blocks");
	data[0] = -0.5f;
	glBindBuffer(GL_UNIFORM_BUFFER, buffers[0]);
	DO(glBufferSubData(GL_UNIFORM_BUFFER, 0, 16, data));
	glClear(GL_COLOR_BUFFER_BIT);
	draw_quad();
	say_picture("moved");
	GLfloat *map = glMapBufferRange(
		GL_UNIFORM_BUFFER, 0, 16, GL_MAP_WRITE_BIT | GL_MAP_INVALIDATE_RANGE_BIT);
	map[0] = 0, map[1] = 0.5f, map[2] = 0, map[3] = 0;
	ASK(glUnmapBuffer(GL_UNIFORM_BUFFER));
	glClear(GL_COLOR_BUFFER_BIT);
	draw_quad();
	say_picture("mapped");
	DO(glBindBufferRange(GL_UNIFORM_BUFFER, 0, buffers[2], 0, 0));
	DO(glBindBufferRange(GL_UNIFORM_BUFFER, 0, buffers[2], -alignment, 64));
	DO(glBindBufferRange(GL_UNIFORM_BUFFER, 0, buffers[2], 1, 64));
	DO(glBindBufferRange(GL_UNIFORM_BUFFER, 0, 0, 1, -64));
	DO(glBindBufferBase(GL_UNIFORM_BUFFER, (GLuint)most, buffers[2]));
	DO(glBindBufferBase(GL_ARRAY_BUFFER, 0, buffers[2]));
	glGetIntegerv(GL_UNIFORM_BUFFER_BINDING, &value);
	say("bound %d", value);
	/* A name that was never generated, and one in the last point. */
	DO(glBindBufferBase(GL_UNIFORM_BUFFER, (GLuint)most - 1, 55));
	ASK(glIsBuffer(55));
	glGetIntegeri_v(GL_UNIFORM_BUFFER_BINDING, (GLuint)most - 1, &value);
	say("last %d", value);
	DO(glGetIntegeri_v(GL_UNIFORM_BUFFER_BINDING, (GLuint)most, &value));
	DO(glGetIntegeri_v(GL_TEXTURE_2D, 0, &value));
	DO(glDeleteBuffers(1, &buffers[1]));
	say_points(5);
}

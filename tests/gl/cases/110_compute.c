/* SPDX-License-Identifier: MIT */
/* Compute shaders: what a dispatch writes to buffers, counts, and takes its own numbers from. */
#include "../case.h"

static const char source[] =
	"#version 310 es\n"
	"layout(local_size_x = 4, local_size_y = 2) in;\n"
	"layout(std430, binding = 1) buffer Output { uint count; uint values[]; } result;\n"
	"layout(std430, binding = 2) readonly buffer Input { uint values[]; } given;\n"
	"layout(binding = 0, offset = 4) uniform atomic_uint counter;\n"
	"layout(location = 3) uniform uint factor;\n"
	"shared uint sum;\n"
	"void main() {\n"
	"  uint at = gl_GlobalInvocationID.y * 16u + gl_GlobalInvocationID.x;\n"
	"  if (gl_LocalInvocationIndex == 0u) sum = 0u;\n"
	"  barrier();\n"
	"  atomicAdd(sum, given.values[at % uint(given.values.length())]);\n"
	"  barrier();\n"
	"  result.values[at] = sum * factor + gl_LocalInvocationIndex;\n"
	"  atomicAdd(result.count, 1u);\n"
	"  atomicCounterIncrement(counter);\n"
	"}\n";

static GLuint make_compute(void)
{
	GLuint program = glCreateProgram();

	glAttachShader(program, make_shader(GL_COMPUTE_SHADER, source));
	DO(glLinkProgram(program));
	return program;
}

static void make_buffers(GLuint buffers[4])
{
	GLuint words[64];

	glGenBuffers(4, buffers);
	fill(words, sizeof(words), 7);
	DO(glBindBufferBase(GL_SHADER_STORAGE_BUFFER, 1, buffers[0]));
	DO(glBufferData(GL_SHADER_STORAGE_BUFFER, 4 * 65, NULL, GL_DYNAMIC_COPY));
	glBindBuffer(GL_SHADER_STORAGE_BUFFER, buffers[1]);
	DO(glBufferData(GL_SHADER_STORAGE_BUFFER, sizeof(words), words, GL_STATIC_DRAW));
	DO(glBindBufferRange(GL_SHADER_STORAGE_BUFFER, 2, buffers[1], 64, 96));
	DO(glBindBufferRange(GL_SHADER_STORAGE_BUFFER, 2, buffers[1], 3, 96));
	DO(glBindBufferBase(GL_ATOMIC_COUNTER_BUFFER, 0, buffers[2]));
	DO(glBufferData(
		GL_ATOMIC_COUNTER_BUFFER, 16, (const GLuint[]){1, 2, 3, 4}, GL_DYNAMIC_COPY));
	DO(glBindBuffer(GL_DISPATCH_INDIRECT_BUFFER, buffers[3]));
	DO(glBufferData(
		GL_DISPATCH_INDIRECT_BUFFER, 16, (const GLuint[]){9, 1, 2, 1}, GL_STATIC_DRAW));
}

static void clear(void)
{
	GLuint *map = glMapBufferRange(
		GL_SHADER_STORAGE_BUFFER, 0, 260, GL_MAP_WRITE_BIT | GL_MAP_INVALIDATE_BUFFER_BIT);

	memset(map, 0, 260);
	ASK(glUnmapBuffer(GL_SHADER_STORAGE_BUFFER));
}

static void refuse(void)
{
	DO(glDispatchCompute(65536, 1, 1));
	DO(glDispatchCompute(1, 0, 1));
	DO(glDispatchComputeIndirect(-4));
	DO(glDispatchComputeIndirect(2));
	DO(glDispatchComputeIndirect(8));
	glMapBufferRange(GL_DISPATCH_INDIRECT_BUFFER, 0, 16, GL_MAP_WRITE_BIT);
	DO(glDispatchComputeIndirect(4));
	DO(glDispatchComputeIndirect(2));
	ASK(glUnmapBuffer(GL_DISPATCH_INDIRECT_BUFFER));
	DO(glBindBuffer(GL_DISPATCH_INDIRECT_BUFFER, 0));
	DO(glDispatchComputeIndirect(0));
	DO(glMemoryBarrierByRegion(GL_COMMAND_BARRIER_BIT));
	DO(glMemoryBarrier(0x80000000));
}

XG_CASE_ES31(compute)
{
	GLuint buffers[4], program;
	GLint size[4] = {-1, -1, -1, -1};

	DO(glDispatchCompute(1, 1, 1));
	program = make_compute();
	DO(glGetProgramiv(program, GL_COMPUTE_WORK_GROUP_SIZE, size));
	say_ints("group", size, 4);
	DO(glUseProgram(program));
	DO(glUniform1ui(3, 5));
	make_buffers(buffers);
	glBindBuffer(GL_SHADER_STORAGE_BUFFER, buffers[0]);
	clear();
	DO(glDispatchCompute(4, 2, 1));
	DO(glMemoryBarrier(GL_SHADER_STORAGE_BARRIER_BIT | GL_BUFFER_UPDATE_BARRIER_BIT));
	say_buffer("written", GL_SHADER_STORAGE_BUFFER, 260);
	say_buffer("counted", GL_ATOMIC_COUNTER_BUFFER, 16);
	clear();
	DO(glDispatchComputeIndirect(4));
	DO(glMemoryBarrier(GL_ALL_BARRIER_BITS));
	say_buffer("written", GL_SHADER_STORAGE_BUFFER, 260);
	say_buffer("counted", GL_ATOMIC_COUNTER_BUFFER, 16);
	refuse();
	DO(glDeleteBuffers(1, &buffers[0]));
	DO(glDispatchCompute(1, 1, 1));
	say_buffer("counted", GL_ATOMIC_COUNTER_BUFFER, 16);
	DO(glDrawArrays(GL_POINTS, 0, 1));
}

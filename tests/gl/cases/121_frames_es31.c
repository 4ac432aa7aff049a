/* SPDX-License-Identifier: MIT */
/*
 * Frames as a program of GLES 3.1 draws them: particles that a compute shader moves, and whose
 * number it counts for a draw. steady_test.py counts what is waited for in it.
 */
#include "../case.h"

enum { FRAMES = 64, PARTICLES = 64 };

static GLuint programs[2], buffers[4], arrays[2], texture;

static void make_programs(void)
{
	programs[0] = glCreateProgram();
	glAttachShader(programs[0],
		make_shader(GL_COMPUTE_SHADER,
			"#version 310 es\n"
			"layout(local_size_x = 16) in;\n"
			"layout(std430, binding = 1) buffer Particles { vec4 all[]; };\n"
			"layout(std430, binding = 2) buffer Numbers { uint count, rest[3]; };\n"
			"layout(binding = 0) uniform atomic_uint seen;\n"
			"layout(rgba8, binding = 0) writeonly uniform highp image2D trace;\n"
			"layout(location = 0) uniform float time;\n"
			"void main() { uint i = gl_GlobalInvocationID.x;\n"
			"  all[i] = vec4(fract(float(i) * 0.37 + time) * 2.0 - 1.0,\n"
			"    fract(float(i) * 0.61) * 2.0 - 1.0, 0, 1);\n"
			"  if (all[i].x < 0.5) { atomicAdd(count, 1u); "
			"atomicCounterIncrement(seen); }\n"
			"  imageStore(trace, ivec2(i % 8u, i / 8u), all[i] * 0.5 + 0.5); }"));
	glLinkProgram(programs[0]);
	programs[1] = make_program("#version 310 es\n"
				   "layout(location = 0) in vec2 corner;\n"
				   "layout(location = 1) in vec4 place;\n"
				   "void main() { gl_Position = place + vec4(corner, 0, 0); }",
		"#version 310 es\n"
		"precision highp float; uniform sampler2D trace; out vec4 color;\n"
		"void main() { color = texture(trace, gl_FragCoord.xy / 32.0); }");
}

static void prepare(void)
{
	static const GLfloat corners[] = {-0.1f, -0.1f, 0.1f, -0.1f, 0, 0.1f};

	make_programs();
	glGenBuffers(4, buffers);
	glBindBuffer(GL_SHADER_STORAGE_BUFFER, buffers[0]);
	glBufferData(GL_SHADER_STORAGE_BUFFER, 16 * PARTICLES, NULL, GL_DYNAMIC_COPY);
	glBindBuffer(GL_DRAW_INDIRECT_BUFFER, buffers[1]);
	glBufferData(GL_DRAW_INDIRECT_BUFFER, 32, NULL, GL_DYNAMIC_COPY);
	glBindBuffer(GL_ATOMIC_COUNTER_BUFFER, buffers[2]);
	glBufferData(GL_ATOMIC_COUNTER_BUFFER, 4, NULL, GL_DYNAMIC_COPY);
	glBindBuffer(GL_ARRAY_BUFFER, buffers[3]);
	glBufferData(GL_ARRAY_BUFFER, sizeof(corners), corners, GL_STATIC_DRAW);
	glGenVertexArrays(2, arrays);
	glGenTextures(1, &texture);
	glBindTexture(GL_TEXTURE_2D, texture);
	glTexStorage2D(GL_TEXTURE_2D, 1, GL_RGBA8, 8, 8);
	glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
	say_error("prepare");
}

static void compute(int frame)
{
	const GLuint zero = 0, numbers[] = {0, 1, 0, 0, 0};

	glBindBuffer(GL_DRAW_INDIRECT_BUFFER, buffers[1]);
	glBufferSubData(GL_DRAW_INDIRECT_BUFFER, 0, sizeof(numbers), numbers);
	glBindBuffer(GL_DISPATCH_INDIRECT_BUFFER, buffers[1]);
	GLuint *map = glMapBufferRange(GL_DISPATCH_INDIRECT_BUFFER, 20, 12,
		GL_MAP_WRITE_BIT | GL_MAP_INVALIDATE_RANGE_BIT | GL_MAP_UNSYNCHRONIZED_BIT);
	map[0] = PARTICLES / 32;
	map[1] = map[2] = 1;
	glUnmapBuffer(GL_DISPATCH_INDIRECT_BUFFER);
	glBindBuffer(GL_ATOMIC_COUNTER_BUFFER, buffers[2]);
	glBufferSubData(GL_ATOMIC_COUNTER_BUFFER, 0, 4, &zero);
	glUseProgram(programs[0]);
	glUniform1f(0, (GLfloat)frame / FRAMES);
	glBindBufferBase(GL_SHADER_STORAGE_BUFFER, 1, buffers[0]);
	/* The second number is how many instances there are. */
	glBindBufferRange(GL_SHADER_STORAGE_BUFFER, 2, buffers[1], 0, 20);
	glBindBufferBase(GL_ATOMIC_COUNTER_BUFFER, 0, buffers[2]);
	glBindImageTexture(0, texture, 0, GL_FALSE, 0, GL_WRITE_ONLY, GL_RGBA8);
	glDispatchCompute(PARTICLES / 16, 1, 1);
	glMemoryBarrier(GL_SHADER_STORAGE_BARRIER_BIT);
	glDispatchComputeIndirect(20);
	glMemoryBarrier(GL_COMMAND_BARRIER_BIT | GL_VERTEX_ATTRIB_ARRAY_BARRIER_BIT |
			GL_TEXTURE_FETCH_BARRIER_BIT);
}

static void draw(int frame)
{
	GLint before[4];

	glGetIntegerv(GL_DRAW_INDIRECT_BUFFER_BINDING, before);
	glGetIntegerv(GL_SHADER_STORAGE_BUFFER_BINDING, before);
	glGetIntegerv(GL_MAX_COMPUTE_WORK_GROUP_INVOCATIONS, before);
	glGetIntegeri_v(GL_VERTEX_BINDING_BUFFER, 4, before);
	glBindVertexArray(arrays[frame % 2]);
	glVertexAttribFormat(0, 2, GL_FLOAT, GL_FALSE, 0);
	glVertexAttribFormat(1, 4, GL_FLOAT, GL_FALSE, 0);
	glVertexAttribBinding(0, 4);
	glVertexAttribBinding(1, 5);
	glBindVertexBuffer(4, buffers[3], 0, 8);
	glBindVertexBuffer(5, buffers[0], 0, 16);
	glVertexBindingDivisor(5, 1);
	glEnableVertexAttribArray(0);
	glEnableVertexAttribArray(1);
	glUseProgram(programs[1]);
	glClear(GL_COLOR_BUFFER_BIT);
	glDrawArraysIndirect(GL_TRIANGLES, NULL);
	glFlush();
}

XG_CASE_ES31(frames_es31)
{
	prepare();
	for (int frame = 0; frame < FRAMES; frame++) {
		compute(frame);
		draw(frame);
	}
	say_error("frames");
	say_picture("the last frame");
	say_buffer("numbers", GL_DRAW_INDIRECT_BUFFER, 32);
	say_buffer("counted", GL_ATOMIC_COUNTER_BUFFER, 4);
}

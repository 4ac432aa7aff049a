/* SPDX-License-Identifier: MIT */
/* Framebuffers without attachments: their size is a parameter, and draws still have effects. */
#include "../case.h"

static void say_parameters(void)
{
	static const GLenum pnames[] = {GL_FRAMEBUFFER_DEFAULT_WIDTH, GL_FRAMEBUFFER_DEFAULT_HEIGHT,
		GL_FRAMEBUFFER_DEFAULT_SAMPLES, GL_FRAMEBUFFER_DEFAULT_FIXED_SAMPLE_LOCATIONS,
		GL_BLEND};

	for (size_t i = 0; i < COUNT(pnames); i++) {
		GLint value[2];

		untouched(value, sizeof(value));
		DO(glGetFramebufferParameteriv(GL_FRAMEBUFFER, pnames[i], value));
		say_ints(enum_name(pnames[i]), value, 2);
	}
}

XG_CASE_ES31(framebuffer_without)
{
	GLuint framebuffer, buffer, program;
	GLint limits[3] = {0};

	glGetIntegerv(GL_MAX_FRAMEBUFFER_WIDTH, &limits[0]);
	glGetIntegerv(GL_MAX_FRAMEBUFFER_HEIGHT, &limits[1]);
	glGetIntegerv(GL_MAX_FRAMEBUFFER_SAMPLES, &limits[2]);
	DO(glFramebufferParameteri(GL_FRAMEBUFFER, GL_FRAMEBUFFER_DEFAULT_WIDTH, 8));
	say_parameters();
	glGenFramebuffers(1, &framebuffer);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	say_parameters();
	ASK(glCheckFramebufferStatus(GL_FRAMEBUFFER));
	DO(glFramebufferParameteri(GL_FRAMEBUFFER, GL_FRAMEBUFFER_DEFAULT_WIDTH, 20));
	ASK(glCheckFramebufferStatus(GL_FRAMEBUFFER));
	DO(glFramebufferParameteri(GL_DRAW_FRAMEBUFFER, GL_FRAMEBUFFER_DEFAULT_HEIGHT, 10));
	ASK(glCheckFramebufferStatus(GL_FRAMEBUFFER));
	DO(glFramebufferParameteri(GL_FRAMEBUFFER, GL_FRAMEBUFFER_DEFAULT_SAMPLES, 0));
	DO(glFramebufferParameteri(
		GL_FRAMEBUFFER, GL_FRAMEBUFFER_DEFAULT_FIXED_SAMPLE_LOCATIONS, 7));
	say_parameters();
	DO(glFramebufferParameteri(GL_FRAMEBUFFER, GL_FRAMEBUFFER_DEFAULT_WIDTH, -1));
	DO(glFramebufferParameteri(GL_FRAMEBUFFER, GL_FRAMEBUFFER_DEFAULT_WIDTH, limits[0] + 1));
	DO(glFramebufferParameteri(GL_FRAMEBUFFER, GL_FRAMEBUFFER_DEFAULT_HEIGHT, limits[1] + 1));
	DO(glFramebufferParameteri(GL_FRAMEBUFFER, GL_FRAMEBUFFER_DEFAULT_SAMPLES, limits[2] + 1));
	DO(glFramebufferParameteri(GL_FRAMEBUFFER, GL_BLEND, 1));
	DO(glFramebufferParameteri(GL_BLEND, GL_FRAMEBUFFER_DEFAULT_WIDTH, 1));
	say_parameters();
	program = make_program("#version 310 es\n"
			       "layout(location = 0) in vec4 position;\n"
			       "void main() { gl_Position = position; }",
		"#version 310 es\n"
		"precision highp float;\n"
		"layout(std430, binding = 0) buffer Rows { uint rows[32]; };\n"
		"void main() { atomicAdd(rows[uint(gl_FragCoord.y)], 1u); }");
	glUseProgram(program);
	glGenBuffers(1, &buffer);
	glBindBufferBase(GL_SHADER_STORAGE_BUFFER, 0, buffer);
	glBufferData(GL_SHADER_STORAGE_BUFFER, 128, random_bytes(128, 1), GL_DYNAMIC_READ);
	glViewport(0, 0, 32, 32);
	draw_quad();
	DO(glMemoryBarrierByRegion(GL_SHADER_STORAGE_BARRIER_BIT | GL_ATOMIC_COUNTER_BARRIER_BIT));
	DO(glMemoryBarrier(GL_BUFFER_UPDATE_BARRIER_BIT));
	say_buffer("rows", GL_SHADER_STORAGE_BUFFER, 128);
	DO(glReadPixels(0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, limits));
}

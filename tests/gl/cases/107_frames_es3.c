/* SPDX-License-Identifier: MIT */
/*
 * Frames as a program of GLES 3.0 draws them, with everything in them that has no answer, and what
 * programs like to ask to put it back. steady_test.py counts what is waited for in it.
 */
#include "../case.h"

enum { FRAMES = 64 };

static GLuint buffers[8], arrays[2], samplers[2], textures[2], framebuffers[2], query, feedback;

static void prepare(void)
{
	static const char *const names[] = {"place"};
	static const GLfloat quad[] = {-0.2f, -0.2f, 0.2f, -0.2f, -0.2f, 0.2f, 0.2f, 0.2f};
	GLuint program = glCreateProgram();

	glAttachShader(
		program, make_shader(GL_VERTEX_SHADER,
				 "#version 300 es\n"
				 "layout(location = 0) in vec2 corner; layout(location = 1) in "
				 "ivec2 number;\n"
				 "layout(std140) uniform Frame { vec4 offset; }; out vec4 place; "
				 "out vec2 t;\n"
				 "void main() { t = corner * 2.5 + 0.5; place = vec4(corner, 0, 1) "
				 "+ offset;\n"
				 "  gl_Position = place + vec4(vec2(number) * 0.25, 0, 0); }"));
	glAttachShader(program,
		make_shader(GL_FRAGMENT_SHADER,
			"#version 300 es\n"
			"precision highp float; uniform sampler2D tex; in vec2 t; out vec4 color;\n"
			"void main() { color = texture(tex, t); }"));
	glTransformFeedbackVaryings(program, 1, names, GL_INTERLEAVED_ATTRIBS);
	glLinkProgram(program);
	glUseProgram(program);
	glUniformBlockBinding(program, glGetUniformBlockIndex(program, "Frame"), 2);
	glGenBuffers(8, buffers);
	glGenVertexArrays(2, arrays);
	glBindVertexArray(arrays[0]);
	glBindBuffer(GL_ARRAY_BUFFER, buffers[0]);
	glBufferData(GL_ARRAY_BUFFER, sizeof(quad), quad, GL_STATIC_DRAW);
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, NULL);
	glEnableVertexAttribArray(0);
	glBindBuffer(GL_ARRAY_BUFFER, buffers[1]);
	glBufferData(GL_ARRAY_BUFFER, 64, NULL, GL_STREAM_DRAW);
	glVertexAttribIPointer(1, 2, GL_INT, 0, NULL);
	glVertexAttribDivisor(1, 1);
	glEnableVertexAttribArray(1);
	glBindVertexArray(0);
	glBindBuffer(GL_UNIFORM_BUFFER, buffers[2]);
	glBufferData(GL_UNIFORM_BUFFER, 1024, NULL, GL_DYNAMIC_DRAW);
	glGenSamplers(2, samplers);
	glGenTextures(2, textures);
	for (int i = 0; i < 2; i++) {
		glBindTexture(GL_TEXTURE_2D, textures[i]);
		glTexStorage2D(GL_TEXTURE_2D, 1, GL_RGBA8, 16, 16);
		glSamplerParameteri(samplers[i], GL_TEXTURE_MIN_FILTER, GL_NEAREST);
	}
	glGenFramebuffers(2, framebuffers);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffers[0]);
	glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, textures[1], 0);
	glGenQueries(1, &query);
	glGenTransformFeedbacks(1, &feedback);
	glBindBuffer(GL_TRANSFORM_FEEDBACK_BUFFER, buffers[3]);
	glBufferData(GL_TRANSFORM_FEEDBACK_BUFFER, 256, NULL, GL_STREAM_COPY);
	glBindBuffer(GL_PIXEL_PACK_BUFFER, buffers[4]);
	glBufferData(GL_PIXEL_PACK_BUFFER, 4096, NULL, GL_STREAM_READ);
	glBindBuffer(GL_PIXEL_UNPACK_BUFFER, buffers[5]);
	glBufferData(GL_PIXEL_UNPACK_BUFFER, 1024, NULL, GL_STREAM_DRAW);
	glBindBuffer(GL_PIXEL_PACK_BUFFER, 0);
	glBindBuffer(GL_PIXEL_UNPACK_BUFFER, 0);
	glViewport(0, 0, XG_CASE_SIZE, XG_CASE_SIZE);
	say_error("prepare");
}

static void upload(int frame)
{
	GLint *numbers;
	uint8_t *texels;

	glBindBuffer(GL_UNIFORM_BUFFER, buffers[2]);
	glBufferSubData(GL_UNIFORM_BUFFER, 256 * (frame % 4), 16,
		(const GLfloat[]){(GLfloat)frame / FRAMES - 0.5f, 0, 0, 0});
	glBindBufferRange(GL_UNIFORM_BUFFER, 2, buffers[2], 256 * (frame % 4), 16);
	glBindBuffer(GL_ARRAY_BUFFER, buffers[1]);
	numbers = glMapBufferRange(GL_ARRAY_BUFFER, 0, 32,
		GL_MAP_WRITE_BIT | GL_MAP_INVALIDATE_RANGE_BIT | GL_MAP_UNSYNCHRONIZED_BIT);
	for (int i = 0; i < 8; i++)
		numbers[i] = (frame + i * 3) % 5 - 2;
	glUnmapBuffer(GL_ARRAY_BUFFER);
	glBindBuffer(GL_PIXEL_UNPACK_BUFFER, buffers[5]);
	texels = glMapBufferRange(GL_PIXEL_UNPACK_BUFFER, 0, 1024,
		GL_MAP_WRITE_BIT | GL_MAP_INVALIDATE_BUFFER_BIT | GL_MAP_FLUSH_EXPLICIT_BIT);
	fill(texels, 1024, (uint32_t)frame);
	glFlushMappedBufferRange(GL_PIXEL_UNPACK_BUFFER, 0, 1024);
	glUnmapBuffer(GL_PIXEL_UNPACK_BUFFER);
	glBindTexture(GL_TEXTURE_2D, textures[0]);
	glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 16, 16, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
	glBindBuffer(GL_PIXEL_UNPACK_BUFFER, 0);
}

static void draw(int frame)
{
	static const GLenum attachments[] = {GL_COLOR_ATTACHMENT0};
	GLint before[4];

	glGetIntegerv(GL_VERTEX_ARRAY_BINDING, before);
	glGetIntegerv(GL_DRAW_FRAMEBUFFER_BINDING, before);
	glGetIntegerv(GL_VIEWPORT, before);
	glGetIntegerv(GL_MAX_UNIFORM_BUFFER_BINDINGS, before);
	glGetIntegerv(GL_MAJOR_VERSION, before);
	glGetIntegerv(GL_PIXEL_UNPACK_BUFFER_BINDING, before);
	glBindVertexArray(arrays[0]);
	glBindSampler(0, samplers[frame % 2]);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffers[0]);
	glClearBufferfv(GL_COLOR, 0, (const GLfloat[]){0, 0, 0, 1});
	glBeginQuery(GL_ANY_SAMPLES_PASSED, query);
	glBindTransformFeedback(GL_TRANSFORM_FEEDBACK, feedback);
	glBindBufferBase(GL_TRANSFORM_FEEDBACK_BUFFER, 0, buffers[3]);
	glBeginTransformFeedback(GL_TRIANGLES);
	glDrawArrays(GL_TRIANGLES, 0, 3);
	glEndTransformFeedback();
	glEndQuery(GL_ANY_SAMPLES_PASSED);
	glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, 4);
	glBindFramebuffer(GL_DRAW_FRAMEBUFFER, 0);
	glBlitFramebuffer(
		0, 0, 16, 16, 0, 0, XG_CASE_SIZE, XG_CASE_SIZE, GL_COLOR_BUFFER_BIT, GL_NEAREST);
	glInvalidateFramebuffer(GL_READ_FRAMEBUFFER, 1, attachments);
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
	glGetFramebufferAttachmentParameteriv(
		GL_FRAMEBUFFER, GL_BACK, GL_FRAMEBUFFER_ATTACHMENT_RED_SIZE, before);
	eglQueryContext(egl.display, egl.context, EGL_CONTEXT_CLIENT_TYPE, before);
	glBindVertexArray(0);
}

static void end(void)
{
	glBindBuffer(GL_PIXEL_PACK_BUFFER, buffers[4]);
	glReadPixels(0, 0, XG_CASE_SIZE, XG_CASE_SIZE, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
	glBindBuffer(GL_PIXEL_PACK_BUFFER, 0);
	glBindBuffer(GL_COPY_READ_BUFFER, buffers[3]);
	glBindBuffer(GL_COPY_WRITE_BUFFER, buffers[6]);
	glBufferData(GL_COPY_WRITE_BUFFER, 64, NULL, GL_STREAM_COPY);
	glCopyBufferSubData(GL_COPY_READ_BUFFER, GL_COPY_WRITE_BUFFER, 0, 0, 48);
	GLsync fence = glFenceSync(GL_SYNC_GPU_COMMANDS_COMPLETE, 0);
	glWaitSync(fence, 0, GL_TIMEOUT_IGNORED);
	glDeleteSync(fence);
	glFlush();
}

XG_CASE_ES3(frames_es3)
{
	prepare();
	for (int frame = 0; frame < FRAMES; frame++) {
		upload(frame);
		draw(frame);
		end();
	}
	say_error("frames");
	glBindBuffer(GL_PIXEL_PACK_BUFFER, buffers[4]);
	say_buffer("the last frame", GL_PIXEL_PACK_BUFFER, 4096);
	say_buffer("what the last feedback was", GL_COPY_WRITE_BUFFER, 48);
}

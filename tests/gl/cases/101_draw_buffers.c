/* SPDX-License-Identifier: MIT */
/* Clears of single buffers, several draw buffers, read buffers, blits and multisample
 * renderbuffers. */
#include "../case.h"

static GLuint make_target(GLenum internal, GLenum attachment, GLsizei samples)
{
	GLuint renderbuffer;

	glGenRenderbuffers(1, &renderbuffer);
	glBindRenderbuffer(GL_RENDERBUFFER, renderbuffer);
	DO(glRenderbufferStorageMultisample(GL_RENDERBUFFER, samples, internal, 32, 32));
	glFramebufferRenderbuffer(GL_FRAMEBUFFER, attachment, GL_RENDERBUFFER, renderbuffer);
	return renderbuffer;
}

static void say_ints_read(const char *what, GLenum format, GLenum type)
{
	GLuint values[4 * 4];

	untouched(values, sizeof(values));
	DO(glReadPixels(0, 0, 2, 2, format, type, values));
	say_ints(what, (GLint *)values, 16);
}

XG_CASE_ES3(draw_buffers)
{
	static const GLfloat red[] = {1, 0, 0, 1}, blue[] = {0, 0, 1, 0.5f}, depth[] = {0.25f};
	static const GLint numbers[] = {-5, 70000, 3, 4}, stencil[] = {0x5a};
	static const GLuint naturals[] = {5, 70000, 0xfffffff0, 4};
	static const GLenum bufs[] = {
		GL_COLOR_ATTACHMENT0, GL_COLOR_ATTACHMENT1, GL_NONE, GL_COLOR_ATTACHMENT3};
	static const GLenum wrong[] = {GL_COLOR_ATTACHMENT1, GL_COLOR_ATTACHMENT0};
	static const GLenum back[] = {GL_BACK}, nothing[] = {GL_NONE};
	static const GLenum gone[] = {GL_COLOR_ATTACHMENT0, GL_DEPTH_ATTACHMENT},
			    gone_wrong[] = {GL_COLOR};
	GLuint framebuffers[3];
	GLint value;

	DO(glClearBufferfv(GL_COLOR, 0, red));
	say_picture("default");
	DO(glDrawBuffers(1, bufs));
	DO(glDrawBuffers(1, nothing));
	DO(glDrawBuffers(1, back));
	DO(glReadBuffer(GL_COLOR_ATTACHMENT0));
	DO(glReadBuffer(GL_NONE));
	DO(glReadBuffer(GL_BACK));
	glGenFramebuffers(3, framebuffers);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffers[0]);
	make_target(GL_RGBA8, GL_COLOR_ATTACHMENT0, 0);
	make_target(GL_RGBA32I, GL_COLOR_ATTACHMENT1, 0);
	make_target(GL_RGBA32UI, GL_COLOR_ATTACHMENT3, 0);
	make_target(GL_DEPTH24_STENCIL8, GL_DEPTH_STENCIL_ATTACHMENT, 0);
	DO(glDrawBuffers(4, bufs));
	DO(glDrawBuffers(2, wrong));
	DO(glDrawBuffers(-1, bufs));
	say("%s", enum_name(glCheckFramebufferStatus(GL_FRAMEBUFFER)));
	DO(glClearBufferfv(GL_COLOR, 0, blue));
	DO(glClearBufferiv(GL_COLOR, 1, numbers));
	DO(glClearBufferuiv(GL_COLOR, 3, naturals));
	DO(glClearBufferfv(GL_DEPTH, 0, depth));
	DO(glClearBufferiv(GL_STENCIL, 0, stencil));
	DO(glClearBufferfi(GL_DEPTH_STENCIL, 0, 0.75f, 0x33));
	DO(glClearBufferfi(GL_DEPTH, 0, 0.75f, 0x33));
	DO(glClearBufferfi(GL_DEPTH_STENCIL, 1, 0.75f, 0x33));
	DO(glClearBufferfv(GL_COLOR, 99, blue));
	DO(glClearBufferfv(GL_COLOR, -1, blue));
	DO(glClearBufferiv(GL_DEPTH, 0, stencil));
	DO(glClearBufferuiv(GL_STENCIL, 0, naturals));
	DO(glClearBufferfv(GL_STENCIL, 0, depth));
	DO(glClearBufferfv(0x1234, 0, depth));
	say_picture("colour");
	DO(glReadBuffer(GL_COLOR_ATTACHMENT1));
	glGetIntegerv(GL_READ_BUFFER, &value);
	say("read buffer 0x%x", value);
	say_ints_read("integers", GL_RGBA_INTEGER, GL_INT);
	DO(glReadBuffer(GL_COLOR_ATTACHMENT3));
	say_ints_read("naturals", GL_RGBA_INTEGER, GL_UNSIGNED_INT);
	DO(glReadBuffer(GL_COLOR_ATTACHMENT0));
	DO(glReadBuffer(GL_BACK));
	glGetIntegerv(GL_DRAW_BUFFER1, &value);
	say("draw buffer 0x%x", value);

	/* From many samples to one. */
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffers[1]);
	GLuint many = make_target(GL_RGBA8, GL_COLOR_ATTACHMENT0, 4);
	glGetRenderbufferParameteriv(GL_RENDERBUFFER, GL_RENDERBUFFER_SAMPLES, &value);
	say("samples %d", value);
	say("%s", enum_name(glCheckFramebufferStatus(GL_FRAMEBUFFER)));
	use_flat(0, 1, 0, 1);
	DO(glClearBufferfv(GL_COLOR, 0, red));
	draw_rectangle(-0.77f, -0.53f, 0.31f, 0.7f, 0);
	DO(glReadPixels(0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, &value));
	glBindFramebuffer(GL_DRAW_FRAMEBUFFER, framebuffers[0]);
	DO(glBlitFramebuffer(0, 0, 32, 32, 0, 0, 32, 32, GL_COLOR_BUFFER_BIT, GL_NEAREST));
	DO(glDrawBuffers(1, bufs));
	DO(glBlitFramebuffer(0, 0, 32, 32, 0, 0, 32, 32, GL_COLOR_BUFFER_BIT, GL_NEAREST));
	DO(glBlitFramebuffer(0, 0, 32, 32, 0, 0, 16, 32, GL_COLOR_BUFFER_BIT, GL_NEAREST));
	DO(glInvalidateFramebuffer(GL_READ_FRAMEBUFFER, 1, gone));
	glBindFramebuffer(GL_READ_FRAMEBUFFER, framebuffers[0]);
	say_picture("resolved");
	glBindFramebuffer(GL_DRAW_FRAMEBUFFER, 0);
	DO(glBlitFramebuffer(2, 3, 30, 25, 28, 31, 1, 0, GL_COLOR_BUFFER_BIT, GL_LINEAR));
	DO(glBlitFramebuffer(0, 0, 32, 32, 0, 0, 32, 32, GL_DEPTH_BUFFER_BIT, GL_LINEAR));
	DO(glBlitFramebuffer(0, 0, 32, 32, 0, 0, 32, 32,
		GL_DEPTH_BUFFER_BIT | GL_STENCIL_BUFFER_BIT, GL_NEAREST));
	DO(glBlitFramebuffer(0, 0, 32, 32, 0, 0, 32, 32, 0x1234, GL_NEAREST));
	DO(glBlitFramebuffer(0, 0, 32, 32, 0, 0, 32, 32, GL_COLOR_BUFFER_BIT, GL_FLOAT));
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
	say_picture("turned");
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffers[0]);
	DO(glInvalidateSubFramebuffer(GL_FRAMEBUFFER, 2, gone, 1, 1, 4, 4));
	DO(glInvalidateSubFramebuffer(GL_FRAMEBUFFER, 2, gone, 1, 1, -4, 4));
	DO(glInvalidateSubFramebuffer(GL_TEXTURE_2D, 2, NULL, 1, 1, 4, 4));
	DO(glInvalidateFramebuffer(GL_FRAMEBUFFER, 2, gone));
	DO(glInvalidateFramebuffer(GL_FRAMEBUFFER, 1, gone_wrong));
	DO(glInvalidateFramebuffer(GL_FRAMEBUFFER, -1, gone));
	DO(glInvalidateFramebuffer(GL_TEXTURE_2D, 2, NULL));
	glBindRenderbuffer(GL_RENDERBUFFER, many);
	DO(glRenderbufferStorageMultisample(GL_RENDERBUFFER, 1000, GL_RGBA8, 8, 8));
	DO(glRenderbufferStorageMultisample(GL_RENDERBUFFER, -1, GL_RGBA8, 8, 8));
	DO(glRenderbufferStorageMultisample(GL_RENDERBUFFER, 4, GL_RGBA8, 1 << 20, 8));
	DO(glRenderbufferStorageMultisample(GL_RENDERBUFFER, 4, GL_RGBA, 8, 8));
	DO(glRenderbufferStorageMultisample(GL_RENDERBUFFER, 4, GL_RGBA32UI, 8, 8));
}

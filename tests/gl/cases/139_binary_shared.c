/* SPDX-License-Identifier: MIT */
/* OES_get_program_binary of GLES 2, and a binary that another context of the share group loads. */
#include "../binary.h"

static GLuint link_red(void)
{
	const GLuint program = use_flat(0, 0, 0, 1);

	DO(glUniform4f(glGetUniformLocation(program, "color"), 1, 0, 0, 1));
	return program;
}

static void draw(GLuint program, const char *what)
{
	DO(glUseProgram(program));
	DO(glUniform4f(glGetUniformLocation(program, "color"), 0, 1, 0, 1));
	draw_quad();
	say_picture(what);
}

XG_CASE(binary_shared)
{
	static const EGLint attribs[] = {EGL_CONTEXT_CLIENT_VERSION, 2, EGL_NONE};
	static uint8_t octets[BINARY_MAX];
	const GLuint program = link_red(), target = glCreateProgram();
	GLsizei length = -5;
	GLenum format = 5;
	GLint value = -5;

	need_extension("GL_OES_get_program_binary");
	PROC(PFNGLGETPROGRAMBINARYOESPROC, glGetProgramBinaryOES);
	PROC(PFNGLPROGRAMBINARYOESPROC, glProgramBinaryOES);
	DO(glGetIntegerv(GL_NUM_PROGRAM_BINARY_FORMATS_OES, &value));
	say("%d formats", value);
	DO(glGetProgramBinaryOES(program, BINARY_MAX, &length, &format, octets));
	DO(glGetProgramiv(program, GL_PROGRAM_BINARY_LENGTH_OES, &value));
	say("of its length %d, format 0x%x", value == length, format);
	DO(glProgramBinaryOES(target, format, octets, length));
	draw(target, "loaded");
	/* Another context loads it into the program that this one has in use. */
	EGLContext other = eglCreateContext(egl.display, egl.config, egl.context, attribs);
	eglMakeCurrent(egl.display, egl.surface, egl.surface, other);
	DO(glProgramBinaryOES(target, format, octets, length));
	draw(target, "loaded by another context");
	DO(glDeleteProgram(target));
	ASK(glIsProgram(target));
	eglMakeCurrent(egl.display, egl.surface, egl.surface, egl.context);
	eglDestroyContext(egl.display, other);
	draw_quad();
	say_picture("in use still");
	DO(glUseProgram(program));
	ASK(glIsProgram(target));
	octets[length - 1] ^= 1;
	DO(glProgramBinaryOES(program, format, octets, length));
	DO(glGetProgramiv(program, GL_LINK_STATUS, &value));
	say("linked %d", value);
	octets[length - 1] ^= 1;
	DO(glProgramBinaryOES(program, format, octets, length));
	draw(program, "loaded after all");
}

/* SPDX-License-Identifier: MIT */
/*
 * Two contexts of a share group, and one outside it, on one thread. Framebuffers are not looked at:
 * Mesa shares them, the specification does not (GLES 2.0, appendix C).
 */
#include "../case.h"

XG_CASE(shared_contexts)
{
	static const EGLint attribs[] = {EGL_CONTEXT_CLIENT_VERSION, 2, EGL_NONE};
	EGLContext shared = eglCreateContext(egl.display, egl.config, egl.context, attribs);
	EGLContext alone = eglCreateContext(egl.display, egl.config, EGL_NO_CONTEXT, attribs);
	GLuint texture = make_texture(), names[3], framebuffer, buffer;
	GLint value;
	static const GLfloat position[] = {-1, -1, 1, -1, -1, 1};

	glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 4, 4, 0, GL_RGBA, GL_UNSIGNED_BYTE,
		random_bytes(64, 70));
	glGenFramebuffers(1, &framebuffer);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	glGenBuffers(1, &buffer);
	glBindBuffer(GL_ARRAY_BUFFER, buffer);
	glBufferData(GL_ARRAY_BUFFER, sizeof(position), position, GL_STATIC_DRAW);
	GLuint program = use_textured();
	glEnable(GL_VERTEX_SHADER); /* an error stays with its context */
	ASK(eglMakeCurrent(egl.display, egl.surface, egl.surface, shared));
	ASK(glGetError());
	ASK(glIsTexture(texture));
	ASK(glIsProgram(program));
	ASK(glIsBuffer(buffer));
	glGenTextures(2, names);
	say_ints("textures", (GLint *)names, 2);
	glGetIntegerv(GL_TEXTURE_BINDING_2D, &value);
	say("bound %d", value);
	glBindTexture(GL_TEXTURE_2D, texture);
	glUseProgram(program);
	draw_quad();
	say_picture("shared texture and program");
	glBindBuffer(GL_ARRAY_BUFFER, buffer);
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, NULL);
	glEnableVertexAttribArray(0);
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glDrawArrays(GL_TRIANGLES, 0, 3));
	say_picture("shared buffer");
	DO(glDeleteTextures(1, &texture));
	ASK(eglMakeCurrent(egl.display, egl.surface, egl.surface, alone));
	ASK(glIsTexture(texture));
	ASK(glIsProgram(program));
	glGenTextures(2, names);
	say_ints("textures", (GLint *)names, 2);
	say_picture("same surface");
	ASK(eglMakeCurrent(egl.display, egl.surface, egl.surface, egl.context));
	ASK(glGetError());
	ASK(glIsTexture(texture));
	glGetIntegerv(GL_TEXTURE_BINDING_2D, &value);
	say("bound %d", value);
	ASK(eglDestroyContext(egl.display, shared));
	ASK(eglDestroyContext(egl.display, alone));
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
	draw_quad();
	say_picture("texture deleted elsewhere, still bound here");
}

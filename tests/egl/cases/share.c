/* SPDX-License-Identifier: MIT */
/* Objects that contexts share, within a thread and between two. */
#include "case.h"

#include <pthread.h>

static EGLContext base, user;
static EGLSurface surface;
static GLuint texture;

static void draw_into(GLuint name)
{
	GLuint framebuffer;

	glGenFramebuffers(1, &framebuffer);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, name, 0);
	say("framebuffer 0x%04x", glCheckFramebufferStatus(GL_FRAMEBUFFER));
}

static void *on_another_thread(void *unused)
{
	TRY(eglMakeCurrent(display, surface, surface, user));
	draw_into(texture);
	say_pixel("what the first thread drew");
	clear(0, 0, 1, 1);
	glFinish();
	TRY(eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT));
	return unused;
}

XG_EGL_CASE(share)
{
	EGLSurface own = TRY(new_pbuffer(8));
	EGLContext apart;
	pthread_t thread;

	surface = TRY(new_pbuffer(8));
	base = TRY(new_context(EGL_NO_CONTEXT));
	user = TRY(new_context(base));
	apart = TRY(new_context(EGL_NO_CONTEXT));
	TRY(eglMakeCurrent(display, own, own, base));
	glGenTextures(1, &texture);
	glBindTexture(GL_TEXTURE_2D, texture);
	glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 8, 8, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
	draw_into(texture);
	clear(1, 0, 0, 1);
	glFinish();
	pthread_create(&thread, NULL, on_another_thread, NULL);
	pthread_join(thread, NULL);
	say_pixel("what the other thread drew");
	TRY(eglMakeCurrent(display, own, own, apart));
	say("a texture here: %d", glIsTexture(texture));
	TRY(eglDestroyContext(display, base));
	TRY(eglMakeCurrent(display, own, own, user));
	say("a texture there: %d", glIsTexture(texture));
	TRY(eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, user));
	draw_into(texture);
	say_pixel("without a surface");
}

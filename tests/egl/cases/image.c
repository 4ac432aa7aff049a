/* SPDX-License-Identifier: MIT */
/* EGLImages from textures and renderbuffers, in contexts that do not share. */
#include "case.h"

static PFNGLEGLIMAGETARGETTEXTURE2DOESPROC image_to_texture;
static PFNGLEGLIMAGETARGETRENDERBUFFERSTORAGEOESPROC image_to_renderbuffer;

static GLuint new_texture(void)
{
	GLuint texture;

	glGenTextures(1, &texture);
	glBindTexture(GL_TEXTURE_2D, texture);
	glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
	return texture;
}

static void attach(GLuint texture, GLuint renderbuffer)
{
	GLuint framebuffer;

	glGenFramebuffers(1, &framebuffer);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	if (texture)
		glFramebufferTexture2D(
			GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture, 0);
	else
		glFramebufferRenderbuffer(
			GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, renderbuffer);
	say("framebuffer 0x%04x", glCheckFramebufferStatus(GL_FRAMEBUFFER));
}

static EGLImage make(EGLContext context, EGLenum target, GLuint name)
{
	EGLImage image =
		eglCreateImage(display, context, target, (EGLClientBuffer)(uintptr_t)name, NULL);

	say("image of 0x%04x: %d, error 0x%04x", target, image != EGL_NO_IMAGE,
		(unsigned)eglGetError());
	return image;
}

XG_EGL_CASE(image)
{
	static const uint8_t pixels[] = {9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 1, 2, 3, 4, 5, 6};
	EGLSurface surface = TRY(new_pbuffer(8));
	EGLContext context = TRY(new_context(EGL_NO_CONTEXT));
	EGLContext apart = TRY(new_context(EGL_NO_CONTEXT));
	EGLImage of_texture, of_renderbuffer;
	GLuint texture, renderbuffer;
	EGLint value = 0;

	image_to_texture = (PFNGLEGLIMAGETARGETTEXTURE2DOESPROC)eglGetProcAddress(
		"glEGLImageTargetTexture2DOES");
	image_to_renderbuffer = (PFNGLEGLIMAGETARGETRENDERBUFFERSTORAGEOESPROC)eglGetProcAddress(
		"glEGLImageTargetRenderbufferStorageOES");
	TRY(eglMakeCurrent(display, surface, surface, context));
	texture = new_texture();
	glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 2, 2, 0, GL_RGBA, GL_UNSIGNED_BYTE, pixels);
	glGenRenderbuffers(1, &renderbuffer);
	glBindRenderbuffer(GL_RENDERBUFFER, renderbuffer);
	glRenderbufferStorage(GL_RENDERBUFFER, GL_RGB565, 4, 4);
	attach(0, renderbuffer);
	clear(0, 1, 0, 1);
	of_texture = make(context, EGL_GL_TEXTURE_2D, texture);
	of_renderbuffer = make(context, EGL_GL_RENDERBUFFER, renderbuffer);
	make(context, EGL_GL_TEXTURE_2D, 77);
	make(context, EGL_GL_TEXTURE_2D, 0);
	make(context, EGL_GL_RENDERBUFFER, 0);
	make(context, EGL_WIDTH, texture);
	make((EGLContext)&value, EGL_GL_TEXTURE_2D, texture);
	TRY(eglCreateImage(display, context, EGL_GL_TEXTURE_2D, (EGLClientBuffer)(uintptr_t)texture,
		(const EGLAttrib[]){EGL_GL_TEXTURE_LEVEL, 5, EGL_NONE}));
	TRY(eglDestroyImage(display, (EGLImage)&value));
	glFinish();

	TRY(eglMakeCurrent(display, surface, surface, apart));
	texture = new_texture();
	image_to_texture(GL_TEXTURE_2D, of_texture);
	say("GL error 0x%04x", glGetError());
	attach(texture, 0);
	say_pixel("the texture elsewhere");
	clear(1, 0, 0, 1);
	glFinish();
	glGenRenderbuffers(1, &renderbuffer);
	glBindRenderbuffer(GL_RENDERBUFFER, renderbuffer);
	image_to_renderbuffer(GL_RENDERBUFFER, of_renderbuffer);
	say("GL error 0x%04x", glGetError());
	attach(0, renderbuffer);
	say_pixel("the renderbuffer elsewhere");
	TRY(eglDestroyImage(display, of_texture));
	TRY(eglDestroyImage(display, of_texture));
	attach(texture, 0);
	say_pixel("the texture without its image");
}

/* SPDX-License-Identifier: MIT */
/* EGLImages from textures: siblings see each other's changes, and survive. */
#include "../case.h"

XG_CASE(egl_image)
{
	GLuint texture, sibling, framebuffer;
	static const EGLint attribs[] = {EGL_IMAGE_PRESERVED_KHR, EGL_TRUE, EGL_NONE};

	need_extension("GL_OES_EGL_image");
	PROC(PFNEGLCREATEIMAGEKHRPROC, eglCreateImageKHR);
	PROC(PFNEGLDESTROYIMAGEKHRPROC, eglDestroyImageKHR);
	PROC(PFNGLEGLIMAGETARGETTEXTURE2DOESPROC, glEGLImageTargetTexture2DOES);
	PROC(PFNGLEGLIMAGETARGETRENDERBUFFERSTORAGEOESPROC, glEGLImageTargetRenderbufferStorageOES);
	texture = make_texture();
	glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 8, 8, 0, GL_RGBA, GL_UNSIGNED_BYTE,
		random_bytes(256, 69));
	EGLImageKHR image = eglCreateImageKHR(egl.display, egl.context, EGL_GL_TEXTURE_2D_KHR,
		(EGLClientBuffer)(uintptr_t)texture, attribs);
	say("image %d", image != EGL_NO_IMAGE_KHR);
	sibling = make_texture();
	DO(glEGLImageTargetTexture2DOES(GL_TEXTURE_2D, image));
	use_textured();
	draw_quad();
	say_picture("sibling");
	glBindTexture(GL_TEXTURE_2D, texture);
	DO(glTexSubImage2D(
		GL_TEXTURE_2D, 0, 2, 2, 4, 4, GL_RGBA, GL_UNSIGNED_BYTE, random_bytes(64, 70)));
	glBindTexture(GL_TEXTURE_2D, sibling);
	draw_quad();
	say_picture("changed");
	glGenFramebuffers(1, &framebuffer);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, sibling, 0);
	ASK(glCheckFramebufferStatus(GL_FRAMEBUFFER));
	glClearColor(1, 0, 1, 1);
	glClear(GL_COLOR_BUFFER_BIT);
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
	glBindTexture(GL_TEXTURE_2D, texture);
	draw_quad();
	say_picture("cleared through the sibling");
	ASK(eglDestroyImageKHR(egl.display, image));
	DO(glDeleteTextures(1, &texture));
	glBindTexture(GL_TEXTURE_2D, sibling);
	draw_quad();
	say_picture("survives");
	DO(glEGLImageTargetTexture2DOES(GL_TEXTURE_2D, NULL));
	DO(glEGLImageTargetTexture2DOES(GL_BLEND, NULL));
	DO(glEGLImageTargetRenderbufferStorageOES(GL_RENDERBUFFER, NULL));
}

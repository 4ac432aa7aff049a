/* SPDX-License-Identifier: MIT */
/* EXT_EGL_image_storage: a texture that cannot change has an EGLImage's texels. */
#include "../case.h"

static PFNGLEGLIMAGETARGETTEXSTORAGEEXTPROC glEGLImageTargetTexStorageEXT;

static EGLImage make_image(GLuint texture)
{
	static const EGLAttrib attribs[] = {EGL_GL_TEXTURE_LEVEL, 0, EGL_NONE};

	return eglCreateImage(egl.display, egl.context, EGL_GL_TEXTURE_2D,
		(EGLClientBuffer)(uintptr_t)texture, attribs);
}

static void say_storage(GLenum target)
{
	GLint value = 7;

	DO(glGetTexParameteriv(target, GL_TEXTURE_IMMUTABLE_FORMAT, &value));
	say("immutable %d", value);
	DO(glGetTexParameteriv(target, GL_TEXTURE_IMMUTABLE_LEVELS, &value));
	say("levels %d", value);
}

XG_CASE_ES3(image_storage)
{
	static const GLint none[] = {GL_NONE}, some[] = {GL_TEXTURE_2D, 1, GL_NONE};
	uint8_t *texels = random_bytes(8 * 8 * 4, 168);
	GLuint origin, texture;

	need_extension("GL_EXT_EGL_image_storage");
	glEGLImageTargetTexStorageEXT = (PFNGLEGLIMAGETARGETTEXSTORAGEEXTPROC)eglGetProcAddress(
		"glEGLImageTargetTexStorageEXT");
	PROC(PFNGLEGLIMAGETARGETTEXTURESTORAGEEXTPROC, glEGLImageTargetTextureStorageEXT);
	use_textured();
	origin = make_texture();
	glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 8, 8, 0, GL_RGBA, GL_UNSIGNED_BYTE, texels);
	const EGLImage image = make_image(origin);
	say("image %d", image != EGL_NO_IMAGE);

	texture = make_texture();
	say_storage(GL_TEXTURE_2D);
	DO(glEGLImageTargetTexStorageEXT(GL_TEXTURE_2D, (GLeglImageOES)image, some));
	DO(glEGLImageTargetTexStorageEXT(GL_TEXTURE_2D, NULL, NULL));
	DO(glEGLImageTargetTexStorageEXT(GL_TEXTURE_BUFFER_OES, (GLeglImageOES)image, NULL));
	DO(glEGLImageTargetTextureStorageEXT(texture, (GLeglImageOES)image, NULL));
	DO(glEGLImageTargetTexStorageEXT(GL_TEXTURE_2D, (GLeglImageOES)image, none));
	say_storage(GL_TEXTURE_2D);
	draw_quad();
	say_picture("drawn");
	DO(glEGLImageTargetTexStorageEXT(GL_TEXTURE_2D, (GLeglImageOES)image, NULL));
	DO(glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 8, 8, 0, GL_RGBA, GL_UNSIGNED_BYTE, texels));
	DO(glTexSubImage2D(GL_TEXTURE_2D, 0, 2, 2, 4, 4, GL_RGBA, GL_UNSIGNED_BYTE, texels + 128));
	glBindTexture(GL_TEXTURE_2D, origin);
	draw_quad();
	say_picture("changed");
	glDeleteTextures(1, &origin);
	eglDestroyImage(egl.display, image);
	glBindTexture(GL_TEXTURE_2D, texture);
	draw_quad();
	say_picture("kept");
	glDeleteTextures(1, &texture);
}

/* SPDX-License-Identifier: MIT */
/* Whether a framebuffer is complete, asked again and again while all that it may hang on changes:
 * what is attached, what becomes of that, in this context and in another one. */
#include "../stages.h"

static EGLContext other;
static GLuint framebuffer, flat[3], depth;

static void storage(GLuint texture, GLsizei size)
{
	glBindTexture(GL_TEXTURE_2D, texture);
	glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, size, size, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
}

static void attach(GLuint texture)
{
	DO(glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture, 0));
}

static void attach_depth(GLuint renderbuffer)
{
	DO(glFramebufferRenderbuffer(
		GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT, GL_RENDERBUFFER, renderbuffer));
}

/* It is drawn to each time, as programs do: that, too, has a driver look. */
static void again(const char *what)
{
	say("%s", what);
	for (int i = 0; i < 2; i++) {
		ASK(glCheckFramebufferStatus(GL_FRAMEBUFFER));
		ASK(glCheckFramebufferStatus(GL_DRAW_FRAMEBUFFER));
		ASK(glCheckFramebufferStatus(GL_READ_FRAMEBUFFER));
		DO(glClear(GL_COLOR_BUFFER_BIT));
	}
}

static void complete(void)
{
	for (int i = 0; i < 3; i++)
		storage(flat[i], 8);
	glBindRenderbuffer(GL_RENDERBUFFER, depth);
	glRenderbufferStorage(GL_RENDERBUFFER, GL_DEPTH_COMPONENT16, 8, 8);
	for (int i = 0; i < 6; i++) {
		attach(flat[i % 3]);
		attach_depth(i % 2 ? 0 : depth);
		again("complete");
	}
	attach(flat[0]);
	attach_depth(0);
	again("complete");
}

static void change_texture(void)
{
	storage(flat[0], 0);
	again("a texture without size");
	storage(flat[0], 4);
	again("of another size");
	glTexImage2D(
		GL_TEXTURE_2D, 0, GL_RGB9_E5, 4, 4, 0, GL_RGB, GL_UNSIGNED_INT_5_9_9_9_REV, NULL);
	again("of a format that is not drawn to");
	storage(flat[0], 4);
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
	DO(glCopyTexImage2D(GL_TEXTURE_2D, 0, GL_RGB, 0, 0, 4, 4, 0));
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	again("copied");
	DO(glCompressedTexImage2D(
		GL_TEXTURE_2D, 0, GL_COMPRESSED_RGB8_ETC2, 4, 4, 0, 8, random_bytes(8, 192)));
	again("compressed");
	storage(flat[0], 4);
	for (GLint level = 1; level >= 0; level--) {
		DO(glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_BASE_LEVEL, level));
		again("another first level");
	}
	DO(glTexParameterf(GL_TEXTURE_2D, GL_TEXTURE_MAX_LEVEL, 0));
	again("one level");
	DO(glGenerateMipmap(GL_TEXTURE_2D));
	DO(glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, flat[0], 1));
	again("its second level");
	DO(glTexParameteriv(GL_TEXTURE_2D, GL_TEXTURE_MAX_LEVEL, (const GLint[]){1000}));
	again("all levels");
	DO(glGenerateMipmap(GL_TEXTURE_2D));
	again("with mipmaps");
	attach(flat[0]);
	again("its first level");
}

static void delete_texture(void)
{
	const GLuint old = flat[0];

	DO(glDeleteTextures(1, &old));
	again("deleted");
	attach(old);
	again("deleted, and attached");
	glBindTexture(GL_TEXTURE_2D, old);
	attach(old);
	again("the name again, without an image");
	storage(old, 4);
	again("with one");
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
	DO(glDeleteTextures(1, &old));
	storage(old, 0);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	again("deleted, with the name of one without size, while it was not bound");
	attach(old);
	again("attached");
	storage(old, 4);
	again("with a size");
}

static void change_renderbuffer(void)
{
	const GLuint old = depth;

	attach_depth(depth);
	again("with depth");
	glBindRenderbuffer(GL_RENDERBUFFER, depth);
	DO(glRenderbufferStorage(GL_RENDERBUFFER, GL_DEPTH_COMPONENT16, 0, 0));
	again("without size");
	DO(glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, 4, 4));
	again("that is colour");
	DO(glRenderbufferStorageMultisample(GL_RENDERBUFFER, 4, GL_DEPTH_COMPONENT16, 4, 4));
	again("with samples");
	DO(glRenderbufferStorage(GL_RENDERBUFFER, GL_DEPTH_COMPONENT16, 4, 4));
	again("without");
	DO(glDeleteRenderbuffers(1, &old));
	again("deleted");
	attach_depth(old);
	again("deleted, and attached");
	glGenRenderbuffers(1, &depth);
	attach_depth(depth);
	again("a name without a renderbuffer");
	glBindRenderbuffer(GL_RENDERBUFFER, depth);
	attach_depth(depth);
	again("one without an image");
	DO(glRenderbufferStorage(GL_RENDERBUFFER, GL_DEPTH_COMPONENT16, 4, 4));
	again("with one");
	DO(glFramebufferRenderbuffer(
		GL_FRAMEBUFFER, GL_STENCIL_ATTACHMENT, GL_RENDERBUFFER, depth));
	again("without a stencil");
	DO(glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_STENCIL_ATTACHMENT, GL_RENDERBUFFER, 0));
	again("not attached");
	DO(glFramebufferRenderbuffer(
		GL_FRAMEBUFFER, GL_DEPTH_STENCIL_ATTACHMENT, GL_RENDERBUFFER, depth));
	again("attached as both");
	DO(glFramebufferRenderbuffer(
		GL_FRAMEBUFFER, GL_DEPTH_STENCIL_ATTACHMENT, GL_RENDERBUFFER, 0));
	again("as neither");
	attach_depth(depth);
	attach_depth(0);
	again("detached");
}

/* Every other way to attach, between which a plain one stands. */
static void attach_others(void)
{
	static const GLenum targets[] = {
		GL_TEXTURE_3D, GL_TEXTURE_2D_ARRAY, GL_TEXTURE_CUBE_MAP, GL_TEXTURE_2D_MULTISAMPLE};
	GLuint textures[4];

	glGenTextures(4, textures);
	for (int i = 0; i < 4; i++) {
		const GLuint t = textures[i];

		attach(t);
		again("a texture that is none yet");
		glBindTexture(targets[i], t);
		if (i == 3)
			glTexStorage2DMultisample(targets[i], 4, GL_RGBA8, 4, 4, GL_TRUE);
		else if (i == 2)
			glTexStorage2D(targets[i], 2, GL_RGBA8, 4, 4);
		else
			glTexStorage3D(targets[i], 2, GL_RGBA8, 4, 4, 4);
		attach(t);
		again("of another target");
		DO(glFramebufferTextureLayer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, t, 1, 1));
		again("a layer");
		DO(glFramebufferTexture(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, t, 0));
		again("all layers");
		attach(flat[1]);
		again("plain");
		DO(glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0,
			i == 2 ? GL_TEXTURE_CUBE_MAP_NEGATIVE_Y : targets[i], t, 0));
		again("as what it is");
		attach(flat[1]);
		DO(glFramebufferTextureLayer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT1, t, 0, 0));
		again("a second colour");
		attach(flat[1]);
		again("and the first again");
		DO(glFramebufferTexture(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT1, 0, 0));
		again("only the first");
	}
	DO(glFramebufferTexture2D(GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT, GL_TEXTURE_2D, flat[2], 0));
	again("colour as depth");
	DO(glFramebufferTexture2D(GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT, GL_TEXTURE_2D, 0, 0));
	again("not as depth");
	DO(glFramebufferTexture2D(
		GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, flat[0], -1));
	DO(glFramebufferTexture2D(GL_FRAMEBUFFER, GL_BACK, GL_TEXTURE_2D, flat[0], 0));
	DO(glFramebufferTexture2D(GL_BLEND, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, flat[0], 0));
	DO(glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE, depth));
	again("refused");
	glDeleteTextures(4, textures);
	again("the others deleted");
}

static GLuint make_array(GLenum format)
{
	GLuint array;

	glGenTextures(1, &array);
	glBindTexture(GL_TEXTURE_2D_ARRAY, array);
	glTexImage3D(GL_TEXTURE_2D_ARRAY, 0, (GLint)format, 4, 4, 4, 0,
		format == GL_RGBA8 ? GL_RGBA : GL_RGB,
		format == GL_RGBA8 ? GL_UNSIGNED_BYTE : GL_UNSIGNED_INT_5_9_9_9_REV, NULL);
	return array;
}

/* Attaches a whole texture, and with a layer of a colour more, which is complete. */
static GLuint with_array(void)
{
	const GLuint array = make_array(GL_RGBA8);

	storage(flat[1], 4);
	attach(flat[1]);
	glFramebufferTextureLayer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT1, array, 0, 1);
	again("complete");
	return array;
}

/* Each command by which a complete one becomes incomplete, right after it was. */
static void spoil(void)
{
	const GLuint undrawn = make_array(GL_RGB9_E5);
	PROC(PFNGLFRAMEBUFFERTEXTURE3DOESPROC, glFramebufferTexture3DOES);
	GLuint color;

	with_array();
	DO(glFramebufferTextureLayer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT1, undrawn, 0, 1));
	again("another layer");
	with_array();
	DO(glFramebufferTexture(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT1, undrawn, 0));
	again("all layers");
	with_array();
	glGenTextures(1, &color);
	glBindTexture(GL_TEXTURE_3D, color);
	DO(glFramebufferTexture3DOES(
		GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT1, GL_TEXTURE_3D, color, 0, 0));
	again("a slice");
	with_array();
	DO(glTexImage3D(
		GL_TEXTURE_2D_ARRAY, 0, GL_RGBA8, 0, 0, 0, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL));
	again("layers without size");
	with_array();
	DO(glTexStorage3D(GL_TEXTURE_2D_ARRAY, 1, GL_RGB9_E5, 4, 4, 4));
	again("layers that are not drawn to");
	with_array();
	DO(glCompressedTexImage3D(GL_TEXTURE_2D_ARRAY, 0, GL_COMPRESSED_RGB8_ETC2, 4, 4, 4, 0, 32,
		random_bytes(32, 192)));
	again("compressed layers");
	DO(glFramebufferTexture(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT1, 0, 0));
	glBindTexture(GL_TEXTURE_2D, flat[1]);
	again("complete");
	glBindFramebuffer(GL_READ_FRAMEBUFFER, 0);
	DO(glCopyTexImage2D(GL_TEXTURE_2D, 0, GL_LUMINANCE, 0, 0, 4, 4, 0));
	again("copied");
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	storage(flat[1], 4);
	again("complete");
	DO(glTexStorage2D(GL_TEXTURE_2D, 1, GL_RGB9_E5, 4, 4));
	again("not drawn to");
	glDeleteTextures(1, &flat[1]);
	glGenTextures(1, &flat[1]);
	glGenRenderbuffers(1, &color);
	glBindRenderbuffer(GL_RENDERBUFFER, color);
	glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, 8, 8);
	storage(flat[2], 8);
	DO(glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, color));
	DO(glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT1, GL_TEXTURE_2D, flat[2], 0));
	again("complete");
	DO(glRenderbufferStorageMultisample(GL_RENDERBUFFER, 4, GL_RGBA8, 8, 8));
	again("of samples, and without");
	DO(glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT1, GL_TEXTURE_2D, 0, 0));
	again("complete");
	DO(glDeleteRenderbuffers(1, &color));
	again("deleted");
	complete();
}

static void change_rest(void)
{
	GLuint second;

	DO(glDrawBuffers(1, (const GLenum[]){GL_NONE}));
	DO(glReadBuffer(GL_NONE));
	again("no buffers");
	DO(glDrawBuffers(2, (const GLenum[]){GL_NONE, GL_COLOR_ATTACHMENT1}));
	DO(glReadBuffer(GL_COLOR_ATTACHMENT1));
	again("buffers without images");
	DO(glDrawBuffers(1, (const GLenum[]){GL_COLOR_ATTACHMENT0}));
	DO(glReadBuffer(GL_COLOR_ATTACHMENT0));
	attach(0);
	again("nothing attached");
	DO(glFramebufferParameteri(GL_FRAMEBUFFER, GL_FRAMEBUFFER_DEFAULT_WIDTH, 4));
	DO(glFramebufferParameteri(GL_FRAMEBUFFER, GL_FRAMEBUFFER_DEFAULT_HEIGHT, 4));
	again("a size of its own");
	DO(glFramebufferParameteri(GL_FRAMEBUFFER, GL_FRAMEBUFFER_DEFAULT_HEIGHT, 0));
	again("none");
	attach(flat[1]);
	glGenFramebuffers(1, &second);
	DO(glBindFramebuffer(GL_READ_FRAMEBUFFER, second));
	again("another to read from");
	DO(glFramebufferTexture2D(
		GL_READ_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, flat[2], 0));
	again("with a texture");
	DO(glFramebufferTexture2D(GL_DRAW_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, 0, 0));
	again("none to draw to");
	DO(glBindFramebuffer(GL_FRAMEBUFFER, second));
	again("the other");
	DO(glDeleteFramebuffers(1, &second));
	again("the surface's");
	DO(glBindFramebuffer(GL_FRAMEBUFFER, second));
	again("a new one of that name");
	attach(flat[2]);
	again("with a texture");
	DO(glDeleteFramebuffers(1, &second));
	DO(glBindFramebuffer(GL_FRAMEBUFFER, framebuffer));
	attach(flat[1]);
	again("the first");
}

static void enter(EGLContext context)
{
	if (!eglMakeCurrent(egl.display, egl.surface, egl.surface, context))
		say("not current");
}

/* What another context does, and then what this one says. */
static void elsewhere(void)
{
	GLuint name;

	complete();
	for (GLsizei size = 0; size < 9; size += 4) {
		enter(other);
		storage(flat[0], size);
		glBindRenderbuffer(GL_RENDERBUFFER, depth);
		DO(glRenderbufferStorage(GL_RENDERBUFFER, GL_DEPTH_COMPONENT16, 8 - size, 8));
		enter(egl.context);
		attach(flat[1]);
		attach_depth(depth);
		again("a renderbuffer of another size");
		attach_depth(0);
		attach(flat[0]);
		again("a texture of another size");
	}
	enter(other);
	glGenFramebuffers(1, &name);
	glBindFramebuffer(GL_FRAMEBUFFER, name);
	again("the other's own");
	attach(flat[2]);
	again("with a texture");
	enter(egl.context);
	again("this one's");
	enter(other);
	DO(glDeleteTextures(1, &flat[2]));
	again("deleted there");
	storage(flat[2], 0);
	enter(egl.context);
	attach(flat[2]);
	again("one of its name");
	attach(flat[1]);
	again("another");
	enter(other);
	storage(flat[2], 8);
	enter(egl.context);
	attach(flat[2]);
	again("with a size");
}

/* A texture that becomes an image's. */
static void images(void)
{
	PROC(PFNEGLCREATEIMAGEKHRPROC, eglCreateImageKHR);
	PROC(PFNEGLDESTROYIMAGEKHRPROC, eglDestroyImageKHR);
	PROC(PFNGLEGLIMAGETARGETTEXTURE2DOESPROC, glEGLImageTargetTexture2DOES);
	static const EGLint attribs[] = {EGL_GL_TEXTURE_LEVEL_KHR, 0, EGL_NONE};
	GLuint source;
	EGLImageKHR image;

	glGenTextures(1, &source);
	storage(source, 8);
	image = eglCreateImageKHR(egl.display, egl.context, EGL_GL_TEXTURE_2D_KHR,
		(EGLClientBuffer)(uintptr_t)source, attribs);
	say("image %d", image != EGL_NO_IMAGE_KHR);
	storage(flat[0], 0);
	attach(flat[0]);
	again("no image");
	DO(glEGLImageTargetTexture2DOES(GL_TEXTURE_2D, image));
	again("an image");
	DO(glEGLImageTargetTexture2DOES(GL_TEXTURE_2D, NULL));
	again("none");
	storage(source, 0);
	again("whose source is another");
	storage(flat[0], 0);
	again("no image");
	eglDestroyImageKHR(egl.display, image);
	glDeleteTextures(1, &source);
}

XG_CASE_ES32(framebuffer_again)
{
	static const EGLint attribs[] = {EGL_CONTEXT_CLIENT_VERSION, 3, EGL_NONE};

	other = eglCreateContext(egl.display, egl.config, egl.context, attribs);
	glGenTextures(3, flat);
	glGenRenderbuffers(1, &depth);
	glGenFramebuffers(1, &framebuffer);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	again("empty");
	complete();
	change_texture();
	delete_texture();
	change_renderbuffer();
	complete();
	attach_others();
	spoil();
	change_rest();
	elsewhere();
	images();
	eglDestroyContext(egl.display, other);
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
}

/* SPDX-License-Identifier: MIT */
/* Images of every target there might be, with every attribute, of textures in every state. */
#include "sweep.h"

#include <GLES3/gl3.h>

static EGLContext context;
static PFNEGLCREATEIMAGEKHRPROC create32;

static EGLImage make(
	bool wide, EGLContext with, EGLenum target, GLuint name, EGLint attribute, EGLint value)
{
	const EGLAttrib in_64[] = {attribute, value, EGL_NONE};
	const EGLint in_32[] = {attribute, value, EGL_NONE};
	EGLClientBuffer buffer = (EGLClientBuffer)(uintptr_t)name;

	return wide ? eglCreateImage(display, with, target, buffer, in_64)
		    : create32(display, with, target, buffer, in_32);
}

static void attempt(struct sweep *sweep, EGLint at, EGLImage image)
{
	const EGLint error = eglGetError();

	if (image)
		eglDestroyImage(display, image);
	sweep_add(sweep, at, image != EGL_NO_IMAGE, error);
}

static void targets(EGLContext with, GLuint name, const char *what)
{
	struct sweep sweep = {.what = what};

	for (EGLint target = SWEEP_FIRST; target < SWEEP_LAST; target++) {
		/* Mesa follows what it is given as a buffer of these. */
		if (target == EGL_DRM_BUFFER_MESA || target == EGL_WAYLAND_BUFFER_WL ||
			target == EGL_LINUX_DMA_BUF_EXT)
			continue;
		attempt(&sweep, target, make(target & 1, with, (EGLenum)target, name, EGL_NONE, 0));
	}
	sweep_end(&sweep);
}

static void attributes(EGLenum target, GLuint name, EGLint value)
{
	struct sweep sweep = {.what = "attribute"};

	say("target 0x%04x, value %d", target, value);
	for (EGLint attribute = SWEEP_FIRST; attribute < SWEEP_LAST; attribute++)
		attempt(&sweep, attribute,
			make(attribute & 1, context, target, name, attribute, value));
	sweep_end(&sweep);
}

static GLuint new_texture(GLenum target)
{
	GLuint name;

	glGenTextures(1, &name);
	glBindTexture(target, name);
	return name;
}

/* Levels of textures that are complete, or have holes, or one level. */
static void levels(GLuint texture, const char *what)
{
	struct sweep sweep = {.what = what};

	for (EGLint level = -2; level < 6; level++)
		attempt(&sweep, level,
			make(level & 1, context, EGL_GL_TEXTURE_2D, texture, EGL_GL_TEXTURE_LEVEL,
				level));
	sweep_end(&sweep);
}

static void flat_textures(void)
{
	GLuint texture = new_texture(GL_TEXTURE_2D);

	levels(texture, "nothing");
	glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 8, 8, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
	levels(texture, "one level");
	glTexImage2D(GL_TEXTURE_2D, 2, GL_RGBA, 2, 2, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
	levels(texture, "a hole");
	glGenerateMipmap(GL_TEXTURE_2D);
	levels(texture, "all levels");
	targets(context, texture, "flat texture");
	attributes(EGL_GL_TEXTURE_2D, texture, 0);
	attributes(EGL_GL_TEXTURE_2D, texture, 1);
}

static void other_textures(void)
{
	GLuint cube = new_texture(GL_TEXTURE_CUBE_MAP), solid, renderbuffer;

	targets(context, cube, "empty cube");
	for (GLenum face = 0; face < 6; face++)
		glTexImage2D(GL_TEXTURE_CUBE_MAP_POSITIVE_X + face, 0, GL_RGBA, 4, 4, 0, GL_RGBA,
			GL_UNSIGNED_BYTE, NULL);
	targets(context, cube, "cube");
	solid = new_texture(GL_TEXTURE_3D);
	glTexImage3D(GL_TEXTURE_3D, 0, GL_RGBA8, 4, 4, 4, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
	targets(context, solid, "solid");
	for (EGLint offset = -1; offset < 6; offset++) {
		struct sweep sweep = {.what = "offset"};

		attempt(&sweep, offset,
			make(true, context, EGL_GL_TEXTURE_3D, solid, EGL_GL_TEXTURE_ZOFFSET,
				offset));
		sweep_end(&sweep);
	}
	glGenRenderbuffers(1, &renderbuffer);
	targets(context, renderbuffer, "name of no renderbuffer");
	glBindRenderbuffer(GL_RENDERBUFFER, renderbuffer);
	targets(context, renderbuffer, "empty renderbuffer");
	glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, 4, 4);
	targets(context, renderbuffer, "renderbuffer");
	attributes(EGL_GL_RENDERBUFFER, renderbuffer, 1);
	glRenderbufferStorageMultisample(GL_RENDERBUFFER, 4, GL_RGBA8, 4, 4);
	targets(context, renderbuffer, "multisampled");
	targets(context, 0, "0");
	targets(context, 4711, "no name");
}

XG_EGL_CASE(image_attributes)
{
	const EGLint three[] = {EGL_CONTEXT_MAJOR_VERSION, 3, EGL_NONE};

	create32 = (PFNEGLCREATEIMAGEKHRPROC)eglGetProcAddress("eglCreateImageKHR");
	context = TRY(eglCreateContext(display, config, EGL_NO_CONTEXT, three));
	TRY(eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, context));
	flat_textures();
	other_textures();
	TRY(eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT));
	targets(context, 1, "of a context that is not current");
}

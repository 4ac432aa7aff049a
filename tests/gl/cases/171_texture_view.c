/* SPDX-License-Identifier: MIT */
/* EXT_texture_view and OES_texture_view: the texels of one texture, as others. */
#include "../case.h"

#include <GLES3/gl32.h>

static PFNGLTEXTUREVIEWEXTPROC glTextureViewEXT;
static PFNGLTEXTUREVIEWOESPROC glTextureViewOES;

static void say_view(GLenum target)
{
	static const GLenum pnames[] = {GL_TEXTURE_VIEW_MIN_LEVEL_EXT,
		GL_TEXTURE_VIEW_NUM_LEVELS_EXT, GL_TEXTURE_VIEW_MIN_LAYER_EXT,
		GL_TEXTURE_VIEW_NUM_LAYERS_EXT, GL_TEXTURE_IMMUTABLE_LEVELS,
		GL_TEXTURE_IMMUTABLE_FORMAT};
	GLint values[COUNT(pnames)];

	untouched(values, sizeof(values));
	for (size_t i = 0; i < COUNT(pnames); i++)
		glGetTexParameteriv(target, pnames[i], &values[i]);
	say_ints("view", values, (int)COUNT(pnames));
	say_error("view");
}

static void draw(GLenum target)
{
	glTexParameteri(target, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
	glTexParameteri(target, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
	glClear(GL_COLOR_BUFFER_BIT);
	DO(draw_quad());
	say_picture("drawn");
}

static GLuint view_of(GLuint origin, GLenum target, GLenum internal, GLuint level, GLuint levels,
	GLuint layer, GLuint layers)
{
	GLuint view;
	GLint bound = -1;

	glGenTextures(1, &view);
	say("0x%04x 0x%04x %u %u %u %u", target, internal, level, levels, layer, layers);
	DO(glTextureViewEXT(view, target, origin, internal, level, levels, layer, layers));
	ASK(glIsTexture(view));
	DO(glBindTexture(GL_TEXTURE_3D, view));
	DO(glBindTexture(target, view));
	if (target == GL_TEXTURE_2D) {
		glGetIntegerv(GL_TEXTURE_BINDING_2D, &bound);
		say("bound %d", (GLuint)bound == view);
	}
	say_view(target);
	return view;
}

static void refuse(GLuint origin)
{
	GLuint view, mutable_texture = make_texture();

	glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 8, 8, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
	glBindTexture(GL_TEXTURE_2D, 0);
	glGenTextures(1, &view);
	DO(glTextureViewEXT(view, GL_TEXTURE_2D, mutable_texture, GL_RGBA8, 0, 1, 0, 1));
	DO(glTextureViewEXT(view, GL_TEXTURE_2D, 12345, GL_RGBA8, 0, 1, 0, 1));
	DO(glTextureViewEXT(12345, GL_TEXTURE_2D, origin, GL_RGBA8, 0, 1, 0, 1));
	DO(glTextureViewEXT(0, GL_TEXTURE_2D, origin, GL_RGBA8, 0, 1, 0, 1));
	DO(glTextureViewEXT(view, GL_TEXTURE_3D, origin, GL_RGBA8, 0, 1, 0, 1));
	DO(glTextureViewEXT(view, GL_TEXTURE_BUFFER, origin, GL_RGBA8, 0, 1, 0, 1));
	DO(glTextureViewEXT(view, GL_TEXTURE_2D, origin, GL_RGBA16F, 0, 1, 0, 1));
	DO(glTextureViewEXT(view, GL_TEXTURE_2D, origin, GL_RGBA, 0, 1, 0, 1));
	DO(glTextureViewEXT(view, GL_TEXTURE_2D, origin, GL_RGBA8, 9, 1, 0, 1));
	DO(glTextureViewEXT(view, GL_TEXTURE_2D, origin, GL_RGBA8, 0, 1, 9, 1));
	DO(glTextureViewEXT(view, GL_TEXTURE_2D, origin, GL_RGBA8, 0, 1, 0, 2));
	DO(glTextureViewEXT(view, GL_TEXTURE_2D, origin, GL_RGBA8, 0, 0, 0, 0));
	DO(glTextureViewEXT(view, GL_TEXTURE_CUBE_MAP, origin, GL_RGBA8, 0, 1, 0, 5));
	DO(glTextureViewEXT(view, GL_TEXTURE_2D, origin, GL_RGBA8, UINT32_MAX, 2, 0, 1));
	DO(glTextureViewEXT(origin, GL_TEXTURE_2D, origin, GL_RGBA8, 0, 1, 0, 1));
	ASK(glIsTexture(view));
	/* It is no view, and so still without a target. */
	DO(glBindTexture(GL_TEXTURE_3D, view));
	glDeleteTextures(1, &view);
}

XG_CASE_ES3(texture_view)
{
	GLuint origin, views[4];

	need_extension("GL_EXT_texture_view");
	glTextureViewEXT = (PFNGLTEXTUREVIEWEXTPROC)eglGetProcAddress("glTextureViewEXT");
	glTextureViewOES = (PFNGLTEXTUREVIEWOESPROC)eglGetProcAddress("glTextureViewOES");
	use_textured();
	glGenTextures(1, &origin);
	glBindTexture(GL_TEXTURE_2D_ARRAY, origin);
	glTexStorage3D(GL_TEXTURE_2D_ARRAY, 3, GL_RGBA8, 8, 8, 8);
	for (GLint level = 0; level < 3; level++)
		glTexSubImage3D(GL_TEXTURE_2D_ARRAY, level, 0, 0, 0, 8 >> level, 8 >> level, 8,
			GL_RGBA, GL_UNSIGNED_BYTE, random_bytes(2048, 171 + (uint32_t)level));
	say_view(GL_TEXTURE_2D_ARRAY);
	refuse(origin);
	views[0] = view_of(origin, GL_TEXTURE_2D, GL_RGBA8, 0, 3, 5, 1);
	draw(GL_TEXTURE_2D);
	views[1] = view_of(origin, GL_TEXTURE_2D, GL_SRGB8_ALPHA8, 1, 9, 2, 1);
	draw(GL_TEXTURE_2D);
	views[2] = view_of(views[1], GL_TEXTURE_2D, GL_RGBA8_SNORM, 1, 1, 0, 1);
	draw(GL_TEXTURE_2D);
	views[3] = view_of(origin, GL_TEXTURE_CUBE_MAP, GL_RGBA8, 0, 1, 1, 6);
	glTexSubImage2D(GL_TEXTURE_CUBE_MAP_POSITIVE_Y, 0, 2, 2, 4, 4, GL_RGBA, GL_UNSIGNED_BYTE,
		random_bytes(64, 177));
	say_error("face");

	/* What is written to a view stands in the others, and outlives the first. */
	glBindTexture(GL_TEXTURE_2D, views[1]);
	DO(glTexSubImage2D(
		GL_TEXTURE_2D, 0, 1, 1, 2, 2, GL_RGBA, GL_UNSIGNED_BYTE, random_bytes(16, 178)));
	glDeleteTextures(1, &origin);
	GLuint late;
	glGenTextures(1, &late);
	DO(glTextureViewOES(late, GL_TEXTURE_2D, views[3], GL_RGBA8, 0, 1, 2, 1));
	glBindTexture(GL_TEXTURE_2D, late);
	draw(GL_TEXTURE_2D);
	glBindTexture(GL_TEXTURE_2D, views[1]);
	draw(GL_TEXTURE_2D);
	glDeleteTextures(4, views);
	DO(glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 1, 1, 0, GL_RGBA, GL_UNSIGNED_BYTE, "1234"));
	glBindTexture(GL_TEXTURE_2D, late);
	DO(glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 1, 1, 0, GL_RGBA, GL_UNSIGNED_BYTE, "1234"));
	DO(glGenerateMipmap(GL_TEXTURE_2D));
	draw(GL_TEXTURE_2D);
	glDeleteTextures(1, &late);
}

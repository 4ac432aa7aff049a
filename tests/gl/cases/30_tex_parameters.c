/* SPDX-License-Identifier: MIT */
/* Texture parameters: all ways to set and get, defaults, refusals. */
#include "../case.h"

XG_CASE(tex_parameters)
{
	static const GLenum targets[] = {GL_TEXTURE_2D, GL_TEXTURE_CUBE_MAP, GL_BLEND};
	static const GLenum names[] = {GL_TEXTURE_MIN_FILTER, GL_TEXTURE_MAG_FILTER,
		GL_TEXTURE_WRAP_S, GL_TEXTURE_WRAP_T, GL_TEXTURE_MAX_ANISOTROPY_EXT,
		GL_TEXTURE_MAX_LEVEL_APPLE, GL_BLEND};
	static const GLint values[] = {GL_NEAREST, GL_LINEAR, GL_NEAREST_MIPMAP_NEAREST,
		GL_LINEAR_MIPMAP_NEAREST, GL_NEAREST_MIPMAP_LINEAR, GL_LINEAR_MIPMAP_LINEAR,
		GL_CLAMP_TO_EDGE, GL_REPEAT, GL_MIRRORED_REPEAT, 2, 0, -1};

	for (size_t t = 0; t < COUNT(targets); t++) {
		GLuint texture;
		glGenTextures(1, &texture);
		glBindTexture(targets[t], texture);
		say_error("bind");
		for (size_t n = 0; n < COUNT(names); n++) {
			GLint ints[4];
			GLfloat floats[4];
			untouched(ints, sizeof(ints));
			untouched(floats, sizeof(floats));
			say("target %zu name %s", t, enum_name(names[n]));
			DO(glGetTexParameteriv(targets[t], names[n], ints));
			DO(glGetTexParameterfv(targets[t], names[n], floats));
			say_ints("default", ints, 3);
			say_floats("default", floats, 3);
			for (size_t v = 0; v < COUNT(values); v++) {
				const GLfloat f = (GLfloat)values[v];
				say("value %d", values[v]);
				DO(glTexParameteri(targets[t], names[n], values[v]));
				glGetTexParameteriv(targets[t], names[n], ints);
				say_ints("now", ints, 2);
				DO(glTexParameterf(targets[t], names[n], f));
				DO(glTexParameteriv(targets[t], names[n], &values[v]));
				DO(glTexParameterfv(targets[t], names[n], &f));
				glGetTexParameterfv(targets[t], names[n], floats);
				say_floats("now", floats, 2);
				say_error("get");
			}
		}
	}
}

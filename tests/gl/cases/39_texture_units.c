/* SPDX-License-Identifier: MIT */
/* glActiveTexture, several units in one draw, a vertex texture. */
#include "../case.h"

XG_CASE(texture_units)
{
	GLint limit;
	GLuint textures[4], program;
	char name[8];

	program = make_program(
		"attribute vec4 position; uniform sampler2D tv; varying vec2 t; varying vec4 c;"
		"void main() { gl_Position = position; t = position.xy * 0.5 + 0.5;"
		" c = texture2DLod(tv, t, 0.0); }",
		"precision highp float; uniform sampler2D t0, t1, t2; varying vec2 t; varying vec4 "
		"c;"
		"void main() { gl_FragColor = texture2D(t0, t) * 0.5 + texture2D(t1, t.yx) * 0.25"
		" + texture2D(t2, t * 2.0) * 0.125 + c * 0.125; }");
	glUseProgram(program);
	for (int i = 0; i < 4; i++) {
		DO(glActiveTexture(GL_TEXTURE0 + (GLenum)i * 3));
		textures[i] = make_texture();
		DO(glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 4, 4, 0, GL_RGBA, GL_UNSIGNED_BYTE,
			random_bytes(64, 39 + (uint32_t)i)));
		strcpy(name, i < 3 ? "t0" : "tv");
		if (i < 3)
			name[1] = (char)('0' + i);
		DO(glUniform1i(glGetUniformLocation(program, name), i * 3));
	}
	draw_quad();
	say_picture("drawn");
	for (int i = 0; i < 12; i++) {
		GLint bound;
		glActiveTexture(GL_TEXTURE0 + (GLenum)i);
		glGetIntegerv(GL_TEXTURE_BINDING_2D, &bound);
		say("unit %d: %d", i, bound);
	}
	glGetIntegerv(GL_MAX_COMBINED_TEXTURE_IMAGE_UNITS, &limit);
	DO(glActiveTexture(GL_TEXTURE0 + (GLenum)limit));
	DO(glActiveTexture(GL_TEXTURE0 + (GLenum)limit - 1));
	DO(glActiveTexture(0));
	DO(glUniform1i(glGetUniformLocation(program, "t0"), limit));
	DO(glUniform1i(glGetUniformLocation(program, "t0"), -1));
	DO(glDeleteTextures(4, textures));
	draw_quad();
	say_picture("deleted");
}

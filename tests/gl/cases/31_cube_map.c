/* SPDX-License-Identifier: MIT */
/* Cube maps: six faces, completeness, mipmaps, drawing by direction. */
#include "../case.h"

XG_CASE(cube_map)
{
	GLuint texture, program;
	uint8_t *data = random_bytes(8 * 8 * 4 * 6, 31);

	program =
		make_program("attribute vec4 position; varying vec3 d;"
			     "void main() { gl_Position = position;"
			     " d = vec3(position.xy * 2.0, position.x * position.y * 3.0 - 0.5); }",
			"precision highp float; uniform samplerCube tex; varying vec3 d;"
			"void main() { gl_FragColor = textureCube(tex, d); }");
	glUseProgram(program);
	glGenTextures(1, &texture);
	glBindTexture(GL_TEXTURE_CUBE_MAP, texture);
	glTexParameteri(GL_TEXTURE_CUBE_MAP, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
	for (int face = 0; face < 6; face++) {
		draw_quad();
		say_picture("incomplete");
		DO(glTexImage2D(GL_TEXTURE_CUBE_MAP_POSITIVE_X + (GLenum)face, 0, GL_RGBA, 8, 8, 0,
			GL_RGBA, GL_UNSIGNED_BYTE, data + face * 256));
	}
	draw_quad();
	say_picture("nearest");
	DO(glTexParameteri(GL_TEXTURE_CUBE_MAP, GL_TEXTURE_MIN_FILTER, GL_LINEAR_MIPMAP_LINEAR));
	draw_quad();
	say_picture("no mipmaps");
	DO(glGenerateMipmap(GL_TEXTURE_CUBE_MAP));
	draw_quad();
	say_picture("mipmaps");
	DO(glTexSubImage2D(GL_TEXTURE_CUBE_MAP_NEGATIVE_Z, 0, 2, 2, 4, 4, GL_RGBA, GL_UNSIGNED_BYTE,
		data + 700));
	DO(glTexImage2D(GL_TEXTURE_CUBE_MAP_NEGATIVE_Y, 0, GL_RGBA, 4, 8, 0, GL_RGBA,
		GL_UNSIGNED_BYTE, data));
	DO(glTexImage2D(GL_TEXTURE_CUBE_MAP_NEGATIVE_Y, 0, GL_RGB, 8, 8, 0, GL_RGB,
		GL_UNSIGNED_BYTE, data));
	DO(glGenerateMipmap(GL_TEXTURE_CUBE_MAP));
	draw_quad();
	say_picture("faces differ");
	DO(glTexImage2D(GL_TEXTURE_CUBE_MAP, 0, GL_RGBA, 8, 8, 0, GL_RGBA, GL_UNSIGNED_BYTE, data));
}

/* SPDX-License-Identifier: MIT */
/* Cube map arrays: made in every way, sampled, compared, drawn into, mipmapped. */
#include "../stages.h"

#include <stdio.h>

static void draw(const char *what)
{
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glDrawArrays(GL_TRIANGLE_STRIP, 0, 4));
	say_picture(what);
}

static const char direction[] =
	"vec3 d = vec3(t * 3.0 - 1.5, t.x > 0.5 ? 1.0 : -1.0); if (t.y > 0.5) d = d.zxy;";

static void sample(const char *kind, const char *expression, const char *what)
{
	char declarations[64], body[512];

	snprintf(declarations, sizeof(declarations), "uniform highp %s c;", kind);
	snprintf(body, sizeof(body), "%s\ncolor = vec4(%s);", direction, expression);
	const GLuint program = use_quad(declarations, body);
	draw(what);
	glDeleteProgram(program);
}

static void compressed(void)
{
	const uint8_t *bytes = random_bytes(8 * 6 * 4, 144);
	GLuint texture;

	glGenTextures(1, &texture);
	glBindTexture(GL_TEXTURE_CUBE_MAP_ARRAY, texture);
	glTexParameteri(GL_TEXTURE_CUBE_MAP_ARRAY, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
	DO(glCompressedTexImage3D(GL_TEXTURE_CUBE_MAP_ARRAY, 0, GL_COMPRESSED_RGB8_ETC2, 8, 8, 6, 0,
		8 * 6 * 4, bytes));
	sample("samplerCubeArray", "texture(c, vec4(d, 0.0)).rgb, 1", "compressed");
	DO(glCompressedTexSubImage3D(GL_TEXTURE_CUBE_MAP_ARRAY, 0, 4, 0, 2, 4, 8, 2,
		GL_COMPRESSED_RGB8_ETC2, 8 * 2 * 2, bytes));
	sample("samplerCubeArray", "texture(c, vec4(d, 0.0)).rgb, 1", "a part");
	DO(glCompressedTexImage3D(GL_TEXTURE_CUBE_MAP_ARRAY, 0, GL_COMPRESSED_RGB8_ETC2, 8, 8, 7, 0,
		8 * 7 * 4, NULL));
	glDeleteTextures(1, &texture);
}

static void shadow(void)
{
	GLfloat depths[4 * 4 * 12];
	GLuint texture;

	for (size_t i = 0; i < COUNT(depths); i++)
		depths[i] = (GLfloat)(i % 17) / 17;
	glGenTextures(1, &texture);
	glBindTexture(GL_TEXTURE_CUBE_MAP_ARRAY, texture);
	DO(glTexImage3D(GL_TEXTURE_CUBE_MAP_ARRAY, 0, GL_DEPTH_COMPONENT32F, 4, 4, 12, 0,
		GL_DEPTH_COMPONENT, GL_FLOAT, depths));
	glTexParameteri(GL_TEXTURE_CUBE_MAP_ARRAY, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
	glTexParameteri(GL_TEXTURE_CUBE_MAP_ARRAY, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
	glTexParameteri(
		GL_TEXTURE_CUBE_MAP_ARRAY, GL_TEXTURE_COMPARE_MODE, GL_COMPARE_REF_TO_TEXTURE);
	sample("samplerCubeArrayShadow", "texture(c, vec4(d, 1.0), 0.4)", "shadow");
	glDeleteTextures(1, &texture);
}

static void integers(void)
{
	const uint8_t *bytes = random_bytes(4 * 4 * 6 * 4, 145);
	GLuint texture;

	glGenTextures(1, &texture);
	glBindTexture(GL_TEXTURE_CUBE_MAP_ARRAY, texture);
	DO(glTexStorage3D(GL_TEXTURE_CUBE_MAP_ARRAY, 1, GL_RGBA8UI, 4, 4, 6));
	DO(glTexSubImage3D(GL_TEXTURE_CUBE_MAP_ARRAY, 0, 0, 0, 0, 4, 4, 6, GL_RGBA_INTEGER,
		GL_UNSIGNED_BYTE, bytes));
	glTexParameteri(GL_TEXTURE_CUBE_MAP_ARRAY, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
	glTexParameteri(GL_TEXTURE_CUBE_MAP_ARRAY, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
	sample("usamplerCubeArray", "vec4(texture(c, vec4(d, 0.0))) / 255.0", "integers");
	glDeleteTextures(1, &texture);
}

XG_CASE_ES32(cube_map_array)
{
	const uint8_t *bytes = random_bytes(8 * 8 * 12 * 4, 143);
	GLuint texture, framebuffer;

	glGenTextures(1, &texture);
	DO(glBindTexture(GL_TEXTURE_CUBE_MAP_ARRAY, texture));
	say_integer("bound", GL_TEXTURE_BINDING_CUBE_MAP_ARRAY, 2);
	DO(glTexImage3D(GL_TEXTURE_CUBE_MAP_ARRAY, 0, GL_RGBA8, 8, 8, 12, 0, GL_RGBA,
		GL_UNSIGNED_BYTE, bytes));
	DO(glGenerateMipmap(GL_TEXTURE_CUBE_MAP_ARRAY));
	sample("samplerCubeArray", "texture(c, vec4(d, 0.6))", "mipmapped");
	sample("samplerCubeArray", "textureLod(c, vec4(d, 0.0), 1.5)", "between levels");
	sample("samplerCubeArray", "textureGather(c, vec4(d, 1.0), 1)", "gathered");
	sample("samplerCubeArray", "vec4(textureSize(c, 1), 8) / 16.0", "size");
	DO(glTexSubImage3D(GL_TEXTURE_CUBE_MAP_ARRAY, 0, 2, 2, 5, 4, 4, 3, GL_RGBA,
		GL_UNSIGNED_BYTE, bytes + 100));
	sample("samplerCubeArray", "textureLod(c, vec4(d, 1.0), 0.0)", "a part");
	glGenFramebuffers(1, &framebuffer);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	DO(glFramebufferTextureLayer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, texture, 0, 7));
	glClearColor(1, 0.5f, 0, 1);
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glCopyTexSubImage3D(GL_TEXTURE_CUBE_MAP_ARRAY, 0, 0, 0, 9, 0, 0, 4, 4));
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
	glClearColor(0, 0, 0, 0);
	sample("samplerCubeArray", "textureLod(c, vec4(d, 1.0), 0.0)", "drawn");
	DO(glTexImage3D(GL_TEXTURE_CUBE_MAP_ARRAY, 0, GL_RGBA8, 8, 8, 7, 0, GL_RGBA,
		GL_UNSIGNED_BYTE, NULL));
	DO(glTexImage3D(GL_TEXTURE_CUBE_MAP_ARRAY, 0, GL_RGBA8, 8, 4, 6, 0, GL_RGBA,
		GL_UNSIGNED_BYTE, NULL));
	DO(glTexStorage3D(GL_TEXTURE_CUBE_MAP_ARRAY, 1, GL_RGBA8, 8, 8, 5));
	DO(glBindTexture(GL_TEXTURE_2D_ARRAY, texture));
	glDeleteTextures(1, &texture);
	say_integer("deleted", GL_TEXTURE_BINDING_CUBE_MAP_ARRAY, 2);
	glDeleteFramebuffers(1, &framebuffer);
	compressed();
	shadow();
	integers();
}

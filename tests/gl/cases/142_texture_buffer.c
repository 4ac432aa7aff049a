/* SPDX-License-Identifier: MIT */
/* Buffer textures: formats, parts of buffers, and what becomes of a buffer that is deleted. */
#include "../stages.h"

#include <stdio.h>

static const struct {
	GLenum format;
	const char *kind; /* of the sampler */
} formats[] = {
	{GL_R8, ""},
	{GL_R16F, ""},
	{GL_R32F, ""},
	{GL_R8I, "i"},
	{GL_R16I, "i"},
	{GL_R32I, "i"},
	{GL_R8UI, "u"},
	{GL_R16UI, "u"},
	{GL_R32UI, "u"},
	{GL_RG8, ""},
	{GL_RG16F, ""},
	{GL_RG32F, ""},
	{GL_RG8I, "i"},
	{GL_RG16I, "i"},
	{GL_RG32I, "i"},
	{GL_RG8UI, "u"},
	{GL_RG16UI, "u"},
	{GL_RG32UI, "u"},
	{GL_RGB32F, ""},
	{GL_RGB32I, "i"},
	{GL_RGB32UI, "u"},
	{GL_RGBA8, ""},
	{GL_RGBA16F, ""},
	{GL_RGBA32F, ""},
	{GL_RGBA8I, "i"},
	{GL_RGBA16I, "i"},
	{GL_RGBA32I, "i"},
	{GL_RGBA8UI, "u"},
	{GL_RGBA16UI, "u"},
	{GL_RGBA32UI, "u"},
	/* Not of a buffer. */
	{GL_RGB8, ""},
	{GL_RGB565, ""},
	{GL_DEPTH_COMPONENT16, ""},
	{GL_RGBA, ""},
	{GL_COMPRESSED_RGB8_ETC2, ""},
	{0, ""},
};
enum { SIZE = 4096 };

static void draw(const char *what)
{
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glDrawArrays(GL_TRIANGLE_STRIP, 0, 4));
	say_picture(what);
}

static GLuint use_fetch(const char *kind)
{
	char declarations[64], body[256];

	snprintf(declarations, sizeof(declarations), "uniform highp %ssamplerBuffer b;", kind);
	snprintf(body, sizeof(body),
		"int at = int(gl_FragCoord.x) + int(gl_FragCoord.y) * 32;\n"
		"%svec4 v = texelFetch(b, at %% 1024);\n"
		"color = vec4(v) %s + vec4(0, 0, 0, float(textureSize(b)) / 4096.0);",
		kind, *kind ? "/ 256.0" : "");
	return use_quad(declarations, body);
}

static void draw_formats(GLuint buffer)
{
	const GLuint programs[] = {use_fetch(""), use_fetch("i"), use_fetch("u")};

	for (size_t i = 0; i < COUNT(formats); i++) {
		glUseProgram(programs[*formats[i].kind == 'i'	? 1
				      : *formats[i].kind == 'u' ? 2
								: 0]);
		DO(glTexBuffer(GL_TEXTURE_BUFFER, formats[i].format, buffer));
		say("format 0x%04x", formats[i].format);
		draw("all");
		DO(glTexBufferRange(GL_TEXTURE_BUFFER, formats[i].format, buffer, 256, 1000));
		draw("a part");
	}
	for (size_t i = 0; i < COUNT(programs); i++)
		glDeleteProgram(programs[i]);
}

static void say_levels(void)
{
	static const GLenum pnames[] = {GL_TEXTURE_WIDTH, GL_TEXTURE_HEIGHT, GL_TEXTURE_DEPTH,
		GL_TEXTURE_INTERNAL_FORMAT, GL_TEXTURE_BUFFER_DATA_STORE_BINDING,
		GL_TEXTURE_BUFFER_OFFSET, GL_TEXTURE_BUFFER_SIZE, GL_TEXTURE_RED_SIZE};
	GLint value;

	for (size_t i = 0; i < COUNT(pnames); i++) {
		untouched(&value, sizeof(value));
		DO(glGetTexLevelParameteriv(GL_TEXTURE_BUFFER, 0, pnames[i], &value));
		say_ints("value", &value, 1);
	}
}

static void refuse(GLuint buffer)
{
	GLint value;

	DO(glTexBuffer(GL_TEXTURE_2D, GL_RGBA8, buffer));
	DO(glTexBuffer(GL_TEXTURE_BUFFER, GL_RGBA8, 4711));
	DO(glTexBufferRange(GL_TEXTURE_BUFFER, GL_RGBA8, buffer, -16, 16));
	DO(glTexBufferRange(GL_TEXTURE_BUFFER, GL_RGBA8, buffer, 0, 0));
	DO(glTexBufferRange(GL_TEXTURE_BUFFER, GL_RGBA8, buffer, 0, -1));
	DO(glTexBufferRange(GL_TEXTURE_BUFFER, GL_RGBA8, buffer, 0, SIZE + 1));
	DO(glTexBufferRange(GL_TEXTURE_BUFFER, GL_RGBA8, buffer, SIZE, 16));
	DO(glTexBufferRange(GL_TEXTURE_BUFFER, GL_RGBA8, buffer, 3, 16));
	DO(glTexBufferRange(GL_TEXTURE_BUFFER, GL_RGBA8, 0, -5, -5));
	DO(glTexParameteri(GL_TEXTURE_BUFFER, GL_TEXTURE_MIN_FILTER, GL_NEAREST));
	DO(glGetTexParameteriv(GL_TEXTURE_BUFFER, GL_TEXTURE_MIN_FILTER, &value));
	DO(glGenerateMipmap(GL_TEXTURE_BUFFER));
	DO(glTexImage2D(GL_TEXTURE_BUFFER, 0, GL_RGBA, 4, 4, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL));
	DO(glBindTexture(GL_TEXTURE_2D, 1));
}

/* The texture keeps its buffer. */
static void delete_used(GLuint buffer)
{
	uint8_t *bytes = random_bytes(SIZE, 143);
	GLuint other;

	use_fetch("");
	DO(glTexBuffer(GL_TEXTURE_BUFFER, GL_RGBA8, buffer));
	DO(glDeleteBuffers(1, &buffer));
	ASK(glIsBuffer(buffer));
	draw("of a deleted buffer");
	say_levels();
	glGenBuffers(1, &other);
	glBindBuffer(GL_TEXTURE_BUFFER, other);
	glBufferData(GL_TEXTURE_BUFFER, SIZE, bytes, GL_STATIC_DRAW);
	draw("still of a deleted buffer");
	DO(glTexBuffer(GL_TEXTURE_BUFFER, GL_RGBA8, other));
	draw("of another buffer");
	glBufferSubData(GL_TEXTURE_BUFFER, 16, 512, bytes + 1024);
	draw("changed");
	uint8_t *mapped = glMapBufferRange(GL_TEXTURE_BUFFER, 1024, 256, GL_MAP_WRITE_BIT);
	memset(mapped, 77, 128);
	DO(glUnmapBuffer(GL_TEXTURE_BUFFER));
	draw("mapped");
	glBufferData(GL_TEXTURE_BUFFER, 1024, bytes + 2048, GL_STATIC_DRAW);
	draw("smaller");
	say_levels();
	glBufferData(GL_TEXTURE_BUFFER, 0, NULL, GL_STATIC_DRAW);
	draw("empty");
	DO(glTexBuffer(GL_TEXTURE_BUFFER, GL_RGBA8, 0));
	draw("none");
	say_levels();
	glDeleteBuffers(1, &other);
}

XG_CASE_ES32(texture_buffer)
{
	uint8_t *bytes = random_bytes(SIZE, 142);
	GLuint buffer, texture;

	say_integer("alignment", GL_TEXTURE_BUFFER_OFFSET_ALIGNMENT, 2);
	say_integer("size", GL_MAX_TEXTURE_BUFFER_SIZE, 2);
	glGenBuffers(1, &buffer);
	DO(glBindBuffer(GL_TEXTURE_BUFFER, buffer));
	say_integer("buffer", GL_TEXTURE_BUFFER_BINDING, 2);
	DO(glBufferData(GL_TEXTURE_BUFFER, SIZE, bytes, GL_STATIC_DRAW));
	glGenTextures(1, &texture);
	DO(glBindTexture(GL_TEXTURE_BUFFER, texture));
	say_integer("texture", GL_TEXTURE_BINDING_BUFFER, 2);
	say_levels();
	draw_formats(buffer);
	say_levels();
	refuse(buffer);
	delete_used(buffer);
	/* A vertex shader's, and the default texture. */
	DO(glBindTexture(GL_TEXTURE_BUFFER, 0));
	glGenBuffers(1, &buffer);
	glBindBuffer(GL_ARRAY_BUFFER, buffer);
	glBufferData(GL_ARRAY_BUFFER, 32, (const GLfloat[]){-1, -1, 1, -1, -1, 1, 0.5f, 0.5f},
		GL_STATIC_DRAW);
	DO(glTexBuffer(GL_TEXTURE_BUFFER, GL_RG32F, buffer));
	const GLuint program =
		LINK({GL_VERTEX_SHADER,
			     ES32 "uniform highp samplerBuffer b; void main() {\n"
				  "  gl_Position = vec4(texelFetch(b, gl_VertexID).xy, 0, 1); }"},
			{GL_FRAGMENT_SHADER, ES32
				"out vec4 color; void main() { color = vec4(1, 0.5, 0, 1); }"});
	glUseProgram(program);
	draw("vertices");
	DO(glDeleteBuffers(1, &buffer));
	DO(glDeleteTextures(1, &texture));
	draw("vertices");
}

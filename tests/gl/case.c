/* SPDX-License-Identifier: MIT */
/* See case.h: the transcript, and pieces that many cases want. */
#include "case.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void say(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
}

static const struct {
	GLenum value;
	const char *name;
} names[] = {
	{GL_NO_ERROR, "NO_ERROR"},
	{GL_INVALID_ENUM, "INVALID_ENUM"},
	{GL_INVALID_VALUE, "INVALID_VALUE"},
	{GL_INVALID_OPERATION, "INVALID_OPERATION"},
	{GL_OUT_OF_MEMORY, "OUT_OF_MEMORY"},
	{GL_INVALID_FRAMEBUFFER_OPERATION, "INVALID_FRAMEBUFFER_OPERATION"},
	{GL_FRAMEBUFFER_COMPLETE, "COMPLETE"},
	{GL_FRAMEBUFFER_INCOMPLETE_ATTACHMENT, "INCOMPLETE_ATTACHMENT"},
	{GL_FRAMEBUFFER_INCOMPLETE_MISSING_ATTACHMENT, "INCOMPLETE_MISSING_ATTACHMENT"},
	{GL_FRAMEBUFFER_INCOMPLETE_DIMENSIONS, "INCOMPLETE_DIMENSIONS"},
	{GL_FRAMEBUFFER_UNSUPPORTED, "UNSUPPORTED"},
};

const char *enum_name(GLenum value)
{
	/* One line says up to two. */
	static char buffers[2][16];
	static unsigned next;
	char *const buffer = buffers[next++ % 2];

	for (size_t i = 0; i < COUNT(names); i++) {
		if (names[i].value == value)
			return names[i].name;
	}
	snprintf(buffer, sizeof(buffers[0]), "0x%04x", value);
	return buffer;
}

/* Several errors may wait (GLES 2.0, section 2.5): says them all. */
static void say_errors(void)
{
	GLenum error = glGetError();

	printf("%s", enum_name(error));
	for (int i = 0; error && i < 4; i++) {
		error = glGetError();
		if (error)
			printf(" %s", enum_name(error));
	}
	putchar('\n');
}

void say_step(const char *call)
{
	printf("%s: ", call);
	say_errors();
}

void say_result(const char *call, long long result)
{
	printf("%s = %lld: ", call, result);
	say_errors();
}

void say_error(const char *where)
{
	GLenum error = glGetError();

	if (error)
		say("%s: error %s", where, enum_name(error));
}

void untouched(void *data, size_t size)
{
	memset(data, 0xa5, size);
}

void say_ints(const char *what, const GLint *values, int count)
{
	printf("%s:", what);
	for (int i = 0; i < count; i++)
		printf((GLuint)values[i] == 0xa5a5a5a5 ? " -" : " %d", values[i]);
	putchar('\n');
}

void say_floats(const char *what, const GLfloat *values, int count)
{
	GLuint bits;

	printf("%s:", what);
	for (int i = 0; i < count; i++) {
		memcpy(&bits, &values[i], sizeof(bits));
		if (bits == 0xa5a5a5a5)
			printf(" -");
		else
			printf(" %.9g", (double)values[i]);
	}
	putchar('\n');
}

void say_bytes(const char *what, const void *data, size_t size)
{
	printf("%s:", what);
	for (size_t i = 0; i < size; i++)
		printf("%s%02x", i % 4 ? "" : " ", ((const uint8_t *)data)[i]);
	putchar('\n');
}

uint32_t checksum(const void *data, size_t size)
{
	uint32_t sum = 0xffffffff;

	for (size_t i = 0; i < size; i++) {
		sum ^= ((const uint8_t *)data)[i];
		for (int bit = 0; bit < 8; bit++)
			sum = sum >> 1 ^ (sum & 1 ? 0xedb88320 : 0);
	}
	return ~sum;
}

void say_data(const char *what, const void *data, size_t size)
{
	say("%s: %zu bytes, checksum %08x", what, size, checksum(data, size));
	if (size <= 64)
		say_bytes(what, data, size);
}

void say_pixels(const char *what, int x, int y, int width, int height)
{
	const size_t size = (size_t)width * (size_t)height * 4;
	uint8_t *pixels = malloc(size);

	untouched(pixels, size);
	glPixelStorei(GL_PACK_ALIGNMENT, 4);
	glReadPixels(x, y, width, height, GL_RGBA, GL_UNSIGNED_BYTE, pixels);
	say_error("glReadPixels");
	say_data(what, pixels, size);
	if (size > 64)
		say_bytes("  middle", pixels + size / 8 * 4, 4);
	free(pixels);
}

void say_picture(const char *what)
{
	say_pixels(what, 0, 0, XG_CASE_SIZE, XG_CASE_SIZE);
}

void say_buffer(const char *what, GLenum target, GLsizeiptr size)
{
	const void *map = glMapBufferRange(target, 0, size, GL_MAP_READ_BIT);

	say_error("glMapBufferRange");
	if (map)
		say_data(what, map, (size_t)size);
	glUnmapBuffer(target);
	say_error("glUnmapBuffer");
}

void fill(void *data, size_t size, uint32_t seed)
{
	uint32_t state = seed * 2654435761u + 1;

	for (size_t i = 0; i < size; i++) {
		state = state * 1664525u + 1013904223u;
		((uint8_t *)data)[i] = (uint8_t)(state >> 24);
	}
}

/* What random_bytes gave, so that it can be freed at the end. */
static struct kept {
	struct kept *next;
	_Alignas(16) uint8_t bytes[];
} * kept;

void *random_bytes(size_t size, uint32_t seed)
{
	struct kept *one = malloc(sizeof(*one) + size);

	one->next = kept;
	kept = one;
	fill(one->bytes, size, seed);
	return one->bytes;
}

void free_random_bytes(void)
{
	while (kept) {
		struct kept *next = kept->next;
		free(kept);
		kept = next;
	}
}

GLuint make_shader(GLenum type, const char *source)
{
	GLuint shader = glCreateShader(type);
	GLint status = 0;
	char log[2048];
	GLsizei length = -1;

	glShaderSource(shader, 1, &source, NULL);
	glCompileShader(shader);
	glGetShaderiv(shader, GL_COMPILE_STATUS, &status);
	glGetShaderInfoLog(shader, sizeof(log), &length, log);
	if (!status || length)
		say("shader: status %d, log (%d) %s", status, length, log);
	say_error("make_shader");
	return shader;
}

GLuint make_program(const char *vertex, const char *fragment)
{
	GLuint program = glCreateProgram();
	GLuint vs = make_shader(GL_VERTEX_SHADER, vertex);
	GLuint fs = make_shader(GL_FRAGMENT_SHADER, fragment);
	GLint status = 0;
	char log[2048];
	GLsizei length = -1;

	glAttachShader(program, vs);
	glAttachShader(program, fs);
	glBindAttribLocation(program, 0, "position");
	glBindAttribLocation(program, 1, "color");
	glBindAttribLocation(program, 2, "texcoord");
	glLinkProgram(program);
	glDeleteShader(vs);
	glDeleteShader(fs);
	glGetProgramiv(program, GL_LINK_STATUS, &status);
	glGetProgramInfoLog(program, sizeof(log), &length, log);
	if (!status || length)
		say("program: status %d, log (%d) %s", status, length, log);
	say_error("make_program");
	return status ? program : 0;
}

GLuint use_flat(float r, float g, float b, float a)
{
	GLuint program = make_program("attribute vec4 position;\n"
				      "void main() { gl_Position = position; gl_PointSize = 5.0; }",
		"precision highp float;\n"
		"uniform vec4 color;\n"
		"void main() { gl_FragColor = color; }");

	glUseProgram(program);
	glUniform4f(glGetUniformLocation(program, "color"), r, g, b, a);
	say_error("use_flat");
	return program;
}

GLuint use_colored(void)
{
	GLuint program = make_program("attribute vec4 position, color;\n"
				      "varying vec4 c;\n"
				      "void main() { gl_Position = position; c = color; }",
		"precision highp float;\n"
		"varying vec4 c;\n"
		"void main() { gl_FragColor = c; }");

	glUseProgram(program);
	say_error("use_colored");
	return program;
}

GLuint use_textured(void)
{
	GLuint program = make_program("attribute vec4 position;\n"
				      "attribute vec2 texcoord;\n"
				      "varying vec2 t;\n"
				      "void main() { gl_Position = position; t = texcoord; }",
		"precision highp float;\n"
		"uniform sampler2D tex;\n"
		"varying vec2 t;\n"
		"void main() { gl_FragColor = texture2D(tex, t); }");

	glUseProgram(program);
	glUniform1i(glGetUniformLocation(program, "tex"), 0);
	say_error("use_textured");
	return program;
}

void draw_rectangle(float x0, float y0, float x1, float y1, float z)
{
	const GLfloat position[] = {x0, y0, z, x1, y0, z, x0, y1, z, x1, y1, z};
	static const GLfloat texcoord[] = {0, 0, 1, 0, 0, 1, 1, 1};

	glBindBuffer(GL_ARRAY_BUFFER, 0);
	glVertexAttribPointer(0, 3, GL_FLOAT, GL_FALSE, 0, position);
	glVertexAttribPointer(2, 2, GL_FLOAT, GL_FALSE, 0, texcoord);
	glEnableVertexAttribArray(0);
	glEnableVertexAttribArray(2);
	glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
	glDisableVertexAttribArray(0);
	glDisableVertexAttribArray(2);
	say_error("draw_rectangle");
}

void draw_quad(void)
{
	draw_rectangle(-1, -1, 1, 1, 0);
}

GLuint make_texture(void)
{
	GLuint texture;

	glGenTextures(1, &texture);
	glBindTexture(GL_TEXTURE_2D, texture);
	glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
	glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
	glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
	glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
	say_error("make_texture");
	return texture;
}

GLuint make_framebuffer(int width, int height)
{
	GLuint texture = make_texture(), framebuffer;

	glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
	glGenFramebuffers(1, &framebuffer);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture, 0);
	say("framebuffer: %s", enum_name(glCheckFramebufferStatus(GL_FRAMEBUFFER)));
	say_error("make_framebuffer");
	return texture;
}

bool has_extension(const char *name)
{
	const char *all = (const char *)glGetString(GL_EXTENSIONS);
	const size_t length = strlen(name);

	for (const char *at = all; at && (at = strstr(at, name)); at += length) {
		if ((at == all || at[-1] == ' ') && (at[length] == ' ' || !at[length]))
			return true;
	}
	return false;
}

void need_extension(const char *name)
{
	if (has_extension(name))
		return;
	say("no %s", name);
	fflush(stdout);
	exit(0);
}

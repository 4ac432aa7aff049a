/* SPDX-License-Identifier: MIT */
/* Images and buffers that are larger than what the stack carries at once: sent and read back whole,
 * as the pixel store says, partly outside, and refused. */
#include "../case.h"

enum { WIDTH = 1000, HEIGHT = 1100, DEPTH = 9 };

static void sub_images(const uint8_t *data)
{
	DO(glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, WIDTH, HEIGHT, GL_RGBA, GL_UNSIGNED_BYTE, data));
	say_pixels("whole", 0, 0, WIDTH, HEIGHT);
	glPixelStorei(GL_UNPACK_ROW_LENGTH, WIDTH + 3);
	glPixelStorei(GL_UNPACK_SKIP_ROWS, 2);
	glPixelStorei(GL_UNPACK_SKIP_PIXELS, 5);
	DO(glTexSubImage2D(
		GL_TEXTURE_2D, 0, 1, 3, WIDTH - 2, HEIGHT - 4, GL_RGBA, GL_UNSIGNED_BYTE, data));
	say_pixels("loose", 0, 0, WIDTH, HEIGHT);
	glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
	glPixelStorei(GL_UNPACK_SKIP_ROWS, 0);
	glPixelStorei(GL_UNPACK_SKIP_PIXELS, 0);
	/* Each of which has parts that fit. */
	DO(glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 1, WIDTH, HEIGHT, GL_RGBA, GL_UNSIGNED_BYTE, data));
	DO(glTexSubImage2D(
		GL_TEXTURE_2D, 0, 0, -1, WIDTH, HEIGHT, GL_RGBA, GL_UNSIGNED_BYTE, data));
	DO(glTexSubImage2D(GL_TEXTURE_2D, 0, 1, 0, WIDTH, HEIGHT, GL_RGBA, GL_UNSIGNED_BYTE, data));
	DO(glTexSubImage2D(
		GL_TEXTURE_2D, 0, 0, 0, WIDTH, HEIGHT, GL_RGBA_INTEGER, GL_UNSIGNED_BYTE, data));
	DO(glTexSubImage2D(GL_TEXTURE_2D, 1, 0, 0, WIDTH, HEIGHT, GL_RGBA, GL_UNSIGNED_BYTE, data));
	say_pixels("unchanged", 0, 0, WIDTH, HEIGHT);
}

static void say_layer(const char *what, GLuint texture, GLint layer, GLsizei width, GLsizei height)
{
	DO(glFramebufferTextureLayer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, texture, 0, layer));
	say_pixels(what, 0, 0, width, height);
}

static void slices(const uint8_t *data)
{
	enum { SIDE = 300 };
	GLuint texture;

	glGenTextures(1, &texture);
	glBindTexture(GL_TEXTURE_3D, texture);
	DO(glTexStorage3D(GL_TEXTURE_3D, 1, GL_RGBA8, SIDE, SIDE, DEPTH));
	DO(glTexSubImage3D(
		GL_TEXTURE_3D, 0, 0, 0, 0, SIDE, SIDE, DEPTH, GL_RGBA, GL_UNSIGNED_BYTE, data));
	glPixelStorei(GL_UNPACK_IMAGE_HEIGHT, SIDE + 1);
	glPixelStorei(GL_UNPACK_SKIP_IMAGES, 1);
	DO(glTexSubImage3D(GL_TEXTURE_3D, 0, 10, 20, 1, SIDE - 10, SIDE - 20, DEPTH - 2, GL_RGBA,
		GL_UNSIGNED_BYTE, data));
	glPixelStorei(GL_UNPACK_IMAGE_HEIGHT, 0);
	DO(glTexSubImage3D(GL_TEXTURE_3D, 0, 30, 40, 2, SIDE - 30, SIDE - 40, DEPTH - 3, GL_RGBA,
		GL_UNSIGNED_BYTE, data));
	glPixelStorei(GL_UNPACK_SKIP_IMAGES, 0);
	DO(glTexSubImage3D(
		GL_TEXTURE_3D, 0, 0, 0, 1, SIDE, SIDE, DEPTH, GL_RGBA, GL_UNSIGNED_BYTE, data + 1));
	for (GLint layer = 0; layer < DEPTH; layer++)
		say_layer("layer", texture, layer, SIDE, SIDE);
}

/* What is outside stays as it was. */
static void read_beyond(void)
{
	enum { ROWS = HEIGHT + 90, COLUMNS = WIDTH + 20 };
	uint8_t *pixels = random_bytes((size_t)ROWS * COLUMNS * 4, 3);

	DO(glReadPixels(-9, -40, COLUMNS, ROWS, GL_RGBA, GL_UNSIGNED_BYTE, pixels));
	say_data("beyond", pixels, (size_t)ROWS * COLUMNS * 4);
	fill(pixels, (size_t)ROWS * COLUMNS * 4, 4);
	glPixelStorei(GL_PACK_ROW_LENGTH, COLUMNS);
	glPixelStorei(GL_PACK_SKIP_ROWS, 3);
	glPixelStorei(GL_PACK_SKIP_PIXELS, 7);
	DO(glReadPixels(0, 0, WIDTH, HEIGHT, GL_RGBA, GL_UNSIGNED_BYTE, pixels));
	say_data("loose", pixels, (size_t)ROWS * COLUMNS * 4);
	DO(glReadPixels(0, 0, WIDTH, HEIGHT, GL_RGB, GL_UNSIGNED_SHORT_4_4_4_4, pixels));
	say_data("refused", pixels, (size_t)ROWS * COLUMNS * 4);
	glPixelStorei(GL_PACK_ROW_LENGTH, 0);
	glPixelStorei(GL_PACK_SKIP_ROWS, 0);
	glPixelStorei(GL_PACK_SKIP_PIXELS, 0);
}

/* Again and again: now and then by another way, which is to leave as much as it was. */
static void read_often(void)
{
	enum { SIDE = 130, TIMES = 40 };
	uint8_t *pixels = random_bytes((size_t)SIDE * SIDE * 4, 5);

	for (GLint i = 0; i < TIMES; i++) {
		fill(pixels, (size_t)SIDE * SIDE * 4, (uint32_t)i);
		DO(glReadPixels(i % 3 ? 7 * i : -i, i % 4 ? 9 * i : HEIGHT - SIDE + i, SIDE, SIDE,
			GL_RGBA, GL_UNSIGNED_BYTE, pixels));
		say_data("often", pixels, (size_t)SIDE * SIDE * 4);
	}
}

static void buffers(const uint8_t *data)
{
	const GLsizeiptr size = (GLsizeiptr)WIDTH * HEIGHT * 4;
	GLuint buffer;

	glGenBuffers(1, &buffer);
	glBindBuffer(GL_PIXEL_PACK_BUFFER, buffer);
	glBufferData(GL_PIXEL_PACK_BUFFER, size, NULL, GL_STREAM_READ);
	for (int i = 0; i < 3; i++) {
		DO(glReadPixels(0, 0, WIDTH, HEIGHT - i, GL_RGBA, GL_UNSIGNED_BYTE, NULL));
		say_buffer("packed", GL_PIXEL_PACK_BUFFER, size);
		DO(glBufferSubData(GL_PIXEL_PACK_BUFFER, 77 + i, size - 99, data));
		say_buffer("written", GL_PIXEL_PACK_BUFFER, size);
		DO(glBufferSubData(GL_PIXEL_PACK_BUFFER, 100, size - 99, data));
	}
	DO(glBufferData(GL_PIXEL_PACK_BUFFER, size, data, GL_STREAM_READ));
	say_buffer("made", GL_PIXEL_PACK_BUFFER, size);
	DO(glBufferData(GL_PIXEL_PACK_BUFFER, size - 7, data + 1, GL_RGBA));
	DO(glBufferData(GL_PIXEL_PACK_BUFFER, -size, data + 1, GL_STREAM_READ));
	say_buffer("unchanged", GL_PIXEL_PACK_BUFFER, size);
	glBindBuffer(GL_PIXEL_PACK_BUFFER, 0);
	DO(glBufferData(GL_PIXEL_PACK_BUFFER, size, data, GL_STREAM_READ));
}

XG_CASE_ES3(bands)
{
	uint8_t *data = random_bytes((size_t)(WIDTH + 9) * (HEIGHT + 9) * 4, 188);
	const GLuint texture = make_framebuffer(WIDTH, HEIGHT);

	sub_images(data);
	read_beyond();
	slices(data);
	glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture, 0);
	read_often();
	buffers(data);
}

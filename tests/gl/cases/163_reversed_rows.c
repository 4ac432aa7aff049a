/* SPDX-License-Identifier: MIT */
/* ANGLE_pack_reverse_row_order: what is read goes to memory, or to a buffer, from the last row to
 * the first. */
#include "../case.h"

#define REVERSE GL_PACK_REVERSE_ROW_ORDER_ANGLE

static void say_state(void)
{
	GLint i = 7;
	GLfloat f = 7;
	GLboolean b = 7;

	glGetIntegerv(REVERSE, &i);
	glGetFloatv(REVERSE, &f);
	glGetBooleanv(REVERSE, &b);
	say("%d %g %d", i, f, b);
	say_error("state");
}

/* With every pixel store parameter that matters. The driver skips rows, and clips, in the wrong
 * direction if they are reversed: then it writes where it must not. */
static void say_memory(const char *what, size_t count)
{
	static const struct {
		GLint alignment, row_length, skip_pixels, skip_rows, x, y;
	} stores[] = {{4, 0, 0, 0, 3, 2}, {8, 0, 0, 0, 3, 2}, {1, 9, 0, 0, 3, 2},
		{4, 9, 2, 0, 3, 2}, {4, 9, 2, 3, 3, 2}, {4, 0, 0, 0, -2, -1}, {4, 0, 0, 0, 29, 30}};
	uint8_t pixels[2048];

	say("%s", what);
	for (size_t i = 0; i < count; i++) {
		glPixelStorei(GL_PACK_ALIGNMENT, stores[i].alignment);
		glPixelStorei(GL_PACK_ROW_LENGTH, stores[i].row_length);
		glPixelStorei(GL_PACK_SKIP_PIXELS, stores[i].skip_pixels);
		glPixelStorei(GL_PACK_SKIP_ROWS, stores[i].skip_rows);
		untouched(pixels, sizeof(pixels));
		DO(glReadPixels(
			stores[i].x, stores[i].y, 5, 6, GL_RGBA, GL_UNSIGNED_BYTE, pixels + 512));
		say_data("memory", pixels, sizeof(pixels));
	}
	glPixelStorei(GL_PACK_ALIGNMENT, 4);
	glPixelStorei(GL_PACK_ROW_LENGTH, 0);
	glPixelStorei(GL_PACK_SKIP_PIXELS, 0);
	glPixelStorei(GL_PACK_SKIP_ROWS, 0);
}

static void say_packed(void)
{
	static const struct {
		GLint width, height, row_length;
		GLintptr offset;
		GLenum format;
	} reads[] = {{5, 6, 0, 0, GL_RGBA}, {5, 6, 8, 16, GL_RGBA}, {5, 6, 0, 1024, GL_RGBA},
		{5, 6, 0, 4, 0x1234}, {-1, 6, 0, 4, GL_RGBA}, {5, -1, 0, 4, GL_RGBA},
		{0, 6, 0, 4, GL_RGBA}};
	GLuint buffer;

	glGenBuffers(1, &buffer);
	glBindBuffer(GL_PIXEL_PACK_BUFFER, buffer);
	glBufferData(GL_PIXEL_PACK_BUFFER, 512, random_bytes(512, 163), GL_STREAM_READ);
	for (size_t i = 0; i < COUNT(reads); i++) {
		glPixelStorei(GL_PACK_ROW_LENGTH, reads[i].row_length);
		DO(glReadPixels(3, 2, reads[i].width, reads[i].height, reads[i].format,
			GL_UNSIGNED_BYTE, (void *)reads[i].offset));
		say_buffer("buffer", GL_PIXEL_PACK_BUFFER, 512);
	}
	glPixelStorei(GL_PACK_ROW_LENGTH, 0);
	glBindBuffer(GL_PIXEL_PACK_BUFFER, 0);
	glDeleteBuffers(1, &buffer);
}

XG_CASE_ES3(reversed_rows)
{
	uint8_t pixels[5 * 6 * 4 + 8];

	say("%d", has_extension("GL_ANGLE_pack_reverse_row_order"));
	use_textured();
	make_texture();
	glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 32, 32, 0, GL_RGBA, GL_UNSIGNED_BYTE,
		random_bytes(4096, 164));
	draw_quad();
	say_state();
	say_memory("in order", 7);
	DO(glPixelStorei(REVERSE, GL_TRUE));
	say_state();
	say_memory("reversed", 4);
	say_packed();
	static uint8_t large[1200 * 1000];
	glPixelStorei(GL_PACK_ROW_LENGTH, 9000);
	untouched(large, sizeof(large));
	DO(glReadPixels(0, 0, 32, 32, GL_RGBA, GL_UNSIGNED_BYTE, large));
	say_data("far apart", large, sizeof(large));
	glPixelStorei(GL_PACK_ROW_LENGTH, 0);
	PROC(PFNGLREADNPIXELSEXTPROC, glReadnPixelsEXT);
	untouched(pixels, sizeof(pixels));
	DO(glReadnPixelsEXT(1, 1, 5, 6, GL_RGBA, GL_UNSIGNED_BYTE, 5 * 6 * 4, pixels));
	say_data("bounded", pixels, sizeof(pixels));
	DO(glPixelStorei(REVERSE, 0));
	say_state();
}

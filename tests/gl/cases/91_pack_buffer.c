/* SPDX-License-Identifier: MIT */
/* glReadPixels into a pixel pack buffer, and how the pixel store lays it. */
#include "../case.h"

#define AT(offset) ((void *)(uintptr_t)(offset))

XG_CASE_ES3(pack_buffer)
{
	static const GLint stores[][4] = {{4, 0, 0, 0}, {1, 0, 0, 0}, {8, 13, 3, 2}, {2, 9, 0, 1}};
	uint8_t zeros[4096] = {0}, memory[4096], *map;
	GLuint buffer, value = 0;

	use_flat(0.25f, 0.5f, 0.75f, 1);
	draw_rectangle(-0.5f, -1, 0.25f, 0.5f, 0);
	glGenBuffers(1, &buffer);
	glBindBuffer(GL_PIXEL_PACK_BUFFER, buffer);
	for (size_t i = 0; i < COUNT(stores); i++) {
		glPixelStorei(GL_PACK_ALIGNMENT, stores[i][0]);
		glPixelStorei(GL_PACK_ROW_LENGTH, stores[i][1]);
		glPixelStorei(GL_PACK_SKIP_PIXELS, stores[i][2]);
		glPixelStorei(GL_PACK_SKIP_ROWS, stores[i][3]);
		glBindBuffer(GL_PIXEL_PACK_BUFFER, 0);
		memset(memory, 0, sizeof(memory));
		DO(glReadPixels(5, 9, 7, 11, GL_RGBA, GL_UNSIGNED_BYTE, memory + 12));
		say_data("memory", memory, sizeof(memory));
		glBindBuffer(GL_PIXEL_PACK_BUFFER, buffer);
		glBufferData(GL_PIXEL_PACK_BUFFER, sizeof(zeros), zeros, GL_STREAM_READ);
		say_buffer("before", GL_PIXEL_PACK_BUFFER, sizeof(zeros));
		DO(glReadPixels(5, 9, 7, 11, GL_RGBA, GL_UNSIGNED_BYTE, AT(12)));
		say_buffer("buffer", GL_PIXEL_PACK_BUFFER, sizeof(zeros));
		DO(glReadPixels(-3, 28, 8, 8, GL_RGBA, GL_UNSIGNED_BYTE, AT(4)));
		say_buffer("partly outside", GL_PIXEL_PACK_BUFFER, sizeof(zeros));
	}
	glPixelStorei(GL_PACK_ALIGNMENT, 4);
	glPixelStorei(GL_PACK_ROW_LENGTH, 0);
	glPixelStorei(GL_PACK_SKIP_PIXELS, 0);
	glPixelStorei(GL_PACK_SKIP_ROWS, 0);
	DO(glReadPixels(0, 0, 32, 32, GL_RGBA, GL_UNSIGNED_BYTE, AT(0)));
	DO(glReadPixels(0, 0, 32, 32, GL_RGBA, GL_UNSIGNED_BYTE, AT(4)));
	DO(glReadPixels(0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, AT(4096)));
	DO(glReadPixels(0, 0, -1, 1, GL_RGBA, GL_UNSIGNED_BYTE, AT(0)));
	DO(glReadPixels(0, 0, 1, 1, GL_RGBA, GL_FLOAT_MAT2, AT(0)));
	DO(glReadPixels(0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, AT(UINTPTR_MAX)));
	map = glMapBufferRange(GL_PIXEL_PACK_BUFFER, 8, 64, GL_MAP_READ_BIT);
	say_data("a part", map, 64);
	DO(glReadPixels(0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, AT(0)));
	DO(glUnmapBuffer(GL_PIXEL_PACK_BUFFER));
	/* The pixels are vertices next. */
	glBindBuffer(GL_COPY_READ_BUFFER, buffer);
	glBindBuffer(GL_PIXEL_PACK_BUFFER, 0);
	say_buffer("elsewhere", GL_COPY_READ_BUFFER, 256);
	DO(glReadPixels(16, 10, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, &value));
	say("pixel %08x", value);
	if (!has_extension("GL_KHR_robustness"))
		return;
	PROC(PFNGLREADNPIXELSKHRPROC, glReadnPixelsKHR);
	glBindBuffer(GL_PIXEL_PACK_BUFFER, buffer);
	DO(glReadnPixelsKHR(0, 0, 4, 4, GL_RGBA, GL_UNSIGNED_BYTE, 16, AT(0)));
	DO(glReadnPixelsKHR(0, 0, 4, 4, GL_RGBA, GL_UNSIGNED_BYTE, 64, AT(4090)));
}

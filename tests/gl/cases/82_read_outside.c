/* SPDX-License-Identifier: MIT */
/* glReadPixels partly outside of the framebuffer: what lies there is left alone in memory. */
#include "../case.h"

#include <GLES3/gl3.h>
#include <stdlib.h>

static void read_boxes(const char *where)
{
	static const GLint boxes[][4] = {{-4, -4, 40, 40}, {28, 27, 8, 8}, {-3, 5, 5, 4},
		{5, 30, 4, 9}, {40, 40, 4, 4}, {-8, 0, 8, 8}, {-2000, 3, 4000, 2}};
	static const GLint stores[][4] = {{4, 0, 0, 0}, {1, 41, 0, 0}, {8, 50, 1, 2}};
	const size_t size = 64 * 1024;
	uint8_t *pixels = malloc(size);

	for (size_t s = 0; s < COUNT(stores); s++) {
		glPixelStorei(GL_PACK_ALIGNMENT, stores[s][0]);
		glPixelStorei(GL_PACK_ROW_LENGTH, stores[s][1]);
		glPixelStorei(GL_PACK_SKIP_ROWS, stores[s][2]);
		glPixelStorei(GL_PACK_SKIP_PIXELS, stores[s][3]);
		for (size_t b = 0; b < COUNT(boxes); b++) {
			if (boxes[b][2] > 64 && s)
				continue;
			say("%s, store %zu, box %zu", where, s, b);
			fill(pixels, size, 82);
			DO(glReadPixels(boxes[b][0], boxes[b][1], boxes[b][2], boxes[b][3], GL_RGBA,
				GL_UNSIGNED_BYTE, pixels));
			say_data("pixels", pixels, size);
		}
	}
	glPixelStorei(GL_PACK_ALIGNMENT, 4);
	glPixelStorei(GL_PACK_ROW_LENGTH, 0);
	glPixelStorei(GL_PACK_SKIP_ROWS, 0);
	glPixelStorei(GL_PACK_SKIP_PIXELS, 0);
	free(pixels);
}

/* More than what the shared memory holds at once. */
static void read_large(void)
{
	const size_t size = 1600 * 1100 * 4;
	uint8_t *pixels = malloc(size);

	fill(pixels, size, 83);
	DO(glReadPixels(-100, -50, 1600, 1100, GL_RGBA, GL_UNSIGNED_BYTE, pixels));
	say_data("large", pixels, size);
	free(pixels);
}

XG_CASE(read_outside)
{
	glClearColor(0.2f, 0.4f, 0.6f, 0.8f);
	glClear(GL_COLOR_BUFFER_BIT);
	read_boxes("surface");
	read_large();
	make_framebuffer(20, 17);
	glClear(GL_COLOR_BUFFER_BIT);
	read_boxes("framebuffer");
}

/* SPDX-License-Identifier: MIT */
/* glReadPixels: formats, alignment, rectangles, refusals. */
#include "../case.h"

XG_CASE(read_pixels)
{
	static const struct {
		GLenum format, type;
	} forms[] = {{GL_RGBA, GL_UNSIGNED_BYTE}, {GL_BGRA_EXT, GL_UNSIGNED_BYTE},
		{GL_RGB, GL_UNSIGNED_BYTE}, {GL_ALPHA, GL_UNSIGNED_BYTE},
		{GL_RGB, GL_UNSIGNED_SHORT_5_6_5}, {GL_RGBA, GL_FLOAT},
		{GL_RGBA, GL_UNSIGNED_SHORT_4_4_4_4}, {GL_BLEND, GL_UNSIGNED_BYTE},
		{GL_RGBA, GL_BLEND}};
	static const GLint boxes[][4] = {{0, 0, 32, 32}, {3, 4, 5, 7}, {28, 27, 4, 5}, {1, 1, 0, 4},
		{1, 1, 4, 0}, {1, 1, -1, 4}, {1, 1, 4, -1}};
	uint8_t pixels[40 * 40 * 16]; /* room for each form, allowed or not */
	GLuint framebuffer;

	use_colored();
	static const GLfloat position[] = {-1, -1, 3, -1, -1, 3},
			     color[] = {1, 0, 0, 1, 0, 1, 0, 0.5f, 0, 0, 1, 0};
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, position);
	glVertexAttribPointer(1, 4, GL_FLOAT, GL_FALSE, 0, color);
	glEnableVertexAttribArray(0);
	glEnableVertexAttribArray(1);
	glDrawArrays(GL_TRIANGLES, 0, 3);
	for (size_t f = 0; f < COUNT(forms); f++) {
		for (size_t b = 0; b < COUNT(boxes); b++) {
			for (int alignment = 1; alignment <= 8; alignment *= 2) {
				untouched(pixels, sizeof(pixels));
				glPixelStorei(GL_PACK_ALIGNMENT, alignment);
				say("form %zu box %zu alignment %d", f, b, alignment);
				DO(glReadPixels(boxes[b][0], boxes[b][1], boxes[b][2], boxes[b][3],
					forms[f].format, forms[f].type, pixels));
				say_data("pixels", pixels, sizeof(pixels));
			}
		}
	}
	glGenFramebuffers(1, &framebuffer);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	untouched(pixels, sizeof(pixels));
	DO(glReadPixels(0, 0, 8, 8, GL_RGBA, GL_UNSIGNED_BYTE, pixels));
	say_data("untouched", pixels, sizeof(pixels));
}

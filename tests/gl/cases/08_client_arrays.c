/* SPDX-License-Identifier: MIT */
/* Vertices from client memory: every type, size and normalisation. */
#include "../case.h"

XG_CASE(client_arrays)
{
	static const GLenum types[] = {GL_BYTE, GL_UNSIGNED_BYTE, GL_SHORT, GL_UNSIGNED_SHORT,
		GL_FIXED, GL_FLOAT, GL_HALF_FLOAT_OES};
	static const GLfloat position[] = {-1, -1, 3, -1, -1, 3};
	uint8_t colors[64];

	use_colored();
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, position);
	glEnableVertexAttribArray(0);
	glEnableVertexAttribArray(1);
	for (size_t i = 0; i < COUNT(types); i++) {
		for (int size = 1; size <= 4; size++) {
			for (int normalized = 0; normalized < 2; normalized++) {
				fill(colors, sizeof(colors), (uint32_t)i * 8 + (uint32_t)size);
				if (types[i] == GL_FLOAT) {
					for (int k = 0; k < 12; k++)
						((GLfloat *)colors)[k] = (GLfloat)k / 11;
				}
				if (types[i] == GL_FIXED) {
					for (int k = 0; k < 12; k++)
						((GLfixed *)colors)[k] = k * 5000;
				}
				if (types[i] == GL_HALF_FLOAT_OES) {
					for (int k = 0; k < 12; k++)
						((GLushort *)colors)[k] =
							(GLushort)(0x3000 + k * 100);
				}
				glClear(GL_COLOR_BUFFER_BIT);
				glVertexAttribPointer(
					1, size, types[i], (GLboolean)normalized, 0, colors);
				DO(glDrawArrays(GL_TRIANGLES, 0, 3));
				say("type %zu size %d normalized %d", i, size, normalized);
				say_picture("drawn");
			}
		}
	}
}

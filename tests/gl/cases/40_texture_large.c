/* SPDX-License-Identifier: MIT */
/* Texture uploads and read-backs larger than any bulk region. */
#include "../case.h"

XG_CASE(texture_large)
{
	static const int sizes[] = {64, 127, 512, 1024, 1500, 2048};

	for (size_t i = 0; i < COUNT(sizes); i++) {
		const size_t bytes = (size_t)sizes[i] * (size_t)sizes[i] * 4;
		uint8_t *data = random_bytes(bytes, 40 + (uint32_t)i);
		make_framebuffer(sizes[i], sizes[i]);
		DO(glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, sizes[i], sizes[i], 0, GL_RGBA,
			GL_UNSIGNED_BYTE, data));
		DO(glTexSubImage2D(GL_TEXTURE_2D, 0, 1, 1, sizes[i] - 2, sizes[i] - 2, GL_RGBA,
			GL_UNSIGNED_BYTE, data));
		say_pixels("whole", 0, 0, sizes[i], sizes[i]);
		say_pixels("inside", 3, 5, sizes[i] / 2, sizes[i] / 3);
	}
}

/* SPDX-License-Identifier: MIT */
/* Textures whose sizes are no powers of two, with every wrap. */
#include "../case.h"

XG_CASE(npot)
{
	static const GLint wraps[] = {GL_CLAMP_TO_EDGE, GL_REPEAT, GL_MIRRORED_REPEAT};
	static const GLfloat position[] = {-1, -1, 1, -1, -1, 1, 1, 1};
	static const GLfloat texcoord[] = {-1.3f, -0.7f, 2.2f, -0.7f, -1.3f, 2.9f, 2.2f, 2.9f};
	static const int sizes[][2] = {{1, 1}, {3, 7}, {13, 5}, {31, 33}, {100, 1}};

	use_textured();
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, position);
	glVertexAttribPointer(2, 2, GL_FLOAT, GL_FALSE, 0, texcoord);
	glEnableVertexAttribArray(0);
	glEnableVertexAttribArray(2);
	for (size_t i = 0; i < COUNT(sizes); i++) {
		void *data =
			random_bytes((size_t)sizes[i][0] * (size_t)sizes[i][1] * 4, (uint32_t)i);
		make_texture();
		DO(glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, sizes[i][0], sizes[i][1], 0, GL_RGBA,
			GL_UNSIGNED_BYTE, data));
		for (size_t w = 0; w < COUNT(wraps); w++) {
			glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, wraps[w]);
			glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, wraps[(w + i) % 3]);
			glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
			say_picture("drawn");
		}
		glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST_MIPMAP_LINEAR);
		DO(glGenerateMipmap(GL_TEXTURE_2D));
		glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
		say_picture("mipmapped");
	}
}

/* SPDX-License-Identifier: MIT */
/* Pixel store parameters of GLES 3.0 with client memory, of images in two and three dimensions. */
#include "../case.h"

static void say_layers(GLenum target, GLuint texture, int layers)
{
	GLuint framebuffer;

	glGenFramebuffers(1, &framebuffer);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	for (int layer = 0; layer < layers; layer++) {
		glFramebufferTextureLayer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, texture, 0, layer);
		say_pixels("layer", 0, 0, 6, 5);
	}
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
	glDeleteFramebuffers(1, &framebuffer);
	say_error("layers");
	(void)target;
}

XG_CASE_ES3(pixel_store_es3)
{
	static const GLenum pnames[] = {GL_UNPACK_ROW_LENGTH, GL_UNPACK_IMAGE_HEIGHT,
		GL_UNPACK_SKIP_PIXELS, GL_UNPACK_SKIP_ROWS, GL_UNPACK_SKIP_IMAGES,
		GL_PACK_ROW_LENGTH, GL_PACK_SKIP_PIXELS, GL_PACK_SKIP_ROWS};
	uint8_t *data = random_bytes(16384, 92), back[2048];
	GLuint textures[2];
	GLint value;

	for (size_t i = 0; i < COUNT(pnames); i++) {
		DO(glPixelStorei(pnames[i], -1));
		DO(glPixelStorei(pnames[i], (GLint)i + 3));
		glGetIntegerv(pnames[i], &value);
		say("0x%x is %d", pnames[i], value);
		glPixelStorei(pnames[i], 0);
	}
	glGenTextures(2, textures);
	for (int i = 0; i < 2; i++) {
		const GLenum target = i ? GL_TEXTURE_3D : GL_TEXTURE_2D_ARRAY;

		glBindTexture(target, textures[i]);
		glPixelStorei(GL_UNPACK_ALIGNMENT, i ? 8 : 1);
		glPixelStorei(GL_UNPACK_ROW_LENGTH, 11);
		glPixelStorei(GL_UNPACK_IMAGE_HEIGHT, 9);
		glPixelStorei(GL_UNPACK_SKIP_PIXELS, 2);
		glPixelStorei(GL_UNPACK_SKIP_ROWS, 3);
		glPixelStorei(GL_UNPACK_SKIP_IMAGES, 1);
		DO(glTexImage3D(target, 0, GL_RGBA8, 6, 5, 3, 0, GL_RGBA, GL_UNSIGNED_BYTE, data));
		say_layers(target, textures[i], 3);
		DO(glTexImage3D(target, 0, GL_RGB8, 6, 5, 3, 0, GL_RGB, GL_UNSIGNED_BYTE, data));
		say_layers(target, textures[i], 3);
		DO(glTexSubImage3D(
			target, 0, 1, 2, 1, 3, 2, 2, GL_RGB, GL_UNSIGNED_BYTE, data + 100));
		say_layers(target, textures[i], 3);
		/* The height and images are of no concern for two dimensions. */
		glBindTexture(GL_TEXTURE_2D, 0);
		DO(glTexImage2D(
			GL_TEXTURE_2D, 0, GL_RGBA8, 6, 5, 0, GL_RGBA, GL_UNSIGNED_BYTE, data));
		DO(glCopyTexSubImage3D(target, 0, 0, 0, 2, 0, 0, 4, 4));
		say_layers(target, textures[i], 3);
		DO(glCopyTexSubImage3D(target, 0, 0, 0, 3, 0, 0, 4, 4));
	}
	for (int i = 0; i < 3; i++)
		glPixelStorei(pnames[5 + i], 3 * i + 7 * !i);
	memset(back, 0, sizeof(back));
	DO(glReadPixels(0, 0, 5, 6, GL_RGBA, GL_UNSIGNED_BYTE, back));
	say_data("packed", back, sizeof(back));
}

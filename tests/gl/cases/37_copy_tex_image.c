/* SPDX-License-Identifier: MIT */
/* glCopyTexImage2D: formats, edges beyond the framebuffer, refusals. */
#include "../case.h"

XG_CASE(copy_tex_image)
{
	static const GLenum formats[] = {
		GL_RGBA, GL_RGB, GL_LUMINANCE, GL_LUMINANCE_ALPHA, GL_ALPHA, GL_BLEND};

	glClearColor(0.2f, 0.4f, 0.6f, 0.8f);
	for (size_t i = 0; i < COUNT(formats); i++) {
		glClear(GL_COLOR_BUFFER_BIT);
		use_flat(0.9f, 0.7f, 0.5f, 0.3f);
		draw_rectangle(-0.5f, -0.7f, 0.8f, 0.6f, 0);
		make_texture();
		say("format %s", enum_name(formats[i]));
		DO(glCopyTexImage2D(GL_TEXTURE_2D, 0, formats[i], 3, 5, 20, 17, 0));
		use_textured();
		draw_quad();
		say_picture("copied");
		DO(glCopyTexImage2D(GL_TEXTURE_2D, 0, formats[i], -4, -4, 16, 16, 0));
		DO(glCopyTexImage2D(GL_TEXTURE_2D, 0, formats[i], 24, 24, 16, 16, 0));
	}
	DO(glCopyTexImage2D(GL_BLEND, 0, GL_RGBA, 0, 0, 4, 4, 0));
	DO(glCopyTexImage2D(GL_TEXTURE_2D, -1, GL_RGBA, 0, 0, 4, 4, 0));
	DO(glCopyTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 0, 0, -4, 4, 0));
	DO(glCopyTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 0, 0, 4, 4, 1));
	DO(glCopyTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 0, 0, 0, 0, 0));
	DO(glCopyTexImage2D(GL_TEXTURE_CUBE_MAP_POSITIVE_X, 0, GL_RGBA, 0, 0, 4, 5, 0));
	make_framebuffer(0, 0);
	DO(glCopyTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 0, 0, 4, 4, 0));
}

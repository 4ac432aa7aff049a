/* SPDX-License-Identifier: MIT */
/* OES_texture_3D. */
#include "../case.h"

XG_CASE(texture_3d)
{
	GLuint texture, program, framebuffer;
	uint8_t *data = random_bytes(9 * 9 * 9 * 4, 75);

	need_extension("GL_OES_texture_3D");
	PROC(PFNGLTEXIMAGE3DOESPROC, glTexImage3DOES);
	PROC(PFNGLTEXSUBIMAGE3DOESPROC, glTexSubImage3DOES);
	PROC(PFNGLCOPYTEXSUBIMAGE3DOESPROC, glCopyTexSubImage3DOES);
	PROC(PFNGLFRAMEBUFFERTEXTURE3DOESPROC, glFramebufferTexture3DOES);
	program = make_program("attribute vec4 position; varying vec3 t;"
			       "void main() { gl_Position = position; t = vec3(position.xy * 0.5 + "
			       "0.5, position.x * position.y); }",
		"#extension GL_OES_texture_3D : require\n"
		"precision highp float; uniform mediump sampler3D tex; varying vec3 t;"
		"void main() { gl_FragColor = texture3D(tex, t); }");
	glUseProgram(program);
	glGenTextures(1, &texture);
	glBindTexture(GL_TEXTURE_3D_OES, texture);
	glTexParameteri(GL_TEXTURE_3D_OES, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
	glTexParameteri(GL_TEXTURE_3D_OES, GL_TEXTURE_WRAP_R_OES, GL_MIRRORED_REPEAT);
	for (int alignment = 1; alignment <= 8; alignment *= 2) {
		glPixelStorei(GL_UNPACK_ALIGNMENT, alignment);
		DO(glTexImage3DOES(
			GL_TEXTURE_3D_OES, 0, GL_RGB, 5, 6, 4, 0, GL_RGB, GL_UNSIGNED_BYTE, data));
		DO(glTexSubImage3DOES(GL_TEXTURE_3D_OES, 0, 1, 2, 1, 3, 3, 2, GL_RGB,
			GL_UNSIGNED_BYTE, data + 50));
		draw_quad();
		say_picture("drawn");
	}
	glClearColor(0.1f, 0.9f, 0.5f, 1);
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glCopyTexSubImage3DOES(GL_TEXTURE_3D_OES, 0, 0, 0, 2, 4, 4, 5, 6));
	draw_quad();
	say_picture("copied");
	DO(glTexImage3DOES(
		GL_TEXTURE_3D_OES, 0, GL_RGBA, 5, 6, 4, 0, GL_RGBA, GL_UNSIGNED_BYTE, data));
	glGenFramebuffers(1, &framebuffer);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	DO(glFramebufferTexture3DOES(
		GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_3D_OES, texture, 0, 3));
	ASK(glCheckFramebufferStatus(GL_FRAMEBUFFER));
	glClear(GL_COLOR_BUFFER_BIT);
	say_pixels("slice", 0, 0, 5, 6);
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
	draw_quad();
	say_picture("a slice cleared");
	DO(glTexImage3DOES(
		GL_TEXTURE_3D_OES, 0, GL_RGB, -1, 6, 4, 0, GL_RGB, GL_UNSIGNED_BYTE, data));
	DO(glTexImage3DOES(GL_TEXTURE_2D, 0, GL_RGB, 5, 6, 4, 0, GL_RGB, GL_UNSIGNED_BYTE, data));
	DO(glTexSubImage3DOES(
		GL_TEXTURE_3D_OES, 0, 4, 0, 0, 3, 3, 2, GL_RGB, GL_UNSIGNED_BYTE, data));
}

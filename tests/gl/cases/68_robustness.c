/* SPDX-License-Identifier: MIT */
/* EXT_robustness and KHR_robustness: sized queries, reset status. */
#include "../case.h"

XG_CASE(robustness)
{
	uint8_t pixels[64];
	GLfloat floats[6];
	GLint ints[6];
	GLuint program;

	need_extension("GL_EXT_robustness");
	PROC(PFNGLREADNPIXELSEXTPROC, glReadnPixelsEXT);
	PROC(PFNGLGETNUNIFORMFVEXTPROC, glGetnUniformfvEXT);
	PROC(PFNGLGETNUNIFORMIVEXTPROC, glGetnUniformivEXT);
	PROC(PFNGLGETGRAPHICSRESETSTATUSEXTPROC, glGetGraphicsResetStatusEXT);
	ASK(glGetGraphicsResetStatusEXT());
	program = use_flat(0.5f, 0.25f, 0.125f, 1);
	draw_quad();
	for (GLsizei size = -1; size <= 64; size += 13) {
		untouched(pixels, sizeof(pixels));
		DO(glReadnPixelsEXT(2, 2, 3, 4, GL_RGBA, GL_UNSIGNED_BYTE, size, pixels));
		say_bytes("pixels", pixels, sizeof(pixels));
	}
	for (GLsizei size = 0; size <= 24; size += 8) {
		const GLint at = glGetUniformLocation(program, "color");
		untouched(floats, sizeof(floats));
		untouched(ints, sizeof(ints));
		DO(glGetnUniformfvEXT(program, at, size, floats));
		say_floats("floats", floats, 6);
		DO(glGetnUniformivEXT(program, at, size, ints));
		say_ints("ints", ints, 6);
	}
	DO(glGetnUniformfvEXT(program, -1, 100, floats));
	DO(glGetnUniformfvEXT(999, 0, 100, floats));
}

/* SPDX-License-Identifier: MIT */
/* EXT_multi_draw_arrays. */
#include "../case.h"

XG_CASE(multi_draw)
{
	static const GLfloat position[] = {
		-1, -1, -0.5f, -1, -1, 0, 0, 0, 0.5f, 0, 0, 1, 0.5f, -1, 1, -1, 1, 0};
	static const GLint first[] = {0, 3, 6};
	static const GLsizei count[] = {3, 0, 3}, counts[] = {3, 3};
	static const GLubyte indices[] = {0, 1, 2, 6, 7, 8};
	static const void *const from[] = {indices, indices + 3};

	need_extension("GL_EXT_multi_draw_arrays");
	PROC(PFNGLMULTIDRAWARRAYSEXTPROC, glMultiDrawArraysEXT);
	PROC(PFNGLMULTIDRAWELEMENTSEXTPROC, glMultiDrawElementsEXT);
	use_flat(0.1f, 0.9f, 0.4f, 1);
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, position);
	glEnableVertexAttribArray(0);
	DO(glMultiDrawArraysEXT(GL_TRIANGLES, (GLint *)first, (GLsizei *)count, 3));
	say_picture("arrays");
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glMultiDrawElementsEXT(GL_TRIANGLES, counts, GL_UNSIGNED_BYTE, from, 2));
	say_picture("elements");
}

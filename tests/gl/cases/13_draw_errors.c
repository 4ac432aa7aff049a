/* SPDX-License-Identifier: MIT */
/* What draws refuse. */
#include "../case.h"

XG_CASE(draw_errors)
{
	static const GLfloat position[] = {-1, -1, 1, -1, 0, 1};
	static const GLubyte indices[] = {0, 1, 2};
	GLuint framebuffer;

	DO(glDrawArrays(GL_TRIANGLES, 0, 3)); /* no program, no arrays */
	use_flat(1, 1, 1, 1);
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, position);
	glEnableVertexAttribArray(0);
	DO(glDrawArrays(0xffff, 0, 3));
	DO(glDrawArrays(GL_TRIANGLES, 0, -1));
	DO(glDrawArrays(GL_TRIANGLES, 0, 0));
	DO(glDrawElements(0xffff, 3, GL_UNSIGNED_BYTE, indices));
	DO(glDrawElements(GL_TRIANGLES, -1, GL_UNSIGNED_BYTE, indices));
	DO(glDrawElements(GL_TRIANGLES, 3, GL_FLOAT, indices));
	DO(glDrawElements(GL_TRIANGLES, 3, GL_BYTE, indices));
	DO(glDrawElements(GL_TRIANGLES, 0, GL_BYTE, indices));
	glGenFramebuffers(1, &framebuffer);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	DO(glDrawArrays(GL_TRIANGLES, 0, 3));
	DO(glDrawElements(GL_TRIANGLES, 3, GL_UNSIGNED_BYTE, indices));
	DO(glClear(GL_COLOR_BUFFER_BIT));
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
	DO(glUseProgram(0));
	DO(glDrawArrays(GL_TRIANGLES, 0, 3));
	say_picture("nothing");
	DO(glDrawElements(GL_TRIANGLES, 3, GL_UNSIGNED_BYTE, indices));
}

/* SPDX-License-Identifier: MIT */
/* A divisor that exceeds 32 bits with the number of instances. */
#include "../case.h"

#include <limits.h>

XG_CASE_ES3(rare_instances)
{
	static const GLfloat position[] = {-1, -1, 3, -1, -1, 3};
	static const GLubyte color[] = {255, 128, 0, 255};

	use_colored();
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, position);
	glVertexAttribPointer(1, 4, GL_UNSIGNED_BYTE, GL_TRUE, 0, color);
	glEnableVertexAttribArray(0);
	glEnableVertexAttribArray(1);
	DO(glVertexAttribDivisor(1, UINT_MAX));
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glDrawArraysInstanced(GL_TRIANGLES, 0, 3, 2));
	say_picture("instances");
}

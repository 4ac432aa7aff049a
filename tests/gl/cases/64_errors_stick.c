/* SPDX-License-Identifier: MIT */
/* Errors: the first one stays until it is asked for, in the order of the calls. */
#include "../case.h"

XG_CASE(errors_stick)
{
	glEnable(GL_VERTEX_SHADER);
	glBindBuffer(GL_VERTEX_SHADER, 1);
	glViewport(0, 0, -1, -1);
	ASK(glGetError());
	ASK(glGetError());
	glViewport(0, 0, -1, -1);
	glEnable(GL_VERTEX_SHADER);
	ASK(glGetError());
	glPixelStorei(GL_PACK_ALIGNMENT, 3);
	glEnable(GL_VERTEX_SHADER);
	ASK(glGetError());
	glEnable(GL_VERTEX_SHADER);
	glPixelStorei(GL_PACK_ALIGNMENT, 3);
	ASK(glGetError());
	glUseProgram(999);
	glGetUniformLocation(0, "x");
	glCreateShader(0);
	ASK(glGetError());
	ASK(glGetError());
	GLint value[2];
	untouched(value, sizeof(value));
	glUseProgram(999);
	glGetIntegerv(GL_MAX_TEXTURE_SIZE, value); /* a query with an error pending */
	glGetIntegerv(GL_CURRENT_PROGRAM, value + 1);
	say_ints("values", value, 2);
	ASK(glGetError());
	ASK(glGetError());
}

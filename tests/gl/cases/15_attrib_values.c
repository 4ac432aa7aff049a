/* SPDX-License-Identifier: MIT */
/* Constant attributes, all ways of setting them. */
#include "../case.h"

XG_CASE(attrib_values)
{
	static const GLfloat values[] = {0.9f, 0.7f, 0.5f, 0.3f};
	static const GLfloat position[] = {-1, -1, 3, -1, -1, 3};
	GLfloat current[6];

	use_colored();
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, position);
	glEnableVertexAttribArray(0);
	for (int way = 0; way < 8; way++) {
		switch (way) {
		case 0:
			DO(glVertexAttrib1f(1, 0.4f));
			break;
		case 1:
			DO(glVertexAttrib2f(1, 0.4f, 0.6f));
			break;
		case 2:
			DO(glVertexAttrib3f(1, 0.4f, 0.6f, 0.8f));
			break;
		case 3:
			DO(glVertexAttrib4f(1, 0.4f, 0.6f, 0.8f, 0.5f));
			break;
		case 4:
			DO(glVertexAttrib1fv(1, values));
			break;
		case 5:
			DO(glVertexAttrib2fv(1, values));
			break;
		case 6:
			DO(glVertexAttrib3fv(1, values));
			break;
		default:
			DO(glVertexAttrib4fv(1, values));
			break;
		}
		untouched(current, sizeof(current));
		glGetVertexAttribfv(1, GL_CURRENT_VERTEX_ATTRIB, current);
		say_floats("current", current, 6);
		glDrawArrays(GL_TRIANGLES, 0, 3);
		say_picture("drawn");
	}
	DO(glVertexAttrib1f(1000, 1));
	DO(glVertexAttrib2f(1000, 1, 1));
	DO(glVertexAttrib3f(1000, 1, 1, 1));
	DO(glVertexAttrib4f(1000, 1, 1, 1, 1));
	DO(glVertexAttrib1fv(1000, values));
	DO(glVertexAttrib2fv(1000, values));
	DO(glVertexAttrib3fv(1000, values));
	DO(glVertexAttrib4fv(1000, values));
}

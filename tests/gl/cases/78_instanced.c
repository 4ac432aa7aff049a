/* SPDX-License-Identifier: MIT */
/* EXT_draw_instanced. */
#include "../case.h"

XG_CASE(instanced)
{
	static const GLfloat position[] = {-1, -1, -0.8f, -1, -1, -0.5f};
	static const GLubyte indices[] = {0, 1, 2};
	GLuint program;

	need_extension("GL_EXT_draw_instanced");
	PROC(PFNGLDRAWARRAYSINSTANCEDEXTPROC, glDrawArraysInstancedEXT);
	PROC(PFNGLDRAWELEMENTSINSTANCEDEXTPROC, glDrawElementsInstancedEXT);
	program = make_program("#extension GL_EXT_draw_instanced : enable\n"
			       "attribute vec4 position; uniform vec2 step;"
			       "void main() { gl_Position = position + vec4(step * "
			       "float(gl_InstanceIDEXT), 0.0, 0.0); }",
		"precision highp float; void main() { gl_FragColor = vec4(1.0, 0.5, 0.0, 1.0); }");
	glUseProgram(program);
	glUniform2f(glGetUniformLocation(program, "step"), 0.3f, 0.2f);
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, position);
	glEnableVertexAttribArray(0);
	for (GLsizei count = -1; count < 7; count += 2) {
		glClear(GL_COLOR_BUFFER_BIT);
		DO(glDrawArraysInstancedEXT(GL_TRIANGLES, 0, 3, count));
		say_picture("arrays");
		glClear(GL_COLOR_BUFFER_BIT);
		DO(glDrawElementsInstancedEXT(GL_TRIANGLES, 3, GL_UNSIGNED_BYTE, indices, count));
		say_picture("elements");
	}
}

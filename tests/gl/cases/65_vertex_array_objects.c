/* SPDX-License-Identifier: MIT */
/* OES_vertex_array_object: what an object holds, names, deletion while bound. */
#include "../case.h"

XG_CASE(vertex_array_objects)
{
	static const GLfloat left[] = {-1, -1, 0, -1, -1, 1}, right[] = {1, 1, 0, 1, 1, -1};
	static const GLubyte indices[] = {0, 1, 2};
	GLuint arrays[3], buffers[3];
	GLint value;

	need_extension("GL_OES_vertex_array_object");
	PROC(PFNGLGENVERTEXARRAYSOESPROC, glGenVertexArraysOES);
	PROC(PFNGLBINDVERTEXARRAYOESPROC, glBindVertexArrayOES);
	PROC(PFNGLDELETEVERTEXARRAYSOESPROC, glDeleteVertexArraysOES);
	PROC(PFNGLISVERTEXARRAYOESPROC, glIsVertexArrayOES);
	use_flat(1, 0.5f, 0, 1);
	glGenBuffers(3, buffers);
	DO(glGenVertexArraysOES(3, arrays));
	say_ints("names", (GLint *)arrays, 3);
	ASK(glIsVertexArrayOES(arrays[0]));
	for (int i = 0; i < 2; i++) {
		DO(glBindVertexArrayOES(arrays[i]));
		ASK(glIsVertexArrayOES(arrays[i]));
		glBindBuffer(GL_ARRAY_BUFFER, buffers[i]);
		glBufferData(GL_ARRAY_BUFFER, sizeof(left), i ? right : left, GL_STATIC_DRAW);
		glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, NULL);
		glEnableVertexAttribArray(0);
		glGetIntegerv(GL_ELEMENT_ARRAY_BUFFER_BINDING, &value);
		say("elements %d", value);
		glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, buffers[2]);
		glBufferData(GL_ELEMENT_ARRAY_BUFFER, sizeof(indices), indices, GL_STATIC_DRAW);
	}
	glBindBuffer(GL_ARRAY_BUFFER, 0);
	DO(glVertexAttribPointer(1, 2, GL_FLOAT, GL_FALSE, 0, left));
	DO(glVertexAttribPointer(1, 2, GL_FLOAT, GL_FALSE, 0, NULL));
	for (int i = 0; i < 3; i++) {
		DO(glBindVertexArrayOES(arrays[i]));
		glGetIntegerv(GL_VERTEX_ARRAY_BINDING_OES, &value);
		say("array %d", value);
		glGetVertexAttribiv(0, GL_VERTEX_ATTRIB_ARRAY_BUFFER_BINDING, &value);
		say("buffer %d", value);
		glGetVertexAttribiv(0, GL_VERTEX_ATTRIB_ARRAY_ENABLED, &value);
		say("enabled %d", value);
		glGetIntegerv(GL_ELEMENT_ARRAY_BUFFER_BINDING, &value);
		say("elements %d", value);
		if (i < 2) {
			glClear(GL_COLOR_BUFFER_BIT);
			DO(glDrawArrays(GL_TRIANGLES, 0, 3));
			say_picture("arrays");
			glClear(GL_COLOR_BUFFER_BIT);
			DO(glDrawElements(GL_TRIANGLES, 3, GL_UNSIGNED_BYTE, NULL));
			say_picture("elements");
		}
	}
	DO(glBindVertexArrayOES(arrays[0]));
	DO(glDeleteVertexArraysOES(1, arrays));
	glGetIntegerv(GL_VERTEX_ARRAY_BINDING_OES, &value);
	say("array %d", value);
	ASK(glIsVertexArrayOES(arrays[0]));
	draw_quad();
	say_picture("default array");
	DO(glBindVertexArrayOES(arrays[0]));
	DO(glBindVertexArrayOES(999));
	DO(glBindVertexArrayOES(arrays[1]));
	DO(glDeleteBuffers(1, &buffers[0]));
	DO(glDrawArrays(GL_TRIANGLES, 0, 3));
	DO(glGenVertexArraysOES(-1, arrays));
	DO(glDeleteVertexArraysOES(-1, arrays));
	DO(glBindVertexArrayOES(0));
}

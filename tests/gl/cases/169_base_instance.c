/* SPDX-License-Identifier: MIT */
/* EXT_base_instance: arrays with a divisor begin later, in buffers and in client memory. */
#include "../case.h"

static PFNGLDRAWARRAYSINSTANCEDBASEINSTANCEEXTPROC draw_arrays;
static PFNGLDRAWELEMENTSINSTANCEDBASEINSTANCEEXTPROC draw_elements;
static PFNGLDRAWELEMENTSINSTANCEDBASEVERTEXBASEINSTANCEEXTPROC draw_based;

static const GLushort indices[] = {0, 1, 2, 3};
static GLfloat corners[10][2], places[16][2], colours[16][4];

static void fill_arrays(void)
{
	for (int i = 0; i < 10; i++) {
		corners[i][0] = i & 1 ? 0.2f : -0.2f;
		corners[i][1] = (i & 2 ? 0.2f : -0.2f) * (1 + 0.2f * (float)i);
	}
	for (int i = 0; i < 16; i++) {
		places[i][0] = -0.75f + 0.5f * (float)(i % 4);
		places[i][1] = -0.75f + 0.5f * (float)(i / 4);
		for (int k = 0; k < 4; k++)
			colours[i][k] = (float)((i * 5 + k * 3) % 16) / 15;
	}
}

static void point(const GLuint *buffers)
{
	static const struct {
		const void *data;
		GLint size;
		GLuint divisor;
	} arrays[] = {{corners, 2, 0}, {places, 2, 1}, {colours, 4, 2}};

	for (GLuint i = 0; i < COUNT(arrays); i++) {
		glBindBuffer(GL_ARRAY_BUFFER, buffers ? buffers[i] : 0);
		glEnableVertexAttribArray(i);
		glVertexAttribPointer(
			i, arrays[i].size, GL_FLOAT, GL_FALSE, 0, buffers ? NULL : arrays[i].data);
		glVertexAttribDivisor(i, arrays[i].divisor);
	}
}

static void draw_all(const void *elements)
{
	for (GLuint base = 0; base < 12; base += 5) {
		glClear(GL_COLOR_BUFFER_BIT);
		DO(draw_arrays(GL_TRIANGLE_STRIP, 0, 4, 3, base));
		say_picture("arrays");
		glClear(GL_COLOR_BUFFER_BIT);
		DO(draw_elements(GL_TRIANGLE_STRIP, 4, GL_UNSIGNED_SHORT, elements, 4, base));
		say_picture("elements");
		glClear(GL_COLOR_BUFFER_BIT);
		DO(draw_based(GL_TRIANGLE_STRIP, 4, GL_UNSIGNED_SHORT, elements, 2, 4, base));
		say_picture("with a base vertex");
	}
	DO(draw_arrays(0x1234, 0, 4, 3, 1));
	DO(draw_arrays(GL_TRIANGLES, -1, 4, 3, 1));
	DO(draw_arrays(GL_TRIANGLES, 0, 4, -3, 1));
	DO(draw_elements(GL_TRIANGLES, -4, GL_UNSIGNED_SHORT, elements, 3, 1));
	DO(draw_elements(GL_TRIANGLES, 3, 0x1234, elements, 3, 1));
	DO(draw_elements(GL_TRIANGLES, 3, GL_UNSIGNED_SHORT, elements, -3, 1));
	DO(draw_based(GL_TRIANGLES, 3, GL_UNSIGNED_SHORT, elements, -3, 1, 1));
	DO(draw_elements(GL_TRIANGLES, 3, GL_UNSIGNED_SHORT, elements, 0, 1));
}

XG_CASE_ES3(base_instance)
{
	GLuint buffers[4];

	need_extension("GL_EXT_base_instance");
	draw_arrays = (PFNGLDRAWARRAYSINSTANCEDBASEINSTANCEEXTPROC)eglGetProcAddress(
		"glDrawArraysInstancedBaseInstanceEXT");
	draw_elements = (PFNGLDRAWELEMENTSINSTANCEDBASEINSTANCEEXTPROC)eglGetProcAddress(
		"glDrawElementsInstancedBaseInstanceEXT");
	draw_based = (PFNGLDRAWELEMENTSINSTANCEDBASEVERTEXBASEINSTANCEEXTPROC)eglGetProcAddress(
		"glDrawElementsInstancedBaseVertexBaseInstanceEXT");
	glUseProgram(make_program("#version 300 es\n"
				  "layout(location = 0) in vec2 corner;\n"
				  "layout(location = 1) in vec2 place;\n"
				  "layout(location = 2) in vec4 colour; out vec4 c;\n"
				  "void main() { gl_Position = vec4(corner + place, 0, 1);\n"
				  " c = colour + 0.01 * float(gl_InstanceID); }",
		"#version 300 es\nprecision highp float; in vec4 c; out vec4 color;\n"
		"void main() { color = c; }"));
	fill_arrays();
	say("client memory");
	point(NULL);
	draw_all(indices);
	say("buffers");
	glGenBuffers(4, buffers);
	glBindBuffer(GL_ARRAY_BUFFER, buffers[0]);
	glBufferData(GL_ARRAY_BUFFER, sizeof(corners), corners, GL_STATIC_DRAW);
	glBindBuffer(GL_ARRAY_BUFFER, buffers[1]);
	glBufferData(GL_ARRAY_BUFFER, sizeof(places), places, GL_STATIC_DRAW);
	glBindBuffer(GL_ARRAY_BUFFER, buffers[2]);
	glBufferData(GL_ARRAY_BUFFER, sizeof(colours), colours, GL_STATIC_DRAW);
	glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, buffers[3]);
	glBufferData(GL_ELEMENT_ARRAY_BUFFER, sizeof(indices), indices, GL_STATIC_DRAW);
	point(buffers);
	draw_all(NULL);
	glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, 0);
	glDeleteBuffers(4, buffers);
}

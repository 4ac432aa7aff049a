/* SPDX-License-Identifier: MIT */
/* Draws that add a number to each index: arrays and indices in buffers and not, restart, ranges. */
#include "../stages.h"

static const GLfloat corners[] = {-0.9f, -0.9f, -0.5f, -0.9f, -0.9f, -0.2f, 0.1f, -0.3f, 0.9f, 0.2f,
	0.4f, 0.9f, -0.6f, 0.3f, -0.1f, 0.9f, 0.2f, 0.1f, 0.9f, -0.9f, 0.9f, -0.4f, 0.3f, -0.8f};
static const GLubyte bytes[] = {0, 1, 2, 3, 4, 5, 255, 2, 1, 3};
static const GLushort shorts[] = {0, 1, 2, 3, 4, 5, 65535, 2, 1, 3};
static const GLuint ints[] = {0, 1, 2, 3, 4, 5, 0xffffffff, 2, 1, 3};
static const GLuint high[] = {100, 101, 102, 103, 104, 105};

static void draw_each(bool in_buffer, int round)
{
	const struct {
		GLenum type;
		const void *indices;
	} each[] = {
		{GL_UNSIGNED_BYTE, in_buffer ? NULL : bytes},
		{GL_UNSIGNED_SHORT, in_buffer ? (void *)16 : shorts},
		{GL_UNSIGNED_INT, in_buffer ? (void *)64 : ints},
	};

	for (size_t i = 0; i < COUNT(each); i++) {
		for (GLint base = 0; base < 7; base += 3) {
			const void *indices = each[i].indices;

			say("type %zu, base %d, round %d, buffer %d", i, base, round, in_buffer);
			glClear(GL_COLOR_BUFFER_BIT);
			DO(glDrawElementsBaseVertex(GL_TRIANGLES, 6, each[i].type, indices, base));
			say_picture("elements");
			glClear(GL_COLOR_BUFFER_BIT);
			DO(glDrawRangeElementsBaseVertex(
				GL_LINE_STRIP, 0, 5, 6, each[i].type, indices, base));
			say_picture("range");
			glClear(GL_COLOR_BUFFER_BIT);
			DO(glDrawElementsInstancedBaseVertex(
				GL_TRIANGLE_STRIP, 6, each[i].type, indices, 3, base));
			say_picture("instances");
		}
	}
}

static void draw_restart(bool in_buffer)
{
	glEnable(GL_PRIMITIVE_RESTART_FIXED_INDEX);
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glDrawElementsBaseVertex(
		GL_TRIANGLE_STRIP, 10, GL_UNSIGNED_BYTE, in_buffer ? NULL : bytes, 4));
	say_picture("restart");
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glDrawElementsBaseVertex(
		GL_TRIANGLE_STRIP, 10, GL_UNSIGNED_INT, in_buffer ? (void *)64 : ints, 1));
	say_picture("restart");
	glDisable(GL_PRIMITIVE_RESTART_FIXED_INDEX);
}

static void refuse(void)
{
	DO(glDrawElementsBaseVertex(GL_TRIANGLES, -1, GL_UNSIGNED_BYTE, bytes, 0));
	DO(glDrawElementsBaseVertex(GL_TRIANGLES, 3, GL_FLOAT, bytes, 0));
	DO(glDrawElementsBaseVertex(77, 3, GL_UNSIGNED_BYTE, bytes, 0));
	DO(glDrawElementsBaseVertex(GL_TRIANGLES, 0, GL_UNSIGNED_BYTE, NULL, 5));
	DO(glDrawRangeElementsBaseVertex(GL_TRIANGLES, 5, 4, 3, GL_UNSIGNED_BYTE, bytes, 0));
	DO(glDrawElementsInstancedBaseVertex(GL_TRIANGLES, 3, GL_UNSIGNED_BYTE, bytes, -1, 0));
	DO(glDrawElementsInstancedBaseVertex(GL_TRIANGLES, 3, GL_UNSIGNED_BYTE, bytes, 0, 1));
	DO(glDrawElementsInstancedBaseVertex(GL_TRIANGLES, -3, GL_UNSIGNED_BYTE, bytes, 1, 1));
}

static void draw_several(void)
{
	static const GLsizei counts[] = {3, 0, 4};
	static const GLint bases[] = {0, 2, 5};
	const void *const indices[] = {bytes, bytes, bytes + 1};

	if (!has_extension("GL_EXT_multi_draw_arrays"))
		return;
	PROC(PFNGLMULTIDRAWELEMENTSBASEVERTEXEXTPROC, glMultiDrawElementsBaseVertexEXT);
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glMultiDrawElementsBaseVertexEXT(
		GL_TRIANGLE_STRIP, counts, GL_UNSIGNED_BYTE, indices, 3, bases));
	say_picture("several");
	DO(glMultiDrawElementsBaseVertexEXT(
		GL_TRIANGLE_STRIP, counts, GL_UNSIGNED_BYTE, indices, -1, bases));
}

XG_CASE_ES32(base_vertex)
{
	GLuint buffers[2], array;
	const GLuint program = LINK(
		{GL_VERTEX_SHADER, ES32 "layout(location = 0) in vec2 place;"
					"layout(location = 1) in float number; out vec4 tint;\n"
					"void main() { tint = vec4(float(gl_VertexID) / 12.0, "
					"float(gl_InstanceID) / 3.0, number, 1);\n"
					"  gl_Position = vec4(place - 0.1 * number, 0, 1); }"},
		{GL_FRAGMENT_SHADER,
			ES32 "in vec4 tint; out vec4 color; void main() { color = tint; }"});

	glUseProgram(program);
	glVertexAttrib1f(1, 0.25f);
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, corners);
	glEnableVertexAttribArray(0);
	draw_each(false, 0);
	draw_restart(false);
	/* A negative number, which leads back into the array. */
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glDrawElementsBaseVertex(GL_TRIANGLES, 6, GL_UNSIGNED_INT, high, -97));
	say_picture("negative");
	draw_several();
	refuse();
	glGenBuffers(2, buffers);
	glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, buffers[1]);
	glBufferData(GL_ELEMENT_ARRAY_BUFFER, 256, NULL, GL_STATIC_DRAW);
	glBufferSubData(GL_ELEMENT_ARRAY_BUFFER, 0, sizeof(bytes), bytes);
	glBufferSubData(GL_ELEMENT_ARRAY_BUFFER, 16, sizeof(shorts), shorts);
	glBufferSubData(GL_ELEMENT_ARRAY_BUFFER, 64, sizeof(ints), ints);
	glBufferSubData(GL_ELEMENT_ARRAY_BUFFER, 128, sizeof(high), high);
	draw_each(true, 1);
	draw_restart(true);
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glDrawElementsBaseVertex(GL_TRIANGLES, 6, GL_UNSIGNED_INT, (void *)128, -97));
	say_picture("negative");
	/* An attribute for each instance is not moved. */
	static const GLfloat numbers[] = {0, 0.5f, 1};
	glVertexAttribPointer(1, 1, GL_FLOAT, GL_FALSE, 0, numbers);
	glVertexAttribDivisor(1, 1);
	glEnableVertexAttribArray(1);
	draw_each(true, 2);
	glDisableVertexAttribArray(1);
	/* All in buffers. */
	glGenVertexArrays(1, &array);
	glBindVertexArray(array);
	glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, buffers[1]);
	glBindBuffer(GL_ARRAY_BUFFER, buffers[0]);
	glBufferData(GL_ARRAY_BUFFER, sizeof(corners), corners, GL_STATIC_DRAW);
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, NULL);
	glEnableVertexAttribArray(0);
	draw_each(true, 3);
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glDrawElementsBaseVertex(GL_TRIANGLES, 6, GL_UNSIGNED_INT, (void *)128, -97));
	say_picture("negative");
	glBindVertexArray(0);
	glDeleteVertexArrays(1, &array);
	glDeleteBuffers(2, buffers);
}

/* SPDX-License-Identifier: MIT */
/* Robustness by its names of GLES 3.2, and a box that bounds what is drawn. */
#include "../stages.h"

static void uniforms(void)
{
	const GLuint program = use_quad("uniform vec4 f[3]; uniform ivec3 i; uniform uvec2 u;",
		"color = f[0] + f[1] + f[2] + vec4(i, 0) + vec4(u, u);");
	const GLint f = glGetUniformLocation(program, "f[1]"),
		    i = glGetUniformLocation(program, "i"), u = glGetUniformLocation(program, "u");
	GLfloat floats[6];
	GLint ints[6];
	GLuint uints[6];

	glUniform4f(f, 1, 2, 3, 4);
	glUniform3i(i, -1, 2, -3);
	glUniform2ui(u, 7, 0xfffffff0);
	for (GLsizei room = -4; room <= 20; room += 4) {
		say("room %d", room);
		untouched(floats, sizeof(floats));
		DO(glGetnUniformfv(program, f, room, floats));
		say_floats("floats", floats, 6);
		untouched(ints, sizeof(ints));
		DO(glGetnUniformiv(program, i, room, ints));
		say_ints("ints", ints, 6);
		untouched(uints, sizeof(uints));
		DO(glGetnUniformuiv(program, u, room, uints));
		say_ints("uints", (GLint *)uints, 6);
	}
	DO(glGetnUniformfv(program, -1, 16, floats));
	DO(glGetnUniformiv(4711, i, 16, ints));
	DO(glGetnUniformuiv(program, 77, 16, uints));
	glDeleteProgram(program);
}

static void pixels(void)
{
	uint8_t bytes[8 * 8 * 4 + 16];

	glClearColor(0.2f, 0.4f, 0.6f, 0.8f);
	glClear(GL_COLOR_BUFFER_BIT);
	for (GLsizei room = 255; room <= 257; room++) {
		untouched(bytes, sizeof(bytes));
		DO(glReadnPixels(3, 3, 8, 8, GL_RGBA, GL_UNSIGNED_BYTE, room, bytes));
		say_data("read", bytes, sizeof(bytes));
	}
	DO(glReadnPixels(0, 0, 8, 8, GL_RGBA, GL_UNSIGNED_BYTE, -1, bytes));
	DO(glReadnPixels(0, 0, 8, 8, GL_RGBA, GL_FLOAT, 16, bytes));
	DO(glReadnPixels(0, 0, -1, 8, GL_RGBA, GL_UNSIGNED_BYTE, 16, bytes));
	glClearColor(0, 0, 0, 0);
}

static void say_box(void)
{
	GLfloat box[9];

	untouched(box, sizeof(box));
	DO(glGetFloatv(GL_PRIMITIVE_BOUNDING_BOX, box));
	say_floats("box", box, 9);
	say_integer("box", GL_PRIMITIVE_BOUNDING_BOX, 9);
}

XG_CASE_ES32(robustness_es32)
{
	ASK(glGetGraphicsResetStatus());
	say_integer("strategy", GL_RESET_NOTIFICATION_STRATEGY, 2);
	say_integer("robust", GL_CONTEXT_ROBUST_ACCESS_EXT, 2);
	say_integer("flags", GL_CONTEXT_FLAGS, 2);
	uniforms();
	pixels();
	say_box();
	DO(glPrimitiveBoundingBox(-0.5f, -0.25f, 0, 1, 0.5f, 0.75f, 0.125f, 2));
	say_box();
	use_quad("", "color = vec4(t, 1, 1);");
	DO(glDrawArrays(GL_TRIANGLE_STRIP, 0, 4));
	say_picture("in a box");
	DO(glPrimitiveBoundingBox(-1, -1, -1, 1, 1, 1, 1, 1));
	say_box();
}

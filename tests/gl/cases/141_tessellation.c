/* SPDX-License-Identifier: MIT */
/* Tessellation: patches of every kind, what a program says of itself, and what is refused. */
#include "../stages.h"

#include <stdio.h>

static const char *const domains[] = {"triangles", "quads", "isolines"};
static const char *const spacings[] = {
	"equal_spacing", "fractional_even_spacing", "fractional_odd_spacing"};

static const char vertex[] = ES32 "layout(location = 0) in vec4 position; out vec4 place;\n"
				  "void main() { place = position; gl_Position = position; }";
static const char control[] = ES32
	"layout(vertices = 4) out; in vec4 place[]; out vec4 corner[]; patch out float shade;\n"
	"uniform float level;\n"
	"void main() { corner[gl_InvocationID] = place[gl_InvocationID];\n"
	"  gl_out[gl_InvocationID].gl_Position = gl_in[gl_InvocationID].gl_Position;\n"
	"  shade = float(gl_PatchVerticesIn) / 8.0;\n"
	"  gl_TessLevelInner[0] = level; gl_TessLevelInner[1] = level + 1.0;\n"
	"  gl_TessLevelOuter[0] = gl_TessLevelOuter[1] = level;\n"
	"  gl_TessLevelOuter[2] = gl_TessLevelOuter[3] = level + 0.5; }";
static const char fragment[] = ES32 "in vec4 tint; layout(location = 0) out vec4 color;\n"
				    "void main() { color = tint; }";

static GLuint make(const char *domain, const char *spacing, const char *more)
{
	char text[2048];

	snprintf(text, sizeof(text),
		"#version 320 es\n#extension GL_EXT_tessellation_point_size : enable\n"
		"layout(%s, %s, cw%s) in;\n"
		"in vec4 corner[]; patch in float shade; out vec4 tint;\n"
		"void main() { vec3 u = gl_TessCoord; if (%d != 0) u.z = 0.0;\n"
		"  gl_PointSize = 2.0;\n"
		"  vec4 low = mix(corner[0], corner[1], u.x), high = mix(corner[2], corner[3], "
		"u.x);\n"
		"  gl_Position = mix(low, high, u.y); tint = vec4(u.xy, shade, 1); }",
		domain, spacing, more, strcmp(domain, "triangles") != 0);
	return LINK({GL_VERTEX_SHADER, vertex}, {GL_TESS_CONTROL_SHADER, control},
		{GL_TESS_EVALUATION_SHADER, text}, {GL_FRAGMENT_SHADER, fragment});
}

static void say_program(GLuint program)
{
	static const GLenum pnames[] = {GL_TESS_CONTROL_OUTPUT_VERTICES, GL_TESS_GEN_MODE,
		GL_TESS_GEN_SPACING, GL_TESS_GEN_VERTEX_ORDER, GL_TESS_GEN_POINT_MODE};
	GLint value;

	for (size_t i = 0; i < COUNT(pnames); i++) {
		untouched(&value, sizeof(value));
		DO(glGetProgramiv(program, pnames[i], &value));
		say_ints("value", &value, 1);
	}
}

XG_CASE_ES32(tessellation)
{
	static const GLfloat corners[] = {-0.8f, -0.9f, 0.7f, -0.6f, -0.9f, 0.8f, 0.9f, 0.9f, -0.3f,
		-0.4f, 0.3f, -0.2f, -0.2f, 0.4f, 0.1f, 0.3f};
	GLuint buffer;

	say_integer("patch vertices", GL_PATCH_VERTICES, 2);
	DO(glPatchParameteri(GL_PATCH_VERTICES, 4));
	say_integer("patch vertices", GL_PATCH_VERTICES, 2);
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, corners);
	glEnableVertexAttribArray(0);
	for (size_t d = 0; d < COUNT(domains); d++) {
		for (size_t s = 0; s < COUNT(spacings) * 2; s++) {
			const GLuint program =
				make(domains[d], spacings[s / 2], s % 2 ? ", point_mode" : "");

			glUseProgram(program);
			say_program(program);
			glUniform1f(glGetUniformLocation(program, "level"), 2.7f);
			glClear(GL_COLOR_BUFFER_BIT);
			DO(glDrawArrays(GL_PATCHES, 0, 8));
			say_picture("drawn");
			DO(glDrawArrays(GL_TRIANGLES, 0, 6));
			glDeleteProgram(program);
		}
	}
	/* Indices, from client memory and not, and instances. */
	static const GLushort indices[] = {3, 2, 1, 0, 7, 6, 5, 4, 0};
	const GLuint program = make("quads", "equal_spacing", "");
	glUseProgram(program);
	glUniform1f(glGetUniformLocation(program, "level"), 5.0f);
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glDrawElements(GL_PATCHES, 9, GL_UNSIGNED_SHORT, indices));
	say_picture("indices");
	glGenBuffers(1, &buffer);
	glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, buffer);
	glBufferData(GL_ELEMENT_ARRAY_BUFFER, sizeof(indices), indices, GL_STATIC_DRAW);
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glDrawElementsInstanced(GL_PATCHES, 4, GL_UNSIGNED_SHORT, (void *)8, 3));
	say_picture("instances");
	glDeleteBuffers(1, &buffer);
	glDisableVertexAttribArray(0);
	DO(glPatchParameteri(GL_PATCH_VERTICES, 0));
	DO(glPatchParameteri(GL_PATCH_VERTICES, -1));
	DO(glPatchParameteri(GL_PATCH_VERTICES, 32));
	say_integer("patch vertices", GL_PATCH_VERTICES, 2);
	DO(glPatchParameteri(GL_PATCH_VERTICES, 33));
	DO(glPatchParameteri(GL_BLEND, 3));
	say_integer("patch vertices", GL_PATCH_VERTICES, 2);
	use_flat(1, 1, 1, 1);
	DO(glDrawArrays(GL_PATCHES, 0, 3));
}

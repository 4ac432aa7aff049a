/* SPDX-License-Identifier: MIT */
/* Extensions that are words of shaders only: each is required, and what it brings is drawn with. */
#include "../case.h"

#include <stdio.h>

#define VERTEX_100                                                                                 \
	"attribute vec4 position; attribute vec2 texcoord; varying vec2 t;\n"                      \
	"void main() { gl_Position = position; t = texcoord; }"
#define VERTEX_BODY                                                                                \
	"in vec4 position; in vec2 texcoord; out vec2 t;\n"                                        \
	"void main() { gl_Position = position; t = texcoord; }"

static const struct {
	const char *extension, *version, *declarations, *body;
} words[] = {
	{"GL_EXT_shader_group_vote", "310 es", "",
		"bool left = t.x < 0.5;\n"
		"color = vec4(anyInvocationEXT(t.x > -1.0), allInvocationsEXT(t.x < 2.0),"
		" allInvocationsEqualEXT(t.x > 7.0), left);"},
	{"GL_EXT_shader_implicit_conversions", "310 es", "int three() { return 3; }\n",
		"uint u = three() + 4; float f = three(); vec2 v = ivec2(1, 2);\n"
		"color = vec4(f / 4, u / 8u, v / 4.0 + 1);"},
	{"GL_MESA_shader_integer_functions", "300 es", "",
		"uint carry; uint sum = uaddCarry(0xfffffff0u, uint(t.x * 32.0), carry);\n"
		"color = vec4(float(carry), float(bitCount(sum)) / 32.0,"
		" float(findMSB(int(t.y * 255.0))) / 8.0,"
		" float(bitfieldReverse(int(t.x * 16.0)) & 0x7fffffff) / 2147483647.0);"},
	{"GL_ARM_shader_framebuffer_fetch_depth_stencil", "300 es", "",
		"color = vec4(gl_LastFragDepthARM, float(gl_LastFragStencilARM) / 255.0, t);"},
	{"GL_ARM_shader_framebuffer_fetch_depth_stencil", "100", "",
		"gl_FragColor = vec4(gl_LastFragDepthARM,"
		" float(gl_LastFragStencilARM) / 255.0, t);"},
};

XG_CASE_ES3(shader_words)
{
	char vertex[512], fragment[1024];

	/* So that there is a depth and a stencil to fetch. */
	glEnable(GL_DEPTH_TEST);
	glDepthFunc(GL_ALWAYS);
	glEnable(GL_STENCIL_TEST);

	for (size_t i = 0; i < COUNT(words); i++) {
		const bool is_old = strcmp(words[i].version, "100") == 0;

		say("%s: %d", words[i].extension, has_extension(words[i].extension));
		snprintf(vertex, sizeof(vertex), "#version %s\n%s", words[i].version,
			is_old ? VERTEX_100 : VERTEX_BODY);
		snprintf(fragment, sizeof(fragment),
			"#version %s\n#extension %s : require\n"
			"precision highp float; precision highp int;\n%s%s\n"
			"void main() {\n%s\n}",
			words[i].version, words[i].extension,
			is_old ? "varying vec2 t;\n"
			       : "in vec2 t; layout(location = 0) out vec4 color;\n",
			words[i].declarations, words[i].body);
		const GLuint program = make_program(vertex, fragment);
		if (!program)
			continue;
		glUseProgram(program);
		glClearDepthf(0.375f);
		glClearStencil(77);
		glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT | GL_STENCIL_BUFFER_BIT);
		draw_quad();
		say_picture("drawn");
	}
}

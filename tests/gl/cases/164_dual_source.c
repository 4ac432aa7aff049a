/* SPDX-License-Identifier: MIT */
/* EXT_blend_func_extended: a second colour of the fragment shader as a factor of blending. */
#include "../case.h"

#define VERTEX "#version 300 es\nin vec4 position; void main() { gl_Position = position; }"
#define FRAGMENT_HEAD                                                                              \
	"#version 300 es\n#extension GL_EXT_blend_func_extended : require\nprecision highp "       \
	"float;\n"

static const GLenum factors[] = {GL_SRC1_COLOR_EXT, GL_SRC1_ALPHA_EXT, GL_ONE_MINUS_SRC1_COLOR_EXT,
	GL_ONE_MINUS_SRC1_ALPHA_EXT, GL_SRC_ALPHA_SATURATE_EXT};

static void say_blended(void)
{
	GLint values[4];

	glEnable(GL_BLEND);
	for (size_t i = 0; i < COUNT(factors); i++) {
		glClearColor(0.25f, 0.5f, 0.75f, 0.5f);
		glClear(GL_COLOR_BUFFER_BIT);
		DO(glBlendFuncSeparate(
			factors[i], factors[COUNT(factors) - 1 - i], GL_ONE, factors[i]));
		glGetIntegerv(GL_BLEND_SRC_RGB, &values[0]);
		glGetIntegerv(GL_BLEND_DST_RGB, &values[1]);
		glGetIntegerv(GL_BLEND_SRC_ALPHA, &values[2]);
		glGetIntegerv(GL_BLEND_DST_ALPHA, &values[3]);
		say_ints("factors", values, 4);
		DO(draw_quad());
		say_pixels("blended", 3, 3, 2, 2);
	}
	glDisable(GL_BLEND);
}

static GLuint make(const char *fragment)
{
	const GLuint program = glCreateProgram();
	GLuint shader = make_shader(GL_VERTEX_SHADER, VERTEX);

	glAttachShader(program, shader);
	glDeleteShader(shader);
	shader = make_shader(GL_FRAGMENT_SHADER, fragment);
	glAttachShader(program, shader);
	glDeleteShader(shader);
	glBindAttribLocation(program, 0, "position");
	return program;
}

static void say_indices(GLuint program)
{
	static const char *const names[] = {"first", "second", "third", ""};

	PROC(PFNGLGETFRAGDATAINDEXEXTPROC, glGetFragDataIndexEXT);
	PROC(PFNGLGETPROGRAMRESOURCELOCATIONINDEXEXTPROC, glGetProgramResourceLocationIndexEXT);
	for (size_t i = 0; i < COUNT(names); i++) {
		say("\"%s\"", names[i]);
		ASK(glGetFragDataLocation(program, names[i]));
		ASK(glGetFragDataIndexEXT(program, names[i]));
		ASK(glGetProgramResourceLocationIndexEXT(
			program, 0x92e4 /* GL_PROGRAM_OUTPUT */, names[i]));
	}
	ASK(glGetProgramResourceLocationIndexEXT(program, 0x92e1 /* GL_UNIFORM */, "first"));
}

XG_CASE_ES3(dual_source)
{
	GLint most = 7;

	need_extension("GL_EXT_blend_func_extended");
	PROC(PFNGLBINDFRAGDATALOCATIONEXTPROC, glBindFragDataLocationEXT);
	PROC(PFNGLBINDFRAGDATALOCATIONINDEXEDEXTPROC, glBindFragDataLocationIndexedEXT);
	for (int i = 0; i < 2; i++) {
		glGetIntegerv(GL_MAX_DUAL_SOURCE_DRAW_BUFFERS_EXT, &most);
		say("dual sources: %d", most);
	}
	GLuint program = make(FRAGMENT_HEAD "layout(location = 0, index = 0) out vec4 first;\n"
					    "layout(location = 0, index = 1) out vec4 second;\n"
					    "void main() { first = vec4(0.5, 0.25, 1, 0.75);\n"
					    " second = vec4(0.125, 0.75, 0.5, 0.25); }");
	glLinkProgram(program);
	glUseProgram(program);
	say_blended();
	say_indices(program);

	program = make(FRAGMENT_HEAD "out vec4 first; out vec4 second;\n"
				     "void main() { first = vec4(0.5, 0.25, 1, 0.75);\n"
				     " second = vec4(0.125, 0.75, 0.5, 0.25); }");
	DO(glBindFragDataLocationEXT(program, 0, "first"));
	DO(glBindFragDataLocationIndexedEXT(program, 0, 1, "second"));
	DO(glBindFragDataLocationIndexedEXT(program, 0, 2, "second"));
	DO(glBindFragDataLocationIndexedEXT(program, 1000, 0, "second"));
	DO(glBindFragDataLocationEXT(program, 0, "gl_second"));
	DO(glBindFragDataLocationEXT(12345, 0, "first"));
	say_indices(program);
	glLinkProgram(program);
	glUseProgram(program);
	say_blended();
	say_indices(program);
	say_indices(12345);

	const GLuint old = make_program("attribute vec4 position;\n"
					"void main() { gl_Position = position; }",
		"#extension GL_EXT_blend_func_extended : require\nprecision mediump float;\n"
		"void main() { gl_FragColor = vec4(0.5); gl_SecondaryFragColorEXT = vec4(0.25); }");
	glUseProgram(old);
	say_blended();
}

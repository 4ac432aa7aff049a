/* SPDX-License-Identifier: MIT */
/* OES_viewport_array: viewports, scissor boxes and depth ranges by index, drawn to by a geometry
 * shader, and what is asked for without an index. */
#include "../case.h"

#include <limits.h>
#include <math.h>

#include <GLES3/gl32.h>

#define P(name, type) static type name;
P(glViewportArrayvOES, PFNGLVIEWPORTARRAYVOESPROC)
P(glViewportIndexedfOES, PFNGLVIEWPORTINDEXEDFOESPROC)
P(glViewportIndexedfvOES, PFNGLVIEWPORTINDEXEDFVOESPROC)
P(glScissorArrayvOES, PFNGLSCISSORARRAYVOESPROC)
P(glScissorIndexedOES, PFNGLSCISSORINDEXEDOESPROC)
P(glScissorIndexedvOES, PFNGLSCISSORINDEXEDVOESPROC)
P(glDepthRangeArrayfvOES, PFNGLDEPTHRANGEARRAYFVOESPROC)
P(glDepthRangeIndexedfOES, PFNGLDEPTHRANGEINDEXEDFOESPROC)
P(glGetFloati_vOES, PFNGLGETFLOATI_VOESPROC)
P(glEnableiOES, PFNGLENABLEIOESPROC)
P(glDisableiOES, PFNGLDISABLEIOESPROC)
P(glIsEnablediOES, PFNGLISENABLEDIOESPROC)

#define LOAD(name) name = (__typeof__(name))eglGetProcAddress(#name)

static void load(void)
{
	LOAD(glViewportArrayvOES);
	LOAD(glViewportIndexedfOES);
	LOAD(glViewportIndexedfvOES);
	LOAD(glScissorArrayvOES);
	LOAD(glScissorIndexedOES);
	LOAD(glScissorIndexedvOES);
	LOAD(glDepthRangeArrayfvOES);
	LOAD(glDepthRangeIndexedfOES);
	LOAD(glGetFloati_vOES);
	LOAD(glEnableiOES);
	LOAD(glDisableiOES);
	LOAD(glIsEnablediOES);
}

static void say_state(GLuint index)
{
	GLfloat floats[5];
	GLint ints[5];

	say("state %u", index);
	untouched(floats, sizeof(floats));
	DO(glGetFloati_vOES(GL_VIEWPORT, index, floats));
	say_floats("viewport", floats, 5);
	untouched(floats, sizeof(floats));
	DO(glGetFloati_vOES(GL_DEPTH_RANGE, index, floats));
	say_floats("depth range", floats, 3);
	untouched(ints, sizeof(ints));
	DO(glGetIntegeri_v(GL_SCISSOR_BOX, index, ints));
	say_ints("scissor", ints, 5);
	ASK(glIsEnablediOES(GL_SCISSOR_TEST, index));
}

static void say_first(void)
{
	GLint ints[4];
	GLfloat floats[4];

	glGetIntegerv(GL_VIEWPORT, ints);
	say_ints("viewport", ints, 4);
	glGetFloatv(GL_VIEWPORT, floats);
	say_floats("viewport", floats, 4);
	glGetIntegerv(GL_SCISSOR_BOX, ints);
	say_ints("scissor", ints, 4);
	ASK(glIsEnabled(GL_SCISSOR_TEST));
}

static GLuint make_layered(void)
{
	static const char vertex[] = "#version 310 es\n"
				     "in vec4 position; void main() { gl_Position = position; }";
	static const char geometry[] =
		"#version 310 es\n#extension GL_EXT_geometry_shader : require\n"
		"#extension GL_OES_viewport_array : require\n"
		"layout(triangles, invocations = 4) in;\n"
		"layout(triangle_strip, max_vertices = 3) out; out vec4 c;\n"
		"void main() { for (int i = 0; i < 3; i++) {\n"
		" gl_Position = gl_in[i].gl_Position; gl_ViewportIndex = gl_InvocationID;\n"
		" c = vec4(float(gl_InvocationID + 1) / 4.0, 1, 0, 1); EmitVertex(); }\n"
		" EndPrimitive(); }";
	static const char fragment[] =
		"#version 310 es\nprecision highp float; in vec4 c; out vec4 color;\n"
		"void main() { color = c * vec4(1, gl_FragCoord.z, 1, 1); }";
	static const char *const sources[] = {vertex, geometry, fragment};
	static const GLenum types[] = {
		GL_VERTEX_SHADER, 0x8dd9 /* GL_GEOMETRY_SHADER */, GL_FRAGMENT_SHADER};
	const GLuint program = glCreateProgram();
	GLint status = 0;

	for (int i = 0; i < 3; i++) {
		const GLuint shader = make_shader(types[i], sources[i]);

		glAttachShader(program, shader);
		glDeleteShader(shader);
	}
	glBindAttribLocation(program, 0, "position");
	glLinkProgram(program);
	glGetProgramiv(program, GL_LINK_STATUS, &status);
	say("linked %d", status);
	return program;
}

/* Indices, places, sizes and depths at their limits. */
static void at_limits(void)
{
	static const GLfloat numbers[] = {-INFINITY, -3e38f, -32769, -0.5f, 0, 1e-40f, 0.5f,
		16383.7f, 65536, 3e9f, 3e38f, INFINITY, NAN};
	static const GLint edges[] = {INT_MIN, -32769, -1, 0, 1, 15, 16, 17, 32768, INT_MAX};
	GLfloat four[4] = {1, 2, 3, 4};

	for (size_t i = 0; i < COUNT(numbers); i++) {
		const GLfloat a = numbers[i];

		say("number %zu", i);
		for (int at = 0; at < 4; at++) {
			const GLfloat before = four[at];

			four[at] = a;
			DO(glViewportIndexedfvOES(1, four));
			DO(glViewportIndexedfOES(2, four[0], four[1], four[2], four[3]));
			four[at] = a;
			DO(glViewportArrayvOES(0, 1, four));
			say_first();
			four[0] = 1, four[1] = 2, four[2] = 3, four[3] = 4;
			four[at] = before;
		}
		DO(glDepthRangeIndexedfOES(1, a, 0.5f));
		DO(glDepthRangeIndexedfOES(2, 0.5f, a));
		say_state(1);
		say_state(2);
		say_state(0);
	}
	for (size_t i = 0; i < COUNT(edges); i++) {
		const GLint a = edges[i];

		say("edge %d", a);
		DO(glViewportIndexedfOES((GLuint)a, 1, 2, 3, 4));
		DO(glViewportIndexedfvOES((GLuint)a, four));
		DO(glScissorIndexedOES((GLuint)a, 1, 2, 3, 4));
		DO(glScissorIndexedvOES((GLuint)a, (const GLint[]){1, 2, 3, 4}));
		DO(glScissorIndexedOES(1, a, 2, 3, 4));
		DO(glScissorIndexedOES(1, 1, a, a, 4));
		DO(glScissorIndexedOES(1, 1, 2, 3, a));
		DO(glDepthRangeIndexedfOES((GLuint)a, 0, 1));
		DO(glGetFloati_vOES(GL_VIEWPORT, (GLuint)a, four));
		DO(glGetIntegeri_v(GL_SCISSOR_BOX, (GLuint)a, (GLint[4]){0}));
		DO(glEnableiOES(GL_SCISSOR_TEST, (GLuint)a));
		DO(glDisableiOES(GL_SCISSOR_TEST, (GLuint)a));
		/* Mesa 22.3 adds these to the count, and takes a sum that has wrapped for one that
		 * fits. */
		if (a >= 0) {
			DO(glViewportArrayvOES((GLuint)a, 1, four));
			DO(glScissorArrayvOES((GLuint)a, 1, (const GLint[]){1, 2, 3, 4}));
			DO(glDepthRangeArrayfvOES((GLuint)a, 1, (const GLfloat[]){0, 1}));
		}
		say_state(1);
		say_first();
	}
}

XG_CASE_ES3(viewport_array)
{
	/* The driver clamps them in place. */
	static GLfloat viewports[] = {0, 0, 16, 16, 16.5f, 0.25f, 12, 15, 0, 16, 16, 16};
	static const GLint boxes[] = {0, 0, 8, 32, 3, 3, 29, 29};
	static const GLfloat ranges[] = {0.25f, 0.5f, 1, 0, 2, -1};
	static GLfloat wrong[] = {0, 0, -1, 5};
	GLint limits[2] = {0, 0};

	need_extension("GL_OES_viewport_array");
	load();
	for (int i = 0; i < 2; i++) {
		glGetIntegerv(GL_MAX_VIEWPORTS_OES, &limits[0]);
		glGetIntegerv(GL_VIEWPORT_SUBPIXEL_BITS_OES, &limits[1]);
		say_ints("limits", limits, 2);
		glGetIntegerv(GL_VIEWPORT_BOUNDS_RANGE_OES, limits);
		say_ints("bounds", limits, 2);
		glGetIntegerv(GL_VIEWPORT_INDEX_PROVOKING_VERTEX_OES, limits);
		say_ints("provoking", limits, 1);
	}
	glViewport(1, 2, 30, 29);
	glScissor(3, 4, 5, 6);
	say_first();
	DO(glViewportArrayvOES(0, 3, viewports));
	DO(glViewportIndexedfOES(3, 16, 16, 16, 8.5f));
	DO(glScissorArrayvOES(1, 2, boxes));
	DO(glDepthRangeArrayfvOES(1, 3, ranges));
	say_first();
	for (GLuint i = 0; i < 5; i++)
		say_state(i);
	DO(glViewportIndexedfvOES(0, viewports + 4));
	DO(glScissorIndexedOES(0, 1, 1, 9, 9));
	DO(glEnableiOES(GL_SCISSOR_TEST, 2));
	say_first();
	DO(glEnableiOES(GL_SCISSOR_TEST, 0));
	say_first();
	DO(glScissorIndexedvOES(0, boxes));
	DO(glDepthRangeIndexedfOES(0, 0.125f, 0.75f));
	say_first();
	say_state(0);
	glUseProgram(make_layered());
	glClear(GL_COLOR_BUFFER_BIT);
	DO(draw_quad());
	say_picture("drawn");
	DO(glDisableiOES(GL_SCISSOR_TEST, 0));
	glClear(GL_COLOR_BUFFER_BIT);
	draw_quad();
	say_picture("drawn");
	say_first();

	DO(glViewportArrayvOES(15, 2, viewports));
	DO(glViewportArrayvOES(0, -1, viewports));
	DO(glViewportArrayvOES(0, 0, viewports));
	DO(glViewportIndexedfOES(16, 0, 0, 1, 1));
	DO(glViewportIndexedfvOES(2, wrong));
	DO(glScissorArrayvOES(16, 1, boxes));
	DO(glScissorIndexedOES(1, 0, 0, -1, 1));
	DO(glScissorIndexedOES(77, 0, 0, 1, 1));
	DO(glDepthRangeArrayfvOES(14, 3, ranges));
	DO(glDepthRangeIndexedfOES(16, 0, 1));
	DO(glEnableiOES(GL_SCISSOR_TEST, 16));
	DO(glEnableiOES(GL_DITHER, 0));
	ASK(glIsEnablediOES(GL_SCISSOR_TEST, 99));
	GLfloat value[4];
	untouched(value, sizeof(value));
	DO(glGetFloati_vOES(GL_VIEWPORT, 16, value));
	DO(glGetFloati_vOES(GL_DITHER, 0, value));
	say_floats("untouched", value, 4);
	glViewport(0, 0, 32, 32);
	say_state(3);
	say_first();
	at_limits();
}

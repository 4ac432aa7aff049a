/* SPDX-License-Identifier: MIT */
/* Geometry shaders: each kind of primitive in and out, layers of a framebuffer, what is asked. */
#include "../stages.h"

#include <stdio.h>

static const struct {
	GLenum mode;
	const char *in;
	int vertices;
} inputs[] = {
	{GL_POINTS, "points", 1},
	{GL_LINES, "lines", 2},
	{GL_LINE_STRIP, "lines", 2},
	{GL_TRIANGLES, "triangles", 3},
	{GL_TRIANGLE_FAN, "triangles", 3},
	{GL_LINES_ADJACENCY, "lines_adjacency", 4},
	{GL_LINE_STRIP_ADJACENCY, "lines_adjacency", 4},
	{GL_TRIANGLES_ADJACENCY, "triangles_adjacency", 6},
	{GL_TRIANGLE_STRIP_ADJACENCY, "triangles_adjacency", 6},
};
static const char *const outputs[] = {"points", "line_strip", "triangle_strip"};

static const char vertex[] = ES32 "layout(location = 0) in vec4 position; out vec4 shade;\n"
				  "void main() { gl_Position = position; gl_PointSize = 2.0;"
				  "  shade = position * 0.5 + 0.5; }";
static const char fragment[] = ES32 "in vec4 tint; layout(location = 0) out vec4 color;\n"
				    "void main() { color = tint; }";

static GLuint make(const char *in, const char *out)
{
	char text[2048];

	snprintf(text, sizeof(text),
		"#version 320 es\n#extension GL_EXT_geometry_point_size : enable\n"
		"layout(%s, invocations = 2) in; layout(%s, max_vertices = 6) out;\n"
		"in vec4 shade[]; out vec4 tint;\n"
		"void main() { for (int i = 0; i < gl_in.length(); i++) {\n"
		"  gl_Position = gl_in[i].gl_Position * vec4(1, gl_InvocationID * 2 - 1, 1, 1);\n"
		"  gl_PointSize = gl_in[i].gl_PointSize + 1.0; gl_PrimitiveID = gl_PrimitiveIDIn;\n"
		"  tint = shade[i] + vec4(0, 0, float(gl_InvocationID), 1); EmitVertex(); }\n"
		"  EndPrimitive(); }",
		in, out);
	return LINK({GL_VERTEX_SHADER, vertex}, {GL_GEOMETRY_SHADER, text},
		{GL_FRAGMENT_SHADER, fragment});
}

static void say_program(GLuint program)
{
	static const GLenum pnames[] = {GL_GEOMETRY_VERTICES_OUT, GL_GEOMETRY_INPUT_TYPE,
		GL_GEOMETRY_OUTPUT_TYPE, GL_GEOMETRY_SHADER_INVOCATIONS};
	GLint value;

	for (size_t i = 0; i < COUNT(pnames); i++) {
		untouched(&value, sizeof(value));
		DO(glGetProgramiv(program, pnames[i], &value));
		say_ints("value", &value, 1);
	}
}

static void draw_all(void)
{
	static const GLfloat corners[] = {-0.9f, -0.3f, -0.5f, 0.9f, 0.1f, -0.7f, 0.3f, 0.8f, 0.6f,
		-0.9f, 0.9f, 0.5f, -0.2f, 0.2f, 0.7f, 0.1f};
	GLuint query;
	GLuint count;

	glGenQueries(1, &query);
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, corners);
	glEnableVertexAttribArray(0);
	for (size_t i = 0; i < COUNT(inputs); i++) {
		for (size_t o = 0; o < COUNT(outputs); o++) {
			const GLuint program = make(inputs[i].in, outputs[o]);

			glUseProgram(program);
			if (!i)
				say_program(program);
			glClear(GL_COLOR_BUFFER_BIT);
			glBeginQuery(GL_PRIMITIVES_GENERATED, query);
			DO(glDrawArrays(inputs[i].mode, 0, 8));
			glEndQuery(GL_PRIMITIVES_GENERATED);
			glGetQueryObjectuiv(query, GL_QUERY_RESULT, &count);
			say("0x%04x to %s: %u", inputs[i].mode, outputs[o], count);
			say_picture(outputs[o]);
			/* Another kind than the shader takes. */
			DO(glDrawArrays(i < 3 ? GL_TRIANGLES : GL_POINTS, 0, 3));
			glDeleteProgram(program);
		}
	}
	glDisableVertexAttribArray(0);
	glDeleteQueries(1, &query);
}

static const char layered[] =
	"#version 320 es\nlayout(triangles) in; layout(triangle_strip, max_vertices = 18) out;\n"
	"in vec2 t[]; out vec4 tint;\n"
	"void main() { for (int layer = 0; layer < 6; layer++) {\n"
	"  for (int i = 0; i < 3; i++) { gl_Layer = layer; gl_Position = gl_in[i].gl_Position;\n"
	"    tint = vec4(t[i], float(layer) / 6.0, 1); EmitVertex(); }\n"
	"  EndPrimitive(); } }";

static void draw_layers(GLenum target, GLsizei depth)
{
	GLuint texture, framebuffer;
	GLint value;
	const GLuint program = LINK({GL_VERTEX_SHADER, quad_vertex}, {GL_GEOMETRY_SHADER, layered},
		{GL_FRAGMENT_SHADER, fragment});

	glGenTextures(1, &texture);
	glBindTexture(target, texture);
	if (target == GL_TEXTURE_CUBE_MAP || target == GL_TEXTURE_2D)
		glTexStorage2D(target, 2, GL_RGBA8, 8, 8);
	else
		glTexStorage3D(target, 2, GL_RGBA8, 8, 8, depth);
	glGenFramebuffers(1, &framebuffer);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	DO(glFramebufferTexture(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, texture, 0));
	say("0x%04x: %s", target, enum_name(glCheckFramebufferStatus(GL_FRAMEBUFFER)));
	for (GLenum pname = GL_FRAMEBUFFER_ATTACHMENT_OBJECT_TYPE;
		pname <= GL_FRAMEBUFFER_ATTACHMENT_TEXTURE_CUBE_MAP_FACE; pname++) {
		untouched(&value, sizeof(value));
		DO(glGetFramebufferAttachmentParameteriv(
			GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, pname, &value));
		say_ints("value", &value, 1);
	}
	DO(glGetFramebufferAttachmentParameteriv(
		GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_FRAMEBUFFER_ATTACHMENT_LAYERED, &value));
	say_ints("layered", &value, 1);
	glViewport(0, 0, 8, 8);
	glClearColor(0.5f, 0.25f, 0, 1);
	glClear(GL_COLOR_BUFFER_BIT);
	glUseProgram(program);
	DO(glDrawArrays(GL_TRIANGLES, 0, 3));
	for (GLsizei layer = 0; layer < depth && target != GL_TEXTURE_2D; layer++) {
		if (target == GL_TEXTURE_CUBE_MAP)
			glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0,
				GL_TEXTURE_CUBE_MAP_POSITIVE_X + (GLenum)layer, texture, 0);
		else
			glFramebufferTextureLayer(
				GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, texture, 0, layer);
		say_pixels("layer", 0, 0, 8, 8);
	}
	DO(glFramebufferTexture(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, texture, 1));
	say("level 1: %s", enum_name(glCheckFramebufferStatus(GL_FRAMEBUFFER)));
	DO(glFramebufferTexture(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, texture, 77));
	DO(glFramebufferTexture(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, 0, 0));
	DO(glFramebufferTexture(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, 4711, 0));
	DO(glFramebufferTexture(GL_FRAMEBUFFER, GL_BLEND, texture, 0));
	DO(glFramebufferTexture(GL_BLEND, GL_COLOR_ATTACHMENT0, texture, 0));
	/* A framebuffer keeps what is deleted while it is not bound. */
	DO(glFramebufferTexture(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, texture, 0));
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
	glDeleteTextures(1, &texture);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	glClear(GL_COLOR_BUFFER_BIT);
	if (target == GL_TEXTURE_2D)
		say_pixels("deleted", 0, 0, 8, 8);
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
	glDeleteFramebuffers(1, &framebuffer);
	glDeleteProgram(program);
	glViewport(0, 0, XG_CASE_SIZE, XG_CASE_SIZE);
	glClearColor(0, 0, 0, 0);
}

XG_CASE_ES32(geometry)
{
	draw_all();
	draw_layers(GL_TEXTURE_2D_ARRAY, 6);
	draw_layers(GL_TEXTURE_3D, 4);
	draw_layers(GL_TEXTURE_CUBE_MAP, 6);
	draw_layers(GL_TEXTURE_CUBE_MAP_ARRAY, 12);
	draw_layers(GL_TEXTURE_2D, 1);
	DO(glFramebufferTexture(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, 0, 0));
	/* A shader whose text is wrong, and one that lacks its neighbours. */
	make("points", "quads");
	LINK({GL_GEOMETRY_SHADER, layered}, {GL_FRAGMENT_SHADER, fragment});
}

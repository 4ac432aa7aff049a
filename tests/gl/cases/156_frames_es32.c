/* SPDX-License-Identifier: MIT */
/*
 * Frames as a program of GLES 3.2 draws them, with everything in them that has no answer, and what
 * programs like to ask to put it back. steady_test.py counts what is waited for in it.
 */
#include "../stages.h"

enum { FRAMES = 64 };

static GLuint shaped, curved, buffers[3], textures[4], framebuffer;

static void make_programs(void)
{
	static const char fragment[] = ES32 "in vec4 tint; layout(location = 0) out vec4 color;\n"
					    "void main() { color = tint; }";

	shaped = LINK({GL_VERTEX_SHADER, ES32 "void main() { gl_Position = vec4(0, 0, 0, "
					      "float(gl_VertexID)); }"},
		{GL_GEOMETRY_SHADER, ES32
			"layout(points) in; layout(triangle_strip, max_vertices = 4) out;\n"
			"uniform highp samplerBuffer places; out vec4 tint;\n"
			"void main() { vec4 p = texelFetch(places, int(gl_in[0].gl_Position.w));\n"
			"  for (int i = 0; i < 4; i++) { tint = vec4(p.xy, 0.5, 0.5);\n"
			"    gl_Position = vec4(p.xy * 1.6 - 0.8 + 0.3 * vec2(i & 1, i >> 1), 0, "
			"1);\n"
			"    EmitVertex(); } }"},
		{GL_FRAGMENT_SHADER, fragment});
	curved = LINK({GL_VERTEX_SHADER, ES32 "layout(location = 0) in vec2 place;\n"
					      "void main() { gl_Position = vec4(place, 0, 1); }"},
		{GL_TESS_CONTROL_SHADER,
			ES32 "layout(vertices = 3) out; void main() {\n"
			     "  gl_out[gl_InvocationID].gl_Position = "
			     "gl_in[gl_InvocationID].gl_Position;\n"
			     "  gl_TessLevelInner[0] = 3.0;\n"
			     "  for (int i = 0; i < 3; i++) gl_TessLevelOuter[i] = 3.0; }"},
		{GL_TESS_EVALUATION_SHADER, ES32
			"layout(triangles) in; out vec4 tint; void main() { vec3 u = "
			"gl_TessCoord;\n"
			"  gl_Position = u.x * gl_in[0].gl_Position + u.y * gl_in[1].gl_Position\n"
			"    + u.z * gl_in[2].gl_Position; tint = vec4(u, 0.5); }"},
		{GL_FRAGMENT_SHADER, fragment});
}

static void prepare(void)
{
	static const GLfloat corners[] = {
		0, 0, -0.9f, -0.9f, 0.9f, -0.5f, 0, 0.9f, 0.5f, 0.5f, -0.5f, 0.5f};
	static const GLushort indices[] = {0, 1, 2};

	make_programs();
	glGenBuffers(3, buffers);
	glBindBuffer(GL_ARRAY_BUFFER, buffers[0]);
	glBufferData(GL_ARRAY_BUFFER, sizeof(corners), corners, GL_STATIC_DRAW);
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, NULL);
	glEnableVertexAttribArray(0);
	glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, buffers[1]);
	glBufferData(GL_ELEMENT_ARRAY_BUFFER, sizeof(indices), indices, GL_STATIC_DRAW);
	glBindBuffer(GL_TEXTURE_BUFFER, buffers[2]);
	glBufferData(GL_TEXTURE_BUFFER, 4096, NULL, GL_STREAM_DRAW);
	glGenTextures(4, textures);
	glBindTexture(GL_TEXTURE_BUFFER, textures[0]);
	glBindTexture(GL_TEXTURE_CUBE_MAP_ARRAY, textures[1]);
	glTexStorage3D(GL_TEXTURE_CUBE_MAP_ARRAY, 1, GL_RGBA8, 16, 16, 6);
	for (int i = 2; i < 4; i++) {
		glBindTexture(GL_TEXTURE_2D, textures[i]);
		glTexStorage2D(GL_TEXTURE_2D, 1, GL_RGBA8, 16, 16);
	}
	glGenFramebuffers(1, &framebuffer);
	say_error("prepare");
}

static void upload(int frame)
{
	const GLintptr offset = 1024 * (frame % 4);
	uint8_t *texels;

	glBindBuffer(GL_TEXTURE_BUFFER, buffers[2]);
	texels = glMapBufferRange(
		GL_TEXTURE_BUFFER, offset, 32, GL_MAP_WRITE_BIT | GL_MAP_INVALIDATE_RANGE_BIT);
	fill(texels, 32, (uint32_t)frame);
	glUnmapBuffer(GL_TEXTURE_BUFFER);
	glBufferSubData(GL_TEXTURE_BUFFER, offset + 32, 4, &frame);
	glBindTexture(GL_TEXTURE_BUFFER, textures[0]);
	glTexBufferRange(GL_TEXTURE_BUFFER, GL_RGBA8, buffers[2], offset, 64);
}

static void set_state(int frame)
{
	static const GLenum targets[] = {GL_COLOR_ATTACHMENT0, GL_COLOR_ATTACHMENT1};
	static const GLint borders[] = {1, 2, 3, 4};
	GLint before[4];

	glGetIntegerv(GL_BLEND_SRC_RGB, before);
	glGetIntegerv(GL_BLEND_EQUATION_RGB, before);
	glGetIntegerv(GL_MAX_GEOMETRY_OUTPUT_VERTICES, before);
	glGetIntegerv(GL_TEXTURE_BUFFER_OFFSET_ALIGNMENT, before);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	glFramebufferTexture(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, textures[2], 0);
	glFramebufferTexture(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT1, textures[3], 0);
	glDrawBuffers(2, targets);
	if (!glIsEnabledi(GL_BLEND, 0))
		glEnablei(GL_BLEND, 0);
	glBlendFunci(0, GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA);
	glBlendEquationi(0, frame % 2 ? GL_FUNC_ADD : GL_FUNC_SUBTRACT);
	glColorMaski(1, GL_TRUE, GL_FALSE, GL_TRUE, GL_TRUE);
	glViewport(0, 0, 16, 16);
	glBindTexture(GL_TEXTURE_2D, textures[2]);
	glTexParameterIiv(GL_TEXTURE_2D, GL_TEXTURE_BORDER_COLOR, borders);
	glMinSampleShading(0.5f);
	glPrimitiveBoundingBox(-1, -1, -1, 1, 1, 1, 1, 1);
}

static void draw(void)
{
	glPushDebugGroup(GL_DEBUG_SOURCE_APPLICATION, 1, -1, "a frame");
	glClearBufferfv(GL_COLOR, 0, (const GLfloat[]){0.25f, 0, 0, 1});
	glUseProgram(shaped);
	glDrawArrays(GL_POINTS, 0, 8);
	glUseProgram(curved);
	glPatchParameteri(GL_PATCH_VERTICES, 3);
	glDrawElementsBaseVertex(GL_PATCHES, 3, GL_UNSIGNED_SHORT, NULL, 1);
	glDrawElementsInstancedBaseVertex(GL_PATCHES, 3, GL_UNSIGNED_SHORT, NULL, 2, 3);
	glBlendBarrier();
	glCopyImageSubData(textures[2], GL_TEXTURE_2D, 0, 0, 0, 0, textures[1],
		GL_TEXTURE_CUBE_MAP_ARRAY, 0, 0, 0, 3, 16, 16, 1);
	glDisablei(GL_BLEND, 0);
	glPopDebugGroup();
	glObjectLabel(GL_TEXTURE, textures[2], -1, "drawn");
}

XG_CASE_ES32(frames_es32)
{
	prepare();
	for (int frame = 0; frame < FRAMES; frame++) {
		upload(frame);
		set_state(frame);
		draw();
		glFlush();
	}
	say_error("frames");
	say_pixels("the last frame", 0, 0, 16, 16);
	glFramebufferTextureLayer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, textures[1], 0, 3);
	say_pixels("and its copy", 0, 0, 16, 16);
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
}

/* SPDX-License-Identifier: MIT */
/*
 * Commands that are refused before they look at memory: the pointer leads to where nothing can be
 * read or written. A number that is too large for the memory is refused likewise.
 */
#include "../case.h"

#include <GLES3/gl3.h>
#include <limits.h>
#include <sys/mman.h>

static void *bad; /* any touch is the program's end */

static void textures(void)
{
	const GLenum sub = GL_TEXTURE_2D;
	GLint limit, cube_limit;

	glGetIntegerv(GL_MAX_TEXTURE_SIZE, &limit);
	glGetIntegerv(GL_MAX_CUBE_MAP_TEXTURE_SIZE, &cube_limit);
	make_texture();
	DO(glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 8, 8, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL));

	const GLint sizes[][2] = {{limit + 1, 1}, {1, limit + 1}, {1 << 20, 1 << 20}, {-1, 4},
		{4, -1}, {-1, 1 << 20}, {1 << 16, 1 << 16}};
	for (size_t i = 0; i < COUNT(sizes); i++) {
		const GLint w = sizes[i][0], h = sizes[i][1];

		say("size %zu", i);
		DO(glTexImage2D(
			GL_TEXTURE_2D, 0, GL_RGBA, w, h, 0, GL_RGBA, GL_UNSIGNED_BYTE, bad));
		DO(glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, w, h, GL_RGBA, GL_UNSIGNED_BYTE, bad));
		DO(glTexSubImage2D(GL_BLEND, 0, 0, 0, w, h, GL_RGBA, GL_UNSIGNED_BYTE, bad));
		DO(glCompressedTexImage2D(GL_TEXTURE_2D, 0, GL_ETC1_RGB8_OES, w, h, 0, 8, bad));
		DO(glCompressedTexSubImage2D(
			GL_TEXTURE_2D, 0, 0, 0, w, h, GL_ETC1_RGB8_OES, 8, bad));
	}
	DO(glTexImage2D(GL_TEXTURE_2D, 1, GL_RGBA, limit, 1, 0, GL_RGBA, GL_UNSIGNED_BYTE, bad));
	DO(glTexImage2D(GL_TEXTURE_CUBE_MAP_POSITIVE_X, 0, GL_RGBA, cube_limit + 1, cube_limit + 1,
		0, GL_RGBA, GL_UNSIGNED_BYTE, bad));
	DO(glTexImage2D(GL_TEXTURE_CUBE_MAP_POSITIVE_X, 0, GL_RGBA, 4, 5, 0, GL_RGBA,
		GL_UNSIGNED_BYTE, bad));
	DO(glTexImage2D(GL_BLEND, 0, GL_RGBA, 4, 4, 0, GL_RGBA, GL_UNSIGNED_BYTE, bad));
	DO(glTexImage2D(sub, -1, GL_RGBA, 4, 4, 0, GL_RGBA, GL_UNSIGNED_BYTE, bad));
	DO(glTexImage2D(sub, 40, GL_RGBA, 4, 4, 0, GL_RGBA, GL_UNSIGNED_BYTE, bad));
	DO(glTexImage2D(sub, 0, GL_RGBA, 4, 4, 1, GL_RGBA, GL_UNSIGNED_BYTE, bad));
	DO(glTexImage2D(sub, 0, GL_RGBA, 4, 4, 0, GL_BLEND, GL_UNSIGNED_BYTE, bad));
	DO(glTexImage2D(sub, 0, GL_RGBA, 4, 4, 0, GL_RGBA, GL_BLEND, bad));
	DO(glTexImage2D(sub, 0, GL_RGBA, 4, 4, 0, GL_RGBA, GL_UNSIGNED_SHORT_5_6_5, bad));
	DO(glTexImage2D(sub, 0, GL_RGB, 4, 4, 0, GL_RGB, GL_UNSIGNED_SHORT_4_4_4_4, bad));
	DO(glTexSubImage2D(sub, 0, -1, 0, 4, 4, GL_RGBA, GL_UNSIGNED_BYTE, bad));
	DO(glTexSubImage2D(sub, 0, 0, -1, 4, 4, GL_RGBA, GL_UNSIGNED_BYTE, bad));
	DO(glTexSubImage2D(sub, 0, limit, 0, 4, 4, GL_RGBA, GL_UNSIGNED_BYTE, bad));
	DO(glTexSubImage2D(sub, -1, 0, 0, 4, 4, GL_RGBA, GL_UNSIGNED_BYTE, bad));
	DO(glTexSubImage2D(sub, 40, 0, 0, 4, 4, GL_RGBA, GL_UNSIGNED_BYTE, bad));
	DO(glTexSubImage2D(sub, 0, 0, 0, 4, 4, GL_BLEND, GL_UNSIGNED_BYTE, bad));
	DO(glTexSubImage2D(sub, 0, 0, 0, 4, 4, GL_RGBA, GL_BLEND, bad));
	DO(glTexSubImage2D(sub, 0, 0, 0, 4, 4, GL_RGBA, GL_UNSIGNED_SHORT_5_6_5, bad));
	DO(glTexSubImage2D(GL_TEXTURE_CUBE_MAP, 0, 0, 0, 4, 4, GL_RGBA, GL_UNSIGNED_BYTE, bad));
	say_picture("textures");
}

static void compressed(void)
{
	make_texture();
	DO(glCompressedTexImage2D(GL_TEXTURE_2D, 0, GL_ETC1_RGB8_OES, 4, 4, 0, 9, bad));
	DO(glCompressedTexImage2D(GL_TEXTURE_2D, 0, GL_ETC1_RGB8_OES, 4, 4, 0, -1, bad));
	DO(glCompressedTexImage2D(GL_TEXTURE_2D, 0, GL_ETC1_RGB8_OES, 4, 4, 0, INT_MAX, bad));
	DO(glCompressedTexImage2D(GL_TEXTURE_2D, 0, GL_ETC1_RGB8_OES, 4, 4, 1, 8, bad));
	DO(glCompressedTexImage2D(GL_TEXTURE_2D, 40, GL_ETC1_RGB8_OES, 4, 4, 0, 8, bad));
	DO(glCompressedTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 4, 4, 0, 8, bad));
	DO(glCompressedTexImage2D(GL_TEXTURE_2D, 0, GL_BLEND, 4, 4, 0, 8, bad));
	DO(glCompressedTexImage2D(GL_BLEND, 0, GL_ETC1_RGB8_OES, 4, 4, 0, 8, bad));
	DO(glCompressedTexImage2D(GL_TEXTURE_2D, 0, GL_ETC1_RGB8_OES, 8, 8, 0, 32, NULL));
	DO(glCompressedTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 4, 4, GL_ETC1_RGB8_OES, 9, bad));
	DO(glCompressedTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 4, 4, GL_ETC1_RGB8_OES, -1, bad));
	DO(glCompressedTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 4, 4, GL_ETC1_RGB8_OES, INT_MAX, bad));
	DO(glCompressedTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 4, 4, GL_RGBA, 8, bad));
	DO(glCompressedTexSubImage2D(GL_TEXTURE_2D, 0, -4, 0, 4, 4, GL_ETC1_RGB8_OES, 8, bad));
	DO(glCompressedTexSubImage2D(GL_BLEND, 0, 0, 0, 4, 4, GL_ETC1_RGB8_OES, 8, bad));
}

static void reading(void)
{
	GLubyte pixel[64];

	DO(glReadPixels(0, 0, -1, 4, GL_RGBA, GL_UNSIGNED_BYTE, bad));
	DO(glReadPixels(0, 0, 4, -1, GL_RGBA, GL_UNSIGNED_BYTE, bad));
	DO(glReadPixels(0, 0, 4, 4, GL_BLEND, GL_UNSIGNED_BYTE, bad));
	DO(glReadPixels(0, 0, 4, 4, GL_RGBA, GL_BLEND, bad));
	DO(glReadPixels(0, 0, 4, 4, GL_ALPHA, GL_UNSIGNED_BYTE, bad));
	DO(glReadPixels(0, 0, 4, 4, GL_RGBA, GL_UNSIGNED_SHORT_5_6_5, bad));
	DO(glReadPixels(0, 0, 4, 4, GL_RGBA, GL_FLOAT, bad));
	DO(glReadPixels(0, 0, 4000, 4000, GL_LUMINANCE, GL_UNSIGNED_BYTE, bad));
	untouched(pixel, sizeof(pixel));
	DO(glReadPixels(0, 0, 2, 2, GL_RGBA, GL_UNSIGNED_BYTE, pixel));
	say_bytes("read", pixel, sizeof(pixel));

	GLuint incomplete;
	glGenFramebuffers(1, &incomplete);
	glBindFramebuffer(GL_FRAMEBUFFER, incomplete);
	DO(glReadPixels(0, 0, 4, 4, GL_RGBA, GL_UNSIGNED_BYTE, bad));
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
}

static void buffers(void)
{
	GLuint buffer;

	DO(glBufferData(GL_ARRAY_BUFFER, 64, bad, GL_STATIC_DRAW));
	DO(glBufferSubData(GL_ARRAY_BUFFER, 0, 64, bad));
	glGenBuffers(1, &buffer);
	glBindBuffer(GL_ARRAY_BUFFER, buffer);
	DO(glBufferData(GL_ARRAY_BUFFER, -1, bad, GL_STATIC_DRAW));
	DO(glBufferData(GL_ARRAY_BUFFER, 64, bad, GL_BLEND));
	DO(glBufferData(GL_BLEND, 64, bad, GL_STATIC_DRAW));
	DO(glBufferData(GL_ARRAY_BUFFER, 64, NULL, GL_STATIC_DRAW));
	DO(glBufferSubData(GL_ARRAY_BUFFER, 1, 64, bad));
	DO(glBufferSubData(GL_ARRAY_BUFFER, 65, 0, bad));
	DO(glBufferSubData(GL_ARRAY_BUFFER, -1, 4, bad));
	DO(glBufferSubData(GL_ARRAY_BUFFER, 0, -1, bad));
	DO(glBufferSubData(GL_ARRAY_BUFFER, 0, LONG_MAX, bad));
	DO(glBufferSubData(GL_ELEMENT_ARRAY_BUFFER, 0, 4, bad));
	DO(glBufferSubData(GL_BLEND, 0, 4, bad));
	glBindBuffer(GL_ARRAY_BUFFER, 0);
}

static void names(void)
{
	DO(glGenTextures(-1, bad));
	DO(glGenBuffers(-1, bad));
	DO(glGenFramebuffers(-1, bad));
	DO(glGenRenderbuffers(-1, bad));
	DO(glDeleteTextures(-1, bad));
	DO(glDeleteBuffers(-1, bad));
	DO(glDeleteFramebuffers(-1, bad));
	DO(glDeleteRenderbuffers(-1, bad));
}

static void shaders(void)
{
	static const char *const source = "void main() { gl_Position = vec4(0); }";
	GLuint shader = glCreateShader(GL_VERTEX_SHADER), program = glCreateProgram();
	GLchar text[64];
	GLsizei length = -7;
	GLuint attached[4];

	DO(glShaderSource(shader, -1, bad, bad));
	DO(glShaderSource(shader, 1, NULL, NULL));
	DO(glShaderSource(shader, 1, (const char *const[]){NULL}, NULL));
	DO(glShaderSource(0, 1, bad, NULL));
	DO(glShaderSource(999, 1, bad, NULL));
	DO(glShaderSource(program, 1, bad, NULL));
	DO(glShaderSource(shader, 1, &source, NULL));
	DO(glGetShaderSource(shader, -1, &length, bad));
	DO(glGetShaderSource(999, 64, &length, bad));
	DO(glGetShaderSource(shader, INT_MAX, &length, text));
	say("%d %s", length, text);
	DO(glCompileShader(shader));
	DO(glGetShaderInfoLog(shader, -1, &length, bad));
	DO(glGetShaderInfoLog(999, 64, &length, bad));
	DO(glGetShaderInfoLog(shader, INT_MAX, &length, text));
	say("%d %s", length, text);
	DO(glGetProgramInfoLog(program, -1, &length, bad));
	DO(glGetProgramInfoLog(999, 64, &length, bad));
	DO(glGetProgramInfoLog(program, INT_MAX, &length, text));
	say("%d %s", length, text);
	DO(glAttachShader(program, shader));
	DO(glGetAttachedShaders(program, -1, &length, bad));
	DO(glGetAttachedShaders(999, 4, &length, bad));
	DO(glGetAttachedShaders(program, INT_MAX, &length, attached));
	say("%d %d", length, attached[0] == shader);
	DO(glGetActiveAttrib(program, 0, -1, &length, bad, bad, bad));
	DO(glGetActiveUniform(program, 0, -1, &length, bad, bad, bad));
	DO(glShaderBinary(1, &shader, GL_BLEND, bad, 64));
	DO(glShaderBinary(-1, bad, 0, bad, 64));
	DO(glShaderBinary(1, &shader, 0, bad, -1));
	DO(glBindAttribLocation(program, 0, NULL));
	DO(glBindAttribLocation(program, 99, "name"));
	DO(glBindAttribLocation(999, 0, "name"));
	ASK(glGetUniformLocation(program, NULL));
	ASK(glGetAttribLocation(program, NULL));
	DO(glGetShaderPrecisionFormat(GL_BLEND, GL_LOW_FLOAT, bad, bad));
	DO(glGetShaderiv(999, GL_SHADER_TYPE, bad));
	DO(glGetProgramiv(999, GL_LINK_STATUS, bad));
	DO(glGetUniformfv(program, 0, bad));
	DO(glGetUniformiv(999, 0, bad));
}

static void uniforms(void)
{
	const GLuint program = use_flat(1, 0, 0, 1);
	const GLint color = glGetUniformLocation(program, "color");
	static const GLfloat red[4] = {1, 0, 0, 1};

	DO(glUniform4fv(-1, 1, NULL));
	DO(glUniform4fv(-1, 1, bad));
	DO(glUniform4fv(-1, INT_MAX, red));
	DO(glUniform1iv(-1, 1000, bad));
	DO(glUniformMatrix4fv(-1, 1, GL_FALSE, bad));
	DO(glUniform4fv(color, -1, bad));
	DO(glUniform4fv(color, 2, bad));
	DO(glUniform4fv(color, INT_MAX, bad));
	DO(glUniformMatrix4fv(color, -1, GL_FALSE, bad));
	DO(glUniform4fv(color, 0, bad));
}

static void attributes(void)
{
	DO(glGetVertexAttribfv(99, GL_CURRENT_VERTEX_ATTRIB, bad));
	DO(glGetVertexAttribPointerv(99, GL_VERTEX_ATTRIB_ARRAY_POINTER, bad));
	DO(glGetVertexAttribPointerv(0, GL_BLEND, bad));
}

static void parameters(void)
{
	DO(glTexParameteriv(GL_BLEND, GL_TEXTURE_MIN_FILTER, NULL));
	DO(glTexParameteriv(GL_BLEND, GL_TEXTURE_MIN_FILTER, bad));
	DO(glTexParameterfv(GL_TEXTURE_CUBE_MAP_POSITIVE_X, GL_TEXTURE_MIN_FILTER, bad));
	DO(glGetTexParameterfv(GL_BLEND, GL_TEXTURE_MIN_FILTER, bad));
	DO(glGetTexParameteriv(GL_TEXTURE_2D, GL_BLEND, bad));
	DO(glGetBufferParameteriv(GL_ARRAY_BUFFER, GL_BUFFER_SIZE, bad));
	DO(glGetBufferParameteriv(GL_BLEND, GL_BUFFER_SIZE, bad));
	DO(glGetRenderbufferParameteriv(GL_RENDERBUFFER, GL_RENDERBUFFER_WIDTH, bad));
	DO(glGetFramebufferAttachmentParameteriv(
		GL_FRAMEBUFFER, GL_BLEND, GL_FRAMEBUFFER_ATTACHMENT_OBJECT_TYPE, bad));
	DO(glGetIntegerv(GL_INVALID_ENUM, bad));
	DO(glGetFloatv(GL_INVALID_ENUM, bad));
	DO(glGetBooleanv(GL_INVALID_ENUM, bad));
}

static void draws(void)
{
	static const GLfloat quad[] = {-1, -1, 1, -1, -1, 1, 1, 1};
	static const GLubyte index[] = {0, 1, 2, 3};

	use_flat(0, 1, 0, 1);
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, bad);
	glEnableVertexAttribArray(0);
	DO(glDrawArrays(GL_BLEND, 0, 4));
	DO(glDrawArrays(GL_TRIANGLES, 0, -4));
	DO(glDrawElements(GL_BLEND, 4, GL_UNSIGNED_BYTE, index));
	DO(glDrawElements(GL_TRIANGLES, -1, GL_UNSIGNED_BYTE, bad));
	DO(glDrawElements(GL_TRIANGLES, 4, GL_FLOAT, bad));
	DO(glDrawElements(GL_BLEND, 4, GL_UNSIGNED_BYTE, bad));
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, quad);
	DO(glDrawElements(GL_TRIANGLE_STRIP, 4, GL_UNSIGNED_BYTE, index));
	say_picture("drawn");
}

static void extensions(void)
{
	PROC(PFNGLMULTIDRAWARRAYSEXTPROC, glMultiDrawArraysEXT);
	PROC(PFNGLMULTIDRAWELEMENTSEXTPROC, glMultiDrawElementsEXT);
	PROC(PFNGLDRAWARRAYSINSTANCEDEXTPROC, glDrawArraysInstancedEXT);
	PROC(PFNGLDRAWELEMENTSINSTANCEDEXTPROC, glDrawElementsInstancedEXT);
	PROC(PFNGLDISCARDFRAMEBUFFEREXTPROC, glDiscardFramebufferEXT);
	PROC(PFNGLDRAWBUFFERSEXTPROC, glDrawBuffersEXT);
	PROC(PFNGLPUSHDEBUGGROUPKHRPROC, glPushDebugGroupKHR);
	PROC(PFNGLDEBUGMESSAGEINSERTKHRPROC, glDebugMessageInsertKHR);
	PROC(PFNGLDEBUGMESSAGECONTROLKHRPROC, glDebugMessageControlKHR);
	PROC(PFNGLGETOBJECTLABELKHRPROC, glGetObjectLabelKHR);
	PROC(PFNGLOBJECTLABELKHRPROC, glObjectLabelKHR);
	PROC(PFNGLGENVERTEXARRAYSOESPROC, glGenVertexArraysOES);
	PROC(PFNGLGENQUERIESEXTPROC, glGenQueriesEXT);
	PROC(PFNGLGETQUERYOBJECTUIVEXTPROC, glGetQueryObjectuivEXT);
	PROC(PFNGLREADNPIXELSEXTPROC, glReadnPixelsEXT);
	static const GLint first[] = {0, 0};
	static const GLsizei negative[] = {3, -1}, counts[] = {3, 3};
	static const GLubyte index[] = {0, 1, 2};
	static const void *const indices[] = {index, index};
	const GLuint texture = make_texture();

	glDisableVertexAttribArray(0);
	DO(glMultiDrawArraysEXT(GL_TRIANGLES, first, counts, -1));
	DO(glMultiDrawArraysEXT(GL_TRIANGLES, first, negative, 2));
	DO(glMultiDrawArraysEXT(GL_BLEND, first, counts, 2));
	DO(glMultiDrawArraysEXT(GL_BLEND, first, counts, 0));
	DO(glMultiDrawElementsEXT(GL_TRIANGLES, counts, GL_UNSIGNED_BYTE, indices, -1));
	DO(glMultiDrawElementsEXT(GL_TRIANGLES, negative, GL_UNSIGNED_BYTE, indices, 2));
	DO(glMultiDrawElementsEXT(GL_BLEND, counts, GL_UNSIGNED_BYTE, indices, 2));
	DO(glMultiDrawElementsEXT(GL_TRIANGLES, counts, GL_FLOAT, indices, 2));
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, bad);
	glEnableVertexAttribArray(0);
	DO(glDrawArraysInstancedEXT(GL_TRIANGLES, 0, 3, -1));
	DO(glDrawArraysInstancedEXT(GL_BLEND, 0, 3, 1));
	DO(glDrawElementsInstancedEXT(GL_TRIANGLES, 3, GL_UNSIGNED_BYTE, bad, -1));
	DO(glDrawElementsInstancedEXT(GL_BLEND, 3, GL_UNSIGNED_BYTE, bad, 1));
	glDisableVertexAttribArray(0);
	DO(glDiscardFramebufferEXT(GL_FRAMEBUFFER, -1, bad));
	DO(glDiscardFramebufferEXT(GL_BLEND, 1, bad));
	DO(glDrawBuffersEXT(-1, bad));
	DO(glObjectLabelKHR(GL_BLEND, texture, 4, bad));
	DO(glObjectLabelKHR(GL_BLEND, texture, -1, bad));
	DO(glGetObjectLabelKHR(GL_TEXTURE, texture, -1, NULL, bad));
	DO(glPushDebugGroupKHR(GL_DEBUG_SOURCE_APPLICATION_KHR, 1, 1 << 20, bad));
	DO(glPushDebugGroupKHR(GL_BLEND, 1, 8, bad));
	DO(glDebugMessageInsertKHR(GL_DEBUG_SOURCE_APPLICATION_KHR, GL_DEBUG_TYPE_OTHER_KHR, 1,
		GL_DEBUG_SEVERITY_LOW_KHR, 1 << 20, bad));
	DO(glDebugMessageInsertKHR(
		GL_BLEND, GL_DEBUG_TYPE_OTHER_KHR, 1, GL_DEBUG_SEVERITY_LOW_KHR, 8, bad));
	DO(glDebugMessageControlKHR(GL_DONT_CARE, GL_DONT_CARE, GL_DONT_CARE, -1, bad, GL_TRUE));
	DO(glGenVertexArraysOES(-1, bad));
	DO(glGenQueriesEXT(-1, bad));
	DO(glGetQueryObjectuivEXT(99, GL_QUERY_RESULT_EXT, bad));
	DO(glReadnPixelsEXT(0, 0, 4, 4, GL_RGBA, GL_UNSIGNED_BYTE, 63, bad));
}

XG_CASE(refused_memory)
{
	bad = mmap(NULL, 1 << 20, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	textures();
	compressed();
	reading();
	buffers();
	names();
	shaders();
	uniforms();
	attributes();
	parameters();
	draws();
	extensions();
}

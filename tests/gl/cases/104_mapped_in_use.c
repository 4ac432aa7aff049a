/* SPDX-License-Identifier: MIT */
/* Commands that use a buffer while it is mapped, and objects deleted while they are in use. */
#include "../case.h"

XG_CASE_ES3(mapped_in_use)
{
	static const GLfloat vertices[] = {-1, -1, 1, -1, -1, 1, 0, 0, 1, 0, 0, 1};
	static const GLubyte indices[] = {0, 1, 2, 3, 4, 5};
	GLuint buffers[3], textures[2], framebuffer, sampler, array;
	GLint value;
	GLfloat *map;

	GLuint program = make_program("#version 300 es\nin vec4 position; out vec4 place;\n"
				      "void main() { gl_Position = position; place = position; }",
		"#version 300 es\nprecision highp float; uniform Paint { vec4 color; };\n"
		"out vec4 result; void main() { result = color; }");
	glUseProgram(program);
	glGenBuffers(3, buffers);
	glGenVertexArrays(1, &array);
	glBindVertexArray(array);
	glBindBuffer(GL_ARRAY_BUFFER, buffers[0]);
	glBufferData(GL_ARRAY_BUFFER, sizeof(vertices), vertices, GL_STATIC_DRAW);
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, NULL);
	glEnableVertexAttribArray(0);
	glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, buffers[1]);
	glBufferData(GL_ELEMENT_ARRAY_BUFFER, sizeof(indices), indices, GL_STATIC_DRAW);
	glBindBufferBase(GL_UNIFORM_BUFFER, 0, buffers[2]);
	glBufferData(GL_UNIFORM_BUFFER, 16, (const GLfloat[]){1, 0.5f, 0.25f, 1}, GL_STATIC_DRAW);
	DO(glDrawArrays(GL_TRIANGLES, 0, 6));
	say_picture("not mapped");
	for (int i = 0; i < 3; i++) {
		static const GLenum targets[] = {
			GL_ARRAY_BUFFER, GL_ELEMENT_ARRAY_BUFFER, GL_UNIFORM_BUFFER};

		map = glMapBufferRange(targets[i], 0, 4, GL_MAP_READ_BIT);
		say("mapped %d", map != NULL);
		glClear(GL_COLOR_BUFFER_BIT);
		DO(glDrawArrays(GL_TRIANGLES, 0, 3));
		DO(glDrawElements(GL_TRIANGLES, 3, GL_UNSIGNED_BYTE, (void *)3));
		DO(glDrawArraysInstanced(GL_TRIANGLES, 0, 3, 2));
		say_picture("drawn");
		DO(glUnmapBuffer(targets[i]));
	}
	/* Deleted while bound in an array that is not. */
	glBindVertexArray(0);
	DO(glDeleteBuffers(2, buffers));
	glBindVertexArray(array);
	glGetVertexAttribiv(0, GL_VERTEX_ATTRIB_ARRAY_BUFFER_BINDING, &value);
	say("still %d", value == (GLint)buffers[0]);
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glDrawArrays(GL_TRIANGLES, 0, 3));
	say_picture("of a deleted buffer");
	/* A layer of a texture that goes. */
	glGenTextures(2, textures);
	glGenFramebuffers(1, &framebuffer);
	glBindTexture(GL_TEXTURE_2D_ARRAY, textures[0]);
	glTexStorage3D(GL_TEXTURE_2D_ARRAY, 1, GL_RGBA8, 8, 8, 4);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	DO(glFramebufferTextureLayer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, textures[0], 0, 2));
	glClear(GL_COLOR_BUFFER_BIT);
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
	DO(glDeleteTextures(1, textures));
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	say("%s", enum_name(glCheckFramebufferStatus(GL_FRAMEBUFFER)));
	glGetFramebufferAttachmentParameteriv(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0,
		GL_FRAMEBUFFER_ATTACHMENT_OBJECT_NAME, &value);
	say("still %d", value == (GLint)textures[0]);
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
	glGenSamplers(1, &sampler);
	DO(glBindSampler(3, sampler));
	DO(glDeleteSamplers(1, &sampler));
	glActiveTexture(GL_TEXTURE3);
	glGetIntegerv(GL_SAMPLER_BINDING, &value);
	say("sampler %d", value);
	DO(glDeleteBuffers(1, &buffers[2]));
	glGetIntegeri_v(GL_UNIFORM_BUFFER_BINDING, 0, &value);
	say("uniform buffer %d", value);
	DO(glDrawArrays(GL_TRIANGLES, 0, 3));
}

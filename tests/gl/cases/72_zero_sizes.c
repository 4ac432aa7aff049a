/* SPDX-License-Identifier: MIT */
/* Nothing at all: every call that takes a size, with 0. */
#include "../case.h"

XG_CASE(zero_sizes)
{
	static const GLfloat position[] = {0, 0};
	GLuint name = 7, buffer;
	const char *empty = "";

	DO(glGenTextures(0, NULL));
	DO(glDeleteTextures(0, NULL));
	DO(glGenBuffers(0, &name));
	DO(glDeleteBuffers(0, &name));
	DO(glDeleteFramebuffers(0, &name));
	DO(glDeleteRenderbuffers(0, &name));
	glGenBuffers(1, &buffer);
	glBindBuffer(GL_ARRAY_BUFFER, buffer);
	DO(glBufferData(GL_ARRAY_BUFFER, 0, NULL, GL_STATIC_DRAW));
	DO(glBufferData(GL_ARRAY_BUFFER, 0, position, GL_STATIC_DRAW));
	DO(glBufferSubData(GL_ARRAY_BUFFER, 0, 0, position));
	DO(glBufferSubData(GL_ARRAY_BUFFER, 0, 0, NULL));
	use_flat(1, 1, 1, 1);
	DO(glDrawArrays(GL_TRIANGLES, 0, 3));
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, NULL);
	glEnableVertexAttribArray(0);
	DO(glDrawArrays(GL_TRIANGLES, 0, 0));
	glBindBuffer(GL_ARRAY_BUFFER, 0);
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, position);
	DO(glDrawArrays(GL_TRIANGLES, 0, 0));
	DO(glDrawArrays(GL_POINTS, 0, 1));
	DO(glDrawElements(GL_POINTS, 0, GL_UNSIGNED_BYTE, NULL));
	DO(glDrawElements(GL_POINTS, 0, GL_UNSIGNED_BYTE, position));
	make_texture();
	DO(glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 0, 0, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL));
	DO(glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 0, 0, 0, GL_RGBA, GL_UNSIGNED_BYTE, position));
	DO(glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 4, 0, 0, GL_RGBA, GL_UNSIGNED_BYTE, position));
	DO(glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 0, 0, GL_RGBA, GL_UNSIGNED_BYTE, position));
	DO(glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 0, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL));
	DO(glCopyTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 0, 0, 0, 0, 0));
	DO(glCopyTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 0, 0, 0, 0));
	DO(glGenerateMipmap(GL_TEXTURE_2D));
	DO(glReadPixels(0, 0, 0, 0, GL_RGBA, GL_UNSIGNED_BYTE, &name));
	DO(glViewport(0, 0, 0, 0));
	DO(glScissor(0, 0, 0, 0));
	draw_quad();
	DO(glUniform4fv(0, 0, position));
	DO(glUniformMatrix4fv(0, 0, GL_FALSE, position));
	GLuint shader = glCreateShader(GL_VERTEX_SHADER);
	DO(glShaderSource(shader, 0, NULL, NULL));
	DO(glShaderSource(shader, 1, &empty, NULL));
	DO(glCompileShader(shader));
	GLint value;
	glGetShaderiv(shader, GL_SHADER_SOURCE_LENGTH, &value);
	say("source length %d", value);
	say("name %u", name);
}

/* SPDX-License-Identifier: MIT */
/* See binary.h. */
#include "binary.h"

void save_binary(GLuint program, struct binary *binary)
{
	GLint length = -5;

	DO(glGetProgramiv(program, GL_PROGRAM_BINARY_LENGTH, &length));
	DO(glGetProgramBinary(
		program, BINARY_MAX, &binary->length, &binary->format, binary->octets));
	say("is of its length %d, format 0x%x", length > 0 && length == binary->length,
		binary->format);
}

void say_program(GLuint program)
{
	static const GLenum names[] = {GL_LINK_STATUS, GL_PROGRAM_SEPARABLE_EXT,
		GL_PROGRAM_BINARY_RETRIEVABLE_HINT, GL_ATTACHED_SHADERS, GL_INFO_LOG_LENGTH,
		GL_ACTIVE_UNIFORMS, GL_ACTIVE_ATTRIBUTES, GL_DELETE_STATUS};
	GLint value = -5;
	GLsizei length = -5;
	GLuint shaders[4];
	char log[8];

	for (size_t i = 0; i < COUNT(names); i++) {
		DO(glGetProgramiv(program, names[i], &value));
		say("%s %d", enum_name(names[i]), value);
	}
	DO(glGetProgramInfoLog(program, sizeof(log), &length, log));
	say("log %d", length);
	untouched(shaders, sizeof(shaders));
	DO(glGetAttachedShaders(program, 4, &length, shaders));
	say_ints("shaders", (GLint *)shaders, 4);
	glGetProgramiv(program, GL_PROGRAM_BINARY_LENGTH, &value);
	say("has a binary %d", value > 0);
	ASK(glGetUniformLocation(program, "color"));
	ASK(glGetAttribLocation(program, "position"));
}

void load_binary(GLuint program, const struct binary *binary)
{
	DO(glProgramBinary(program, binary->format, binary->octets, binary->length));
	say_program(program);
}

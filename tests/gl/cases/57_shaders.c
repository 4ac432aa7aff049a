/* SPDX-License-Identifier: MIT */
/* Shader objects: types, sources in pieces, compiling, logs, deletion. */
#include "../case.h"

XG_CASE(shaders)
{
	static const char *const pieces[] = {"attribute vec4 position;\n", "void main() {\n",
		"gl_Position = position;XXXX", "}\n"};
	static const GLint lengths[] = {-1, 14, 23, -1};
	static const char *const bad[] = {"void main() { gl_Position = undefined; }", "",
		"this is no GLSL", "#version 999\nvoid main() {}",
		"#error my own error\nvoid main() {}"};
	char text[300];
	GLint value[2];
	GLsizei length;
	const GLuint shader = glCreateShader(GL_VERTEX_SHADER), program = glCreateProgram();

	ASK(glCreateShader(GL_BLEND));
	ASK(glCreateShader(0));
	ASK(glIsShader(shader));
	ASK(glIsShader(program));
	ASK(glIsProgram(program));
	ASK(glIsProgram(shader));
	ASK(glIsShader(0));
	DO(glShaderSource(shader, 4, pieces, lengths));
	untouched(text, sizeof(text));
	DO(glGetShaderSource(shader, sizeof(text), &length, text));
	say("source (%d): %s", length, text);
	for (GLsizei size = 0; size < 60; size += 13) {
		untouched(text, sizeof(text));
		length = -5;
		DO(glGetShaderSource(shader, size, &length, text));
		say("length %d", length);
		say_bytes("text", text, 64);
	}
	DO(glGetShaderSource(shader, 10, NULL, text));
	DO(glGetShaderSource(shader, -1, &length, text));
	DO(glGetShaderSource(999, 10, &length, text));
	DO(glGetShaderSource(program, 10, &length, text));
	DO(glCompileShader(shader));
	static const GLenum names[] = {GL_SHADER_TYPE, GL_DELETE_STATUS, GL_COMPILE_STATUS,
		GL_INFO_LOG_LENGTH, GL_SHADER_SOURCE_LENGTH, GL_BLEND};
	for (size_t i = 0; i < COUNT(names); i++) {
		untouched(value, sizeof(value));
		DO(glGetShaderiv(shader, names[i], value));
		say_ints(enum_name(names[i]), value, 2);
	}
	for (size_t i = 0; i < COUNT(bad); i++) {
		DO(glShaderSource(shader, 1, &bad[i], NULL));
		DO(glCompileShader(shader));
		glGetShaderiv(shader, GL_COMPILE_STATUS, value);
		glGetShaderiv(shader, GL_INFO_LOG_LENGTH, value + 1);
		say("status %d log %d", value[0], value[1]);
		for (GLsizei size = 0; size < 300; size += 37) {
			untouched(text, sizeof(text));
			length = -5;
			glGetShaderInfoLog(shader, size, &length, text);
			say("length %d: %.*s", length, size ? 300 : 0, text);
			say_bytes("end", text + (length > 0 ? length : 0), 4);
			say_error("log");
		}
	}
	DO(glGetShaderInfoLog(shader, -1, &length, text));
	DO(glGetShaderInfoLog(999, 10, &length, text));
	DO(glGetShaderiv(999, GL_SHADER_TYPE, value));
	DO(glGetShaderiv(program, GL_SHADER_TYPE, value));
	DO(glShaderSource(999, 1, bad, NULL));
	DO(glShaderSource(program, 1, bad, NULL));
	DO(glShaderSource(shader, 0, bad, NULL));
	DO(glShaderSource(shader, -1, bad, NULL));
	DO(glCompileShader(999));
	DO(glCompileShader(program));
	DO(glDeleteShader(0));
	DO(glDeleteShader(999));
	DO(glDeleteShader(program));
	DO(glDeleteShader(shader));
	ASK(glIsShader(shader));
}

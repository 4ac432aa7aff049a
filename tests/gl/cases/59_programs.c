/* SPDX-License-Identifier: MIT */
/* Program objects: attaching, linking, failing, logs, validation, parameters. */
#include "../case.h"

XG_CASE(programs)
{
	static const GLenum names[] = {GL_DELETE_STATUS, GL_LINK_STATUS, GL_VALIDATE_STATUS,
		GL_INFO_LOG_LENGTH, GL_ATTACHED_SHADERS, GL_ACTIVE_ATTRIBUTES,
		GL_ACTIVE_ATTRIBUTE_MAX_LENGTH, GL_ACTIVE_UNIFORMS, GL_ACTIVE_UNIFORM_MAX_LENGTH,
		GL_BLEND};
	const GLuint program = glCreateProgram();
	const GLuint vs = make_shader(GL_VERTEX_SHADER,
		"attribute vec4 position, other; uniform vec4 u; varying vec4 v;"
		"void main() { gl_Position = position + u; v = other; }");
	const GLuint fs = make_shader(GL_FRAGMENT_SHADER,
		"precision mediump float; varying vec4 v; uniform vec4 longer_name;"
		"void main() { gl_FragColor = v + longer_name; }");
	const GLuint mismatched =
		make_shader(GL_FRAGMENT_SHADER, "precision mediump float; varying vec3 v; void "
						"main() { gl_FragColor = vec4(v, 1.0); }");
	const GLuint undefined = make_shader(GL_FRAGMENT_SHADER,
		"precision mediump float; vec4 f(); void main() { gl_FragColor = f(); }");
	const GLuint fragments[] = {0, fs, mismatched, undefined, fs};
	GLuint attached[6];
	GLint value[2];
	GLsizei count;
	char log[400];

	for (size_t i = 0; i < COUNT(fragments); i++) {
		say("round %zu", i);
		if (i == 1)
			DO(glAttachShader(program, vs));
		if (i >= 1)
			DO(glAttachShader(program, fragments[i]));
		if (i > 0)
			DO(glLinkProgram(program));
		DO(glValidateProgram(program));
		for (size_t n = 0; n < COUNT(names); n++) {
			untouched(value, sizeof(value));
			DO(glGetProgramiv(program, names[n], value));
			say_ints(enum_name(names[n]), value, 2);
		}
		for (GLsizei size = 0; size < 400; size += 190) {
			untouched(log, sizeof(log));
			count = -5;
			DO(glGetProgramInfoLog(program, size, &count, log));
			say("log (%d): %.*s", count, size ? 300 : 0, log);
			say_bytes("end", log + (count > 0 ? count : 0), 4);
		}
		for (GLsizei size = 0; size < 4; size++) {
			untouched(attached, sizeof(attached));
			count = -5;
			DO(glGetAttachedShaders(program, size, &count, attached));
			say("attached %d", count);
			say_ints("shaders", (GLint *)attached, 4);
		}
		DO(glUseProgram(program));
		draw_quad();
		glGetIntegerv(GL_CURRENT_PROGRAM, value);
		say("current %d", value[0]);
		DO(glUseProgram(0));
		if (i >= 1)
			DO(glDetachShader(program, fragments[i]));
	}
	DO(glAttachShader(program, vs));
	DO(glAttachShader(program, 999));
	DO(glAttachShader(999, vs));
	DO(glAttachShader(vs, vs));
	DO(glAttachShader(program, program));
	DO(glDetachShader(program, undefined));
	DO(glDetachShader(program, 999));
	DO(glDetachShader(999, vs));
	DO(glGetAttachedShaders(999, 2, &count, attached));
	DO(glGetAttachedShaders(vs, 2, &count, attached));
	DO(glGetAttachedShaders(program, -1, &count, attached));
	DO(glGetAttachedShaders(program, 2, NULL, attached));
	DO(glLinkProgram(999));
	DO(glLinkProgram(vs));
	DO(glUseProgram(999));
	DO(glUseProgram(vs));
	DO(glValidateProgram(999));
	DO(glValidateProgram(vs));
	DO(glGetProgramiv(999, GL_LINK_STATUS, value));
	DO(glGetProgramiv(vs, GL_LINK_STATUS, value));
	DO(glGetProgramiv(999, GL_DELETE_STATUS, value));
	DO(glGetProgramInfoLog(999, 10, &count, log));
	DO(glGetProgramInfoLog(vs, 10, &count, log));
	DO(glGetProgramInfoLog(program, -1, &count, log));
	DO(glGetProgramInfoLog(program, 10, NULL, log));
}

/* SPDX-License-Identifier: MIT */
/* Active attributes and uniforms, their names cut, attribute locations. */
#include "../case.h"

XG_CASE(active_variables)
{
	const GLuint program = glCreateProgram();
	const GLuint vs = make_shader(GL_VERTEX_SHADER,
		"attribute float a1; attribute vec2 a2; attribute vec3 a3; attribute vec4 a4;"
		"attribute mat2 am2; attribute mat3 am3; attribute mat4 am4; attribute vec4 unused;"
		"uniform mat4 transform; uniform vec3 lights[4]; uniform bool on;"
		"void main() { gl_Position = transform * (a4 + vec4(a3, a1) + vec4(a2, am2[0]) + "
		"am4[2])"
		" + vec4(am3[1] + lights[1] + lights[3], on ? 1.0 : 0.0); }");
	const GLuint fs = make_shader(GL_FRAGMENT_SHADER,
		"precision mediump float; uniform sampler2D map; uniform samplerCube cube; uniform "
		"ivec3 i;"
		"struct L { vec4 p; float q[2]; }; uniform L one; uniform L many[2];"
		"void main() { gl_FragColor = texture2D(map, vec2(0.5)) + textureCube(cube, "
		"vec3(i))"
		" + one.p * one.q[1] + many[1].p + many[0].q[0]; }");
	static const char *const attributes[] = {"a1", "a2", "a3", "a4", "am2", "am3", "am4",
		"am4[1]", "unused", "gl_Position", "gl_Vertex", "a1[0]", "", "none"};
	GLint count, size, longest;
	GLsizei length;
	GLenum type;
	char name[40];

	glAttachShader(program, vs);
	glAttachShader(program, fs);
	DO(glBindAttribLocation(program, 5, "a4"));
	DO(glBindAttribLocation(program, 0, "a3"));
	DO(glBindAttribLocation(program, 1000, "a3"));
	DO(glBindAttribLocation(program, 1, "gl_a"));
	DO(glBindAttribLocation(program, 2, "not there"));
	DO(glBindAttribLocation(999, 2, "a1"));
	DO(glBindAttribLocation(vs, 2, "a1"));
	ASK(glGetAttribLocation(program, "a1"));
	DO(glGetActiveAttrib(program, 0, sizeof(name), &length, &size, &type, name));
	DO(glGetActiveUniform(program, 0, sizeof(name), &length, &size, &type, name));
	DO(glLinkProgram(program));
	for (size_t i = 0; i < COUNT(attributes); i++)
		ASK(glGetAttribLocation(program, attributes[i]));
	ASK(glGetAttribLocation(999, "a1"));
	ASK(glGetAttribLocation(vs, "a1"));
	for (int uniforms = 0; uniforms < 2; uniforms++) {
		glGetProgramiv(
			program, uniforms ? GL_ACTIVE_UNIFORMS : GL_ACTIVE_ATTRIBUTES, &count);
		glGetProgramiv(program,
			uniforms ? GL_ACTIVE_UNIFORM_MAX_LENGTH : GL_ACTIVE_ATTRIBUTE_MAX_LENGTH,
			&longest);
		say("count %d longest %d", count, longest);
		for (int i = -1; i <= count; i++) {
			for (GLsizei room = -1; room < 40; room += room < 6 ? 2 : 34) {
				length = -5;
				size = -5;
				type = 5;
				untouched(name, sizeof(name));
				if (uniforms)
					glGetActiveUniform(program, (GLuint)i, room, &length, &size,
						&type, name);
				else
					glGetActiveAttrib(program, (GLuint)i, room, &length, &size,
						&type, name);
				say("%d in %d: length %d size %d type %s", i, room, length, size,
					enum_name(type));
				say_bytes("name", name, 28);
				say_error("active");
			}
		}
	}
	DO(glGetActiveAttrib(999, 0, 10, NULL, &size, &type, name));
	DO(glGetActiveUniform(vs, 0, 10, NULL, &size, &type, name));
	DO(glGetActiveAttrib(program, 0, 10, NULL, &size, &type, name));
	DO(glGetActiveUniform(program, 0, 10, NULL, &size, &type, name));
	/* Locations hold until the next link. */
	DO(glBindAttribLocation(program, 9, "a1"));
	ASK(glGetAttribLocation(program, "a1"));
	DO(glLinkProgram(program));
	ASK(glGetAttribLocation(program, "a1"));
}

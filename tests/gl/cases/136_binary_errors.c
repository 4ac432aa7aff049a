/* SPDX-License-Identifier: MIT */
/* Program binaries that are none, wrong formats, too little room. */
#include "../binary.h"

static void fetch(GLuint program, GLsizei room)
{
	static uint8_t octets[BINARY_MAX];
	GLsizei length = -5;
	GLenum format = 5;

	untouched(octets, 16);
	DO(glGetProgramBinary(program, room, &length, &format, octets));
	say("length %d, format 0x%x", length, format);
	say_bytes("octets", octets, 8);
}

XG_CASE_ES3(binary_errors)
{
	const GLuint program = use_flat(1, 0, 0, 1), target = glCreateProgram();
	const GLuint shader = glCreateShader(GL_VERTEX_SHADER);
	static struct binary binary, spoilt;

	save_binary(program, &binary);
	fetch(program, binary.length - 1);
	fetch(program, 0);
	fetch(program, -1);
	fetch(target, BINARY_MAX);
	fetch(999, BINARY_MAX);
	fetch(0, 4);
	fetch(shader, BINARY_MAX);
	DO(glGetProgramBinary(program, BINARY_MAX, NULL, &binary.format, binary.octets));
	for (int i = 0; i < 12; i++) {
		spoilt = binary;
		if (i < 8)
			spoilt.octets[binary.length * i / 8] ^= 4;
		else if (i < 10)
			spoilt.length -= i - 7;
		else if (i == 10)
			spoilt.length = 7;
		else
			spoilt.length = 0;
		say("spoilt %d", i);
		load_binary(target, &spoilt);
		load_binary(target, &binary);
	}
	spoilt = binary;
	spoilt.format = GL_BLEND;
	load_binary(target, &spoilt);
	DO(glUseProgram(target));
	load_binary(target, &binary);
	spoilt = binary;
	spoilt.length = -1;
	load_binary(target, &spoilt);
	DO(glProgramBinary(999, binary.format, binary.octets, binary.length));
	DO(glProgramBinary(0, binary.format, binary.octets, binary.length));
	DO(glProgramBinary(shader, binary.format, binary.octets, binary.length));
	DO(glProgramBinary(999, GL_BLEND, binary.octets, binary.length));
	load_binary(target, &binary);
	DO(glUseProgram(target));
	DO(glUniform4f(glGetUniformLocation(target, "color"), 0, 1, 0, 1));
	draw_quad();
	say_picture("after all");
}

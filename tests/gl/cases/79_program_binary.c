/* SPDX-License-Identifier: MIT */
/* OES_get_program_binary: what is refused. (Binaries themselves are the driver's.) */
#include "../case.h"

XG_CASE(program_binary)
{
	GLuint program = use_flat(1, 1, 0, 1);
	GLint length = -5;
	GLenum format = 5;
	char data[8];

	need_extension("GL_OES_get_program_binary");
	PROC(PFNGLGETPROGRAMBINARYOESPROC, glGetProgramBinaryOES);
	PROC(PFNGLPROGRAMBINARYOESPROC, glProgramBinaryOES);
	untouched(data, sizeof(data));
	DO(glGetProgramBinaryOES(program, 4, &length, &format, data));
	say_bytes("too small", data, sizeof(data));
	DO(glGetProgramBinaryOES(glCreateProgram(), 4, &length, &format, data));
	DO(glGetProgramBinaryOES(999, 4, &length, &format, data));
	DO(glProgramBinaryOES(program, GL_BLEND, data, 4));
	DO(glProgramBinaryOES(999, GL_BLEND, data, 4));
	DO(glGetProgramiv(program, GL_LINK_STATUS, &length));
	say("linked %d", length);
}

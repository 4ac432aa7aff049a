/* SPDX-License-Identifier: MIT */
/* See separate.h. */
#include "separate.h"

const char separate_vertex[] =
	"attribute vec4 position; uniform vec2 shift; varying mediump vec2 place;"
	"void main() { place = position.xy; gl_Position = position + vec4(shift, 0.0, 0.0); }";
const char separate_fragment[] =
	"precision mediump float; varying vec2 place; uniform vec4 tint;"
	"void main() { gl_FragColor = tint * vec4(1.0, 1.0, 1.0, 1.0) + vec4(0.0, 0.0, "
	"step(place.x, place.y), 0.0); }";

struct separate need_separate(void)
{
	struct separate s;

	need_extension("GL_EXT_separate_shader_objects");
#define GET(name) s.name = (__typeof__(s.name))eglGetProcAddress(#name)
	GET(glActiveShaderProgramEXT);
	GET(glBindProgramPipelineEXT);
	GET(glCreateShaderProgramvEXT);
	GET(glDeleteProgramPipelinesEXT);
	GET(glGenProgramPipelinesEXT);
	GET(glGetProgramPipelineInfoLogEXT);
	GET(glGetProgramPipelineivEXT);
	GET(glIsProgramPipelineEXT);
	GET(glProgramParameteriEXT);
	GET(glUseProgramStagesEXT);
	GET(glValidateProgramPipelineEXT);
#undef GET
	return s;
}

GLuint make_separate(const struct separate *s, GLenum type, const char *source)
{
	const GLuint program = glCreateProgram(), shader = make_shader(type, source);
	GLint linked = -1, separable = -1;

	glAttachShader(program, shader);
	glBindAttribLocation(program, 0, "position");
	DO(s->glProgramParameteriEXT(program, GL_PROGRAM_SEPARABLE_EXT, GL_TRUE));
	glLinkProgram(program);
	glGetProgramiv(program, GL_LINK_STATUS, &linked);
	glGetProgramiv(program, GL_PROGRAM_SEPARABLE_EXT, &separable);
	say("program %u, linked %d, separable %d", program, linked, separable);
	glDeleteShader(shader);
	return program;
}

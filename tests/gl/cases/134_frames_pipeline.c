/* SPDX-License-Identifier: MIT */
/*
 * Frames that are drawn with pipelines: values of uniforms by both ways, arrays of them, vertices
 * from client memory, programs that change places. steady_test.py counts what is waited for in it.
 */
#include "../case.h"
#include "../separate.h"

enum { FRAMES = 64 };

XG_CASE_ES3(frames_pipeline)
{
	static const char many[] =
		"precision mediump float; varying vec2 place; uniform vec4 tints[4];"
		"void main() { gl_FragColor = tints[0] + tints[3] * place.x; }";
	static const GLfloat strip[] = {-1, -1, -1, 1, 0, -1, 0, 1, 1, -1, 1, 1};
	struct separate s = need_separate();
	const GLuint vertex = make_separate(&s, GL_VERTEX_SHADER, separate_vertex);
	const GLuint fragments[] = {make_separate(&s, GL_FRAGMENT_SHADER, separate_fragment),
		make_separate(&s, GL_FRAGMENT_SHADER, many)};
	GLuint pipelines[2];
	GLint bound;

	PROC(PFNGLPROGRAMUNIFORM2FEXTPROC, glProgramUniform2fEXT);
	PROC(PFNGLPROGRAMUNIFORM4FVEXTPROC, glProgramUniform4fvEXT);
	s.glGenProgramPipelinesEXT(2, pipelines);
	for (int i = 0; i < 2; i++) {
		s.glUseProgramStagesEXT(pipelines[i], GL_VERTEX_SHADER_BIT_EXT, vertex);
		s.glUseProgramStagesEXT(pipelines[i], GL_FRAGMENT_SHADER_BIT_EXT, fragments[i]);
	}
	const GLint tint = glGetUniformLocation(fragments[0], "tint");
	const GLint tints = glGetUniformLocation(fragments[1], "tints");
	const GLint shift = glGetUniformLocation(vertex, "shift");
	glEnableVertexAttribArray(0);
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, strip);
	/* No memory stands behind an array that the vertex stage does not read. */
	glEnableVertexAttribArray(1);
	glVertexAttribPointer(1, 4, GL_FLOAT, GL_FALSE, 0, (const void *)16);
	for (int frame = 0; frame < FRAMES; frame++) {
		const float at = (float)frame / FRAMES;
		const GLfloat values[16] = {at, 0, 0, 1, [12] = 0, 1 - at, at, 0};

		glClear(GL_COLOR_BUFFER_BIT);
		glProgramUniform2fEXT(vertex, shift, at / 4, -at / 4);
		glProgramUniform4fvEXT(fragments[1], tints, 4, values);
		for (int i = 0; i < 2; i++) {
			s.glBindProgramPipelineEXT(pipelines[i]);
			glGetIntegerv(GL_PROGRAM_PIPELINE_BINDING_EXT, &bound);
			s.glUseProgramStagesEXT(
				pipelines[i], GL_FRAGMENT_SHADER_BIT_EXT, fragments[i]);
			s.glActiveShaderProgramEXT(pipelines[i], fragments[i]);
			if (i)
				glUniform4fv(tints, 4, values);
			else
				glUniform4fv(tint, 1, values);
			glDrawArrays(GL_TRIANGLE_STRIP, 2 * i, 4);
		}
	}
	say_error("frames");
	say_picture("the last frame");
}

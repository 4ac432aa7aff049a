/* SPDX-License-Identifier: MIT */
/* Transform feedback: interleaved and separate, objects, pauses, and the counts of what was
 * written. */
#include "../case.h"

static const char vertex[] =
	"#version 300 es\n"
	"in vec4 position;\n"
	"out vec2 twice;\n"
	"flat out int number;\n"
	"void main() { gl_Position = position; twice = position.xy * 2.0; number = gl_VertexID; }";
static const char fragment[] = "#version 300 es\n"
			       "precision highp float;\n"
			       "out vec4 color;\n"
			       "void main() { color = vec4(0, 1, 0, 1); }";
static const GLfloat points[] = {-1, -1, 1, -1, -1, 1, 1, 1, 0.5f, 0.25f, -0.5f, 0.75f};

static GLuint make(const char *const *names, GLsizei count, GLenum mode)
{
	GLuint program = glCreateProgram();
	GLint value, linked;

	glAttachShader(program, make_shader(GL_VERTEX_SHADER, vertex));
	glAttachShader(program, make_shader(GL_FRAGMENT_SHADER, fragment));
	glBindAttribLocation(program, 0, "position");
	DO(glTransformFeedbackVaryings(program, count, names, mode));
	glLinkProgram(program);
	glGetProgramiv(program, GL_LINK_STATUS, &linked);
	say("linked %d", linked);
	glGetProgramiv(program, GL_TRANSFORM_FEEDBACK_BUFFER_MODE, &value);
	say("mode 0x%x", value);
	/* Of a program that was not linked llvmpipe does not survive the question. */
	if (linked) {
		glGetProgramiv(program, GL_TRANSFORM_FEEDBACK_VARYINGS, &value);
		say("varyings %d", value);
		glGetProgramiv(program, GL_TRANSFORM_FEEDBACK_VARYING_MAX_LENGTH, &value);
		say("longest %d", value);
	}
	for (GLuint i = 0; i < 4; i++) {
		char name[32];
		GLsizei length = -7, size = -7;
		GLenum type = 0;

		untouched(name, sizeof(name));
		DO(glGetTransformFeedbackVarying(
			program, i, i == 1 ? 5 : 32, &length, &size, &type, name));
		say("varying %u: length %d, size %d, type 0x%x", i, length, size, type);
		say_bytes("name", name, sizeof(name));
	}
	return program;
}

static void draw(GLenum mode, GLint first, GLsizei count)
{
	glBindBuffer(GL_ARRAY_BUFFER, 0);
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, points);
	glEnableVertexAttribArray(0);
	DO(glDrawArrays(mode, first, count));
}

XG_CASE_ES3(transform_feedback)
{
	static const char *const names[] = {"gl_Position", "twice", "number"};
	static const char *const unknown[] = {"gl_Position", "nothing"};
	GLuint buffers[4], query, ids[3], written = 99;
	GLint value;
	GLint64 longs[3];

	GLuint together = make(names, 3, GL_INTERLEAVED_ATTRIBS);
	GLuint apart = make(names, 3, GL_SEPARATE_ATTRIBS);
	make(unknown, 2, GL_INTERLEAVED_ATTRIBS);
	make(names, 0, GL_INTERLEAVED_ATTRIBS);
	DO(glTransformFeedbackVaryings(together, -1, names, GL_INTERLEAVED_ATTRIBS));
	DO(glTransformFeedbackVaryings(together, 1, names, GL_FLOAT));
	DO(glTransformFeedbackVaryings(999, 1, names, GL_INTERLEAVED_ATTRIBS));
	DO(glTransformFeedbackVaryings(
		apart, 100, (const char *const[100]){[0 ... 99] = "twice"}, GL_SEPARATE_ATTRIBS));
	glUseProgram(together);
	glGenBuffers(4, buffers);
	glGenQueries(1, &query);
	DO(glBeginTransformFeedback(GL_POINTS));
	glBindBuffer(GL_TRANSFORM_FEEDBACK_BUFFER, buffers[0]);
	glBufferData(GL_TRANSFORM_FEEDBACK_BUFFER, 512, NULL, GL_STREAM_READ);
	DO(glBindBufferBase(GL_TRANSFORM_FEEDBACK_BUFFER, 0, buffers[0]));
	DO(glBeginTransformFeedback(GL_LINE_STRIP));
	DO(glBeginTransformFeedback(GL_POINTS));
	DO(glBeginTransformFeedback(GL_POINTS));
	DO(glBindBufferBase(GL_TRANSFORM_FEEDBACK_BUFFER, 0, buffers[1]));
	glGetIntegerv(GL_TRANSFORM_FEEDBACK_BUFFER_BINDING, &value);
	say("still bound %d", value);
	DO(glBeginQuery(GL_TRANSFORM_FEEDBACK_PRIMITIVES_WRITTEN, query));
	draw(GL_POINTS, 0, 4);
	draw(GL_TRIANGLES, 0, 3);
	DO(glUseProgram(apart));
	DO(glEndQuery(GL_TRANSFORM_FEEDBACK_PRIMITIVES_WRITTEN));
	DO(glEndTransformFeedback());
	DO(glEndTransformFeedback());
	DO(glGetQueryObjectuiv(query, GL_QUERY_RESULT, &written));
	say("written %u", written);
	glBufferSubData(GL_TRANSFORM_FEEDBACK_BUFFER, 112, 8, "end here");
	say_buffer("interleaved", GL_TRANSFORM_FEEDBACK_BUFFER, 120);
	/* Again into the same buffer: what was read before is old. */
	DO(glBeginTransformFeedback(GL_POINTS));
	draw(GL_POINTS, 2, 4);
	DO(glEndTransformFeedback());
	say_buffer("again", GL_TRANSFORM_FEEDBACK_BUFFER, 120);

	glUseProgram(apart);
	for (GLuint i = 1; i < 4; i++) {
		glBindBuffer(GL_COPY_WRITE_BUFFER, buffers[i]);
		glBufferData(GL_COPY_WRITE_BUFFER, 256, NULL, GL_STREAM_READ);
		DO(glBindBufferRange(
			GL_TRANSFORM_FEEDBACK_BUFFER, i - 1, buffers[i], 16 * (GLintptr)i, 96));
	}
	DO(glBindBufferRange(GL_TRANSFORM_FEEDBACK_BUFFER, 0, buffers[1], 2, 96));
	DO(glBindBufferRange(GL_TRANSFORM_FEEDBACK_BUFFER, 0, buffers[1], 4, 95));
	DO(glBindBufferRange(GL_TRANSFORM_FEEDBACK_BUFFER, 64, buffers[1], 4, 92));
	DO(glEnable(GL_RASTERIZER_DISCARD));
	DO(glBeginTransformFeedback(GL_TRIANGLES));
	draw(GL_TRIANGLES, 0, 6);
	DO(glPauseTransformFeedback());
	DO(glPauseTransformFeedback());
	draw(GL_POINTS, 0, 6);
	DO(glResumeTransformFeedback());
	DO(glResumeTransformFeedback());
	/* There is no room for more than six. */
	draw(GL_TRIANGLES, 0, 3);
	DO(glEndTransformFeedback());
	glDisable(GL_RASTERIZER_DISCARD);
	for (GLuint i = 1; i < 4; i++) {
		glBindBuffer(GL_COPY_READ_BUFFER, buffers[i]);
		say_buffer("separate", GL_COPY_READ_BUFFER,
			16 * i + (i == 1	  ? 96
					 : i == 2 ? 48
						  : 24));
		glGetIntegeri_v(GL_TRANSFORM_FEEDBACK_BUFFER_BINDING, i - 1, &value);
		glGetInteger64i_v(GL_TRANSFORM_FEEDBACK_BUFFER_START, i - 1, &longs[0]);
		glGetInteger64i_v(GL_TRANSFORM_FEEDBACK_BUFFER_SIZE, i - 1, &longs[1]);
		say("point %u: %d from %lld, %lld", i - 1, value, (long long)longs[0],
			(long long)longs[1]);
	}
	say_error("points");

	DO(glGenTransformFeedbacks(3, ids));
	say_ints("ids", (GLint *)ids, 3);
	ASK(glIsTransformFeedback(ids[0]));
	DO(glBindTransformFeedback(GL_TRANSFORM_FEEDBACK, ids[0]));
	ASK(glIsTransformFeedback(ids[0]));
	glGetIntegerv(GL_TRANSFORM_FEEDBACK_BINDING, &value);
	say("object %d", value);
	glGetIntegeri_v(GL_TRANSFORM_FEEDBACK_BUFFER_BINDING, 0, &value);
	say("its buffer %d", value);
	glUseProgram(together);
	DO(glBindBufferBase(GL_TRANSFORM_FEEDBACK_BUFFER, 0, buffers[2]));
	DO(glBeginTransformFeedback(GL_POINTS));
	draw(GL_POINTS, 0, 2);
	DO(glBindTransformFeedback(GL_TRANSFORM_FEEDBACK, ids[1]));
	DO(glPauseTransformFeedback());
	glGetIntegerv(GL_TRANSFORM_FEEDBACK_PAUSED, &value);
	say("paused %d", value);
	DO(glDeleteTransformFeedbacks(1, ids));
	DO(glBindTransformFeedback(GL_TRANSFORM_FEEDBACK, ids[1]));
	DO(glBindBufferBase(GL_TRANSFORM_FEEDBACK_BUFFER, 0, buffers[3]));
	glGetIntegerv(GL_TRANSFORM_FEEDBACK_BUFFER_BINDING, &value);
	say("bound %d", value);
	DO(glBeginTransformFeedback(GL_POINTS));
	draw(GL_POINTS, 4, 1);
	DO(glEndTransformFeedback());
	DO(glBindTransformFeedback(GL_TRANSFORM_FEEDBACK, ids[0]));
	DO(glResumeTransformFeedback());
	draw(GL_POINTS, 5, 1);
	DO(glEndTransformFeedback());
	glBindBuffer(GL_COPY_READ_BUFFER, buffers[2]);
	say_buffer("first object", GL_COPY_READ_BUFFER, 84);
	glBindBuffer(GL_COPY_READ_BUFFER, buffers[3]);
	say_buffer("second object", GL_COPY_READ_BUFFER, 28);
	DO(glDeleteTransformFeedbacks(2, ids));
	ASK(glIsTransformFeedback(ids[0]));
	DO(glBindTransformFeedback(GL_TRANSFORM_FEEDBACK, ids[0]));
	DO(glBindTransformFeedback(GL_TRANSFORM_FEEDBACK, 77));
	DO(glBindTransformFeedback(GL_TEXTURE_2D, 0));
	DO(glGenTransformFeedbacks(-1, ids));
	DO(glDeleteTransformFeedbacks(-1, ids));
	DO(glBindTransformFeedback(GL_TRANSFORM_FEEDBACK, 0));
	/* A buffer that feedback wrote as vertices. */
	glBindBuffer(GL_ARRAY_BUFFER, buffers[0]);
	use_flat(0, 0, 1, 1);
	glVertexAttribPointer(0, 4, GL_FLOAT, GL_FALSE, 28, NULL);
	glEnableVertexAttribArray(0);
	DO(glDrawArrays(GL_TRIANGLE_STRIP, 0, 4));
	say_picture("drawn again");
}

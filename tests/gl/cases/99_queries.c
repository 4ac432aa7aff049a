/* SPDX-License-Identifier: MIT */
/* Queries by their own names: samples, primitives, and what is asked in vain. */
#include "../case.h"

XG_CASE_ES3(queries)
{
	GLuint ids[3], value;
	GLint current;

	use_flat(1, 1, 1, 1);
	DO(glGenQueries(3, ids));
	say_ints("ids", (GLint *)ids, 3);
	ASK(glIsQuery(ids[0]));
	DO(glBeginQuery(GL_ANY_SAMPLES_PASSED, ids[0]));
	ASK(glIsQuery(ids[0]));
	DO(glGetQueryiv(GL_ANY_SAMPLES_PASSED, GL_CURRENT_QUERY, &current));
	say("current %d", current);
	DO(glBeginQuery(GL_ANY_SAMPLES_PASSED, ids[1]));
	DO(glBeginQuery(GL_ANY_SAMPLES_PASSED_CONSERVATIVE, ids[1]));
	draw_quad();
	DO(glGetQueryObjectuiv(ids[0], GL_QUERY_RESULT, &value));
	DO(glEndQuery(GL_ANY_SAMPLES_PASSED));
	DO(glEndQuery(GL_ANY_SAMPLES_PASSED));
	DO(glGetQueryObjectuiv(ids[0], GL_QUERY_RESULT, &value));
	say("any %d", value != 0);
	DO(glGetQueryObjectuiv(ids[0], GL_QUERY_RESULT_AVAILABLE, &value));
	say("available %u", value);
	DO(glBeginQuery(GL_ANY_SAMPLES_PASSED, ids[0]));
	glEnable(GL_SCISSOR_TEST);
	glScissor(0, 0, 0, 0);
	draw_quad();
	glDisable(GL_SCISSOR_TEST);
	DO(glEndQuery(GL_ANY_SAMPLES_PASSED));
	DO(glGetQueryObjectuiv(ids[0], GL_QUERY_RESULT, &value));
	say("any %d", value != 0);
	DO(glBeginQuery(GL_TRANSFORM_FEEDBACK_PRIMITIVES_WRITTEN, ids[0]));
	DO(glBeginQuery(GL_TRANSFORM_FEEDBACK_PRIMITIVES_WRITTEN, ids[2]));
	draw_quad();
	DO(glEndQuery(GL_TRANSFORM_FEEDBACK_PRIMITIVES_WRITTEN));
	DO(glGetQueryObjectuiv(ids[2], GL_QUERY_RESULT, &value));
	say("written %u", value);
	DO(glBeginQuery(GL_TEXTURE_2D, ids[2]));
	DO(glGetQueryiv(GL_TEXTURE_2D, GL_CURRENT_QUERY, &current));
	DO(glGetQueryObjectuiv(99, GL_QUERY_RESULT, &value));
	DO(glGetQueryObjectuiv(ids[0], GL_TEXTURE_2D, &value));
	DO(glBeginQuery(GL_ANY_SAMPLES_PASSED, ids[0]));
	DO(glDeleteQueries(3, ids));
	DO(glGetQueryiv(GL_ANY_SAMPLES_PASSED, GL_CURRENT_QUERY, &current));
	say("current %d", current);
	ASK(glIsQuery(ids[0]));
	DO(glGenQueries(-1, ids));
	DO(glDeleteQueries(-1, ids));
	DO(glBeginQuery(GL_ANY_SAMPLES_PASSED, 0));
}

/* SPDX-License-Identifier: MIT */
/* NV_conditional_render: draws and clears that depend on whether samples have passed. */
#include "../case.h"

static PFNGLBEGINCONDITIONALRENDERNVPROC glBeginConditionalRenderNV;
static PFNGLENDCONDITIONALRENDERNVPROC glEndConditionalRenderNV;

/* A query during which a quad was drawn, before or behind what is there. */
static GLuint ask(float depth)
{
	GLuint query;

	glGenQueries(1, &query);
	glBeginQuery(GL_ANY_SAMPLES_PASSED, query);
	draw_rectangle(-1, -1, 1, 1, depth);
	glEndQuery(GL_ANY_SAMPLES_PASSED);
	return query;
}

static void draw_if(GLuint query, GLenum mode)
{
	glClearColor(0, 0, 1, 1);
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glBeginConditionalRenderNV(query, mode));
	draw_rectangle(-0.5f, -0.5f, 0.5f, 0.5f, -0.9f);
	glEnable(GL_SCISSOR_TEST);
	glScissor(0, 0, 4, 4);
	glClearColor(0, 1, 0, 1);
	glClear(GL_COLOR_BUFFER_BIT);
	glDisable(GL_SCISSOR_TEST);
	DO(glEndConditionalRenderNV());
	say_picture("drawn");
}

XG_CASE_ES3(conditional_render)
{
	static const GLenum modes[] = {GL_QUERY_WAIT_NV, GL_QUERY_BY_REGION_WAIT_NV, 0x8e17, 0};

	need_extension("GL_NV_conditional_render");
	glBeginConditionalRenderNV =
		(PFNGLBEGINCONDITIONALRENDERNVPROC)eglGetProcAddress("glBeginConditionalRenderNV");
	glEndConditionalRenderNV =
		(PFNGLENDCONDITIONALRENDERNVPROC)eglGetProcAddress("glEndConditionalRenderNV");
	use_flat(1, 0, 0, 1);
	glClearDepthf(0.5f);
	glClear(GL_DEPTH_BUFFER_BIT);
	glEnable(GL_DEPTH_TEST);
	glDepthMask(GL_FALSE);
	GLuint seen = ask(-0.5f), hidden = ask(0.5f), unused;

	for (size_t i = 0; i < COUNT(modes); i++) {
		draw_if(seen, modes[i]);
		draw_if(hidden, modes[i]);
	}
	/* What does not wait may draw in any case, and does with what is known. */
	glFinish();
	draw_if(seen, GL_QUERY_NO_WAIT_NV);
	draw_if(seen, GL_QUERY_BY_REGION_NO_WAIT_NV);
	glGenQueries(1, &unused);
	draw_if(unused, GL_QUERY_WAIT_NV);
	draw_if(12345, GL_QUERY_WAIT_NV);
	draw_if(0, GL_QUERY_WAIT_NV);
	DO(glBeginConditionalRenderNV(hidden, GL_QUERY_WAIT_NV));
	DO(glBeginConditionalRenderNV(seen, GL_QUERY_WAIT_NV));
	DO(glEndConditionalRenderNV());
	DO(glEndConditionalRenderNV());
	glBeginQuery(GL_ANY_SAMPLES_PASSED, hidden);
	DO(glBeginConditionalRenderNV(hidden, GL_QUERY_WAIT_NV));
	glEndQuery(GL_ANY_SAMPLES_PASSED);
	glDeleteQueries(1, &seen);
	glDeleteQueries(1, &hidden);
}

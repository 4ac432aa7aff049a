/* SPDX-License-Identifier: MIT */
/* EXT_disjoint_timer_query. Times differ from run to run: what is said of them is what always
 * holds.
 */
#include "../case.h"

static PFNGLGETQUERYOBJECTUI64VEXTPROC glGetQueryObjectui64vEXT;
static PFNGLGETQUERYOBJECTI64VEXTPROC glGetQueryObjecti64vEXT;
static PFNGLGETQUERYOBJECTIVEXTPROC glGetQueryObjectivEXT;
static PFNGLGETQUERYIVEXTPROC glGetQueryivEXT;
static PFNGLQUERYCOUNTEREXTPROC glQueryCounterEXT;
static PFNGLBEGINQUERYEXTPROC glBeginQueryEXT;
static PFNGLENDQUERYEXTPROC glEndQueryEXT;

static void load(void)
{
	glGetQueryObjectui64vEXT =
		(PFNGLGETQUERYOBJECTUI64VEXTPROC)eglGetProcAddress("glGetQueryObjectui64vEXT");
	glGetQueryObjecti64vEXT =
		(PFNGLGETQUERYOBJECTI64VEXTPROC)eglGetProcAddress("glGetQueryObjecti64vEXT");
	glGetQueryObjectivEXT =
		(PFNGLGETQUERYOBJECTIVEXTPROC)eglGetProcAddress("glGetQueryObjectivEXT");
	glGetQueryivEXT = (PFNGLGETQUERYIVEXTPROC)eglGetProcAddress("glGetQueryivEXT");
	glQueryCounterEXT = (PFNGLQUERYCOUNTEREXTPROC)eglGetProcAddress("glQueryCounterEXT");
	glBeginQueryEXT = (PFNGLBEGINQUERYEXTPROC)eglGetProcAddress("glBeginQueryEXT");
	glEndQueryEXT = (PFNGLENDQUERYEXTPROC)eglGetProcAddress("glEndQueryEXT");
}

static void say_target(GLenum target)
{
	GLint value = 7;

	DO(glGetQueryivEXT(target, GL_QUERY_COUNTER_BITS_EXT, &value));
	say("bits %d", value);
	DO(glGetQueryivEXT(target, GL_CURRENT_QUERY_EXT, &value));
	say("current %d", value);
}

static void say_moments(void)
{
	PROC(PFNGLGETINTEGER64VEXTPROC, glGetInteger64vEXT);
	GLuint queries[3];
	GLuint64 times[3];
	GLint64 before = 0, after = 0, signed_time = -1;
	GLint disjoint = 7, word = -1;

	glGenQueries(3, queries);
	DO(glGetInteger64vEXT(GL_TIMESTAMP_EXT, &before));
	for (int i = 0; i < 3; i++) {
		DO(glQueryCounterEXT(queries[i], GL_TIMESTAMP_EXT));
		glClear(GL_COLOR_BUFFER_BIT);
		draw_quad();
	}
	glFinish();
	DO(glGetInteger64v(GL_TIMESTAMP_EXT, &after));
	for (int i = 0; i < 3; i++) {
		times[i] = 0;
		DO(glGetQueryObjectui64vEXT(queries[i], GL_QUERY_RESULT_EXT, &times[i]));
	}
	say("64 bits: %d", times[0] > UINT32_MAX);
	say("in order: %d %d", times[0] <= times[1], times[1] <= times[2]);
	say("between: %d %d", (GLuint64)before <= times[0], times[2] <= (GLuint64)after);
	DO(glGetQueryObjecti64vEXT(queries[1], GL_QUERY_RESULT_EXT, &signed_time));
	say("same: %d", (GLuint64)signed_time == times[1]);
	DO(glGetQueryObjectivEXT(queries[1], GL_QUERY_RESULT_EXT, &word));
	say("as a word: %d", word);
	DO(glGetIntegerv(GL_GPU_DISJOINT_EXT, &disjoint));
	say("disjoint %d", disjoint);
	DO(glQueryCounterEXT(queries[0], GL_TIME_ELAPSED_EXT));
	DO(glQueryCounterEXT(0, GL_TIMESTAMP_EXT));
	DO(glBeginQueryEXT(GL_TIME_ELAPSED_EXT, queries[0]));
	DO(glBeginQueryEXT(GL_TIMESTAMP_EXT, queries[0]));
	glDeleteQueries(3, queries);
}

static void say_span(void)
{
	GLuint query;
	GLuint64 elapsed = 0;
	GLuint available = 7;

	glGenQueries(1, &query);
	DO(glGetQueryObjectui64vEXT(query, GL_QUERY_RESULT_EXT, &elapsed));
	DO(glBeginQueryEXT(GL_TIME_ELAPSED_EXT, query));
	say_target(GL_TIME_ELAPSED_EXT);
	DO(glQueryCounterEXT(query, GL_TIMESTAMP_EXT));
	for (int i = 0; i < 50; i++)
		draw_quad();
	DO(glGetQueryObjectui64vEXT(query, GL_QUERY_RESULT_EXT, &elapsed));
	DO(glEndQueryEXT(GL_TIME_ELAPSED_EXT));
	DO(glEndQueryEXT(GL_TIME_ELAPSED_EXT));
	glFinish();
	DO(glGetQueryObjectuiv(query, GL_QUERY_RESULT_AVAILABLE_EXT, &available));
	say("available %u", available);
	DO(glGetQueryObjectui64vEXT(query, GL_QUERY_RESULT_EXT, &elapsed));
	say("took some time, less than an hour: %d",
		elapsed > 0 && elapsed < 3600ull * 1000 * 1000 * 1000);
	elapsed = 77;
	DO(glGetQueryObjectui64vEXT(query, GL_QUERY_COUNTER_BITS_EXT, &elapsed));
	say("untouched %d", elapsed == 77);
	glDeleteQueries(1, &query);
}

XG_CASE_ES3(timer_query)
{
	need_extension("GL_EXT_disjoint_timer_query");
	load();
	use_flat(1, 0, 0, 1);
	say_target(GL_TIME_ELAPSED_EXT);
	say_target(GL_TIMESTAMP_EXT);
	say_target(GL_ANY_SAMPLES_PASSED);
	say_moments();
	say_span();
	GLint64 value = 77;
	DO(glGetQueryObjecti64vEXT(12345, GL_QUERY_RESULT_EXT, &value));
	say("untouched %d", value == 77);
}

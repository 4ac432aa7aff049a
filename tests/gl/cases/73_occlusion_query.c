/* SPDX-License-Identifier: MIT */
/* EXT_occlusion_query_boolean. */
#include "../case.h"

XG_CASE(occlusion_query)
{
	GLuint queries[3], value;
	GLint current;

	need_extension("GL_EXT_occlusion_query_boolean");
	PROC(PFNGLGENQUERIESEXTPROC, glGenQueriesEXT);
	PROC(PFNGLDELETEQUERIESEXTPROC, glDeleteQueriesEXT);
	PROC(PFNGLISQUERYEXTPROC, glIsQueryEXT);
	PROC(PFNGLBEGINQUERYEXTPROC, glBeginQueryEXT);
	PROC(PFNGLENDQUERYEXTPROC, glEndQueryEXT);
	PROC(PFNGLGETQUERYIVEXTPROC, glGetQueryivEXT);
	PROC(PFNGLGETQUERYOBJECTUIVEXTPROC, glGetQueryObjectuivEXT);
	DO(glGenQueriesEXT(3, queries));
	say_ints("queries", (GLint *)queries, 3);
	ASK(glIsQueryEXT(queries[0]));
	use_flat(1, 1, 1, 1);
	glEnable(GL_SCISSOR_TEST);
	for (GLint size = 0; size < 2; size++) {
		DO(glBeginQueryEXT(GL_ANY_SAMPLES_PASSED_EXT, queries[size]));
		DO(glGetQueryivEXT(GL_ANY_SAMPLES_PASSED_EXT, GL_CURRENT_QUERY_EXT, &current));
		say("current %d", current);
		glScissor(0, 0, size, size);
		draw_quad();
		DO(glBeginQueryEXT(GL_ANY_SAMPLES_PASSED_EXT, queries[2]));
		DO(glEndQueryEXT(GL_ANY_SAMPLES_PASSED_EXT));
		ASK(glIsQueryEXT(queries[size]));
		value = 77;
		DO(glGetQueryObjectuivEXT(queries[size], GL_QUERY_RESULT_EXT, &value));
		say("result %u", value);
		DO(glGetQueryObjectuivEXT(queries[size], GL_QUERY_RESULT_AVAILABLE_EXT, &value));
		say("available %u", value);
	}
	DO(glEndQueryEXT(GL_ANY_SAMPLES_PASSED_EXT));
	DO(glBeginQueryEXT(GL_BLEND, queries[0]));
	DO(glBeginQueryEXT(GL_ANY_SAMPLES_PASSED_EXT, 0));
	DO(glGetQueryObjectuivEXT(999, GL_QUERY_RESULT_EXT, &value));
	DO(glDeleteQueriesEXT(3, queries));
	ASK(glIsQueryEXT(queries[0]));
}

/* SPDX-License-Identifier: MIT */
/* KHR_debug: messages, groups, labels. Of the driver's own messages only that they are there. */
#include "../case.h"

static GLuint heard_ids[8];
static int heard;

static void GL_APIENTRY hear(GLenum source, GLenum type, GLuint id, GLenum severity, GLsizei length,
	const GLchar *message, const void *user)
{
	if (heard < 8 && user == heard_ids && strcmp(message, "to the callback") == 0 &&
		length == 15)
		heard_ids[heard++] = id;
}

XG_CASE(debug)
{
	GLenum sources[4], types[4], severities[4];
	GLuint ids[4], buffer;
	GLsizei lengths[4];
	char log[256];
	GLint value;

	need_extension("GL_KHR_debug");
	PROC(PFNGLDEBUGMESSAGEINSERTKHRPROC, glDebugMessageInsertKHR);
	PROC(PFNGLGETDEBUGMESSAGELOGKHRPROC, glGetDebugMessageLogKHR);
	PROC(PFNGLDEBUGMESSAGECONTROLKHRPROC, glDebugMessageControlKHR);
	PROC(PFNGLPUSHDEBUGGROUPKHRPROC, glPushDebugGroupKHR);
	PROC(PFNGLPOPDEBUGGROUPKHRPROC, glPopDebugGroupKHR);
	PROC(PFNGLOBJECTLABELKHRPROC, glObjectLabelKHR);
	PROC(PFNGLGETOBJECTLABELKHRPROC, glGetObjectLabelKHR);
	ASK(glIsEnabled(GL_DEBUG_OUTPUT_KHR));
	DO(glEnable(GL_DEBUG_OUTPUT_KHR));
	DO(glDebugMessageControlKHR(GL_DONT_CARE, GL_DONT_CARE, GL_DONT_CARE, 0, NULL, GL_FALSE));
	DO(glDebugMessageControlKHR(
		GL_DEBUG_SOURCE_APPLICATION_KHR, GL_DONT_CARE, GL_DONT_CARE, 0, NULL, GL_TRUE));
	for (GLuint i = 0; i < 3; i++)
		DO(glDebugMessageInsertKHR(GL_DEBUG_SOURCE_APPLICATION_KHR,
			GL_DEBUG_TYPE_MARKER_KHR, 100 + i, GL_DEBUG_SEVERITY_LOW_KHR,
			i == 1 ? 3 : -1, "a message"));
	glGetIntegerv(GL_DEBUG_LOGGED_MESSAGES_KHR, &value);
	say("logged %d", value);
	glGetIntegerv(GL_DEBUG_NEXT_LOGGED_MESSAGE_LENGTH_KHR, &value);
	say("next %d", value);
	for (int round = 0; round < 3; round++) {
		untouched(lengths, sizeof(lengths));
		untouched(ids, sizeof(ids));
		untouched(log, sizeof(log));
		ASK(glGetDebugMessageLogKHR(2, 40, sources, types, ids, severities, lengths, log));
		say_ints("ids", (GLint *)ids, 4);
		say_ints("lengths", lengths, 4);
		say_bytes("log", log, 40);
	}
	PROC(PFNGLDEBUGMESSAGECALLBACKKHRPROC, glDebugMessageCallbackKHR);
	PROC(PFNGLGETPOINTERVKHRPROC, glGetPointervKHR);
	void *pointer = NULL;
	DO(glDebugMessageCallbackKHR(hear, heard_ids));
	DO(glGetPointervKHR(GL_DEBUG_CALLBACK_FUNCTION_KHR, &pointer));
	say("callback %d", pointer == (void *)hear);
	DO(glGetPointervKHR(GL_DEBUG_CALLBACK_USER_PARAM_KHR, &pointer));
	say("user %d", pointer == (void *)heard_ids);
	DO(glGetPointervKHR(GL_BLEND, &pointer));
	for (GLuint i = 0; i < 3; i++)
		glDebugMessageInsertKHR(GL_DEBUG_SOURCE_APPLICATION_KHR, GL_DEBUG_TYPE_OTHER_KHR,
			200 + i, GL_DEBUG_SEVERITY_LOW_KHR, -1, "to the callback");
	/* At the latest when the application waits. */
	glFinish();
	say_ints("heard", (GLint *)heard_ids, heard);
	ASK(glGetDebugMessageLogKHR(2, 40, sources, types, ids, severities, lengths, log));
	DO(glDebugMessageCallbackKHR(NULL, NULL));
	DO(glDebugMessageInsertKHR(GL_DEBUG_SOURCE_API_KHR, GL_DEBUG_TYPE_MARKER_KHR, 1,
		GL_DEBUG_SEVERITY_LOW_KHR, -1, "refused"));
	DO(glPushDebugGroupKHR(GL_DEBUG_SOURCE_APPLICATION_KHR, 7, -1, "group"));
	glGetIntegerv(GL_DEBUG_GROUP_STACK_DEPTH_KHR, &value);
	say("depth %d", value);
	DO(glPopDebugGroupKHR());
	DO(glPopDebugGroupKHR());
	glGenBuffers(1, &buffer);
	glBindBuffer(GL_ARRAY_BUFFER, buffer);
	DO(glObjectLabelKHR(GL_BUFFER_KHR, buffer, -1, "my buffer"));
	untouched(log, sizeof(log));
	DO(glGetObjectLabelKHR(GL_BUFFER_KHR, buffer, 40, lengths, log));
	say("label (%d) %s", lengths[0], log);
	untouched(log, sizeof(log));
	DO(glGetObjectLabelKHR(GL_BUFFER_KHR, buffer, 4, lengths, log));
	say_bytes("label", log, 12);
	DO(glObjectLabelKHR(GL_BUFFER_KHR, buffer, 2, "my buffer"));
	DO(glGetObjectLabelKHR(GL_BUFFER_KHR, buffer, 40, lengths, log));
	say("label (%d) %s", lengths[0], log);
	DO(glObjectLabelKHR(GL_BUFFER_KHR, buffer, 0, NULL));
	DO(glObjectLabelKHR(GL_BUFFER_KHR, 999, -1, "none"));
	DO(glObjectLabelKHR(GL_BLEND, buffer, -1, "none"));
	DO(glGetObjectLabelKHR(GL_BUFFER_KHR, 999, 40, lengths, log));
	DO(glGetObjectLabelKHR(GL_BUFFER_KHR, buffer, -1, lengths, log));
}

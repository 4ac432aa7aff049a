/* SPDX-License-Identifier: MIT */
/*
 * Debug output by its names of GLES 3.2. The driver's own messages reach a callback on the
 * application's thread, in the call that they are of, if output is synchronous.
 */
#include "../stages.h"

static int heard;

static void GL_APIENTRY hear(GLenum source, GLenum type, GLuint id, GLenum severity, GLsizei length,
	const GLchar *message, const void *user)
{
	heard++;
	/* The driver numbers its own messages as they first come. */
	say("  heard: source 0x%x type 0x%x id %u severity 0x%x length %d user %d: %.*s", source,
		type, source == GL_DEBUG_SOURCE_API ? 0 : id, severity, length, user == &heard,
		(int)length, message);
}

static void say_log(void)
{
	GLenum sources[4], types[4], severities[4];
	GLuint ids[4];
	GLsizei lengths[4];
	char log[512];

	say_integer("logged", GL_DEBUG_LOGGED_MESSAGES, 1);
	say_integer("next", GL_DEBUG_NEXT_LOGGED_MESSAGE_LENGTH, 1);
	untouched(lengths, sizeof(lengths));
	untouched(log, sizeof(log));
	const GLuint got =
		glGetDebugMessageLog(4, sizeof(log), sources, types, ids, severities, lengths, log);
	say("got %u", got);
	const char *at = log;
	for (GLuint i = 0; i < got; i++) {
		say("  0x%x 0x%x 0x%x (%d) %s", sources[i], types[i], severities[i], lengths[i],
			at);
		at += lengths[i];
	}
	say_error("log");
}

static void provoke(const char *when)
{
	say("%s", when);
	heard = 0;
	glBindBuffer(GL_BLEND, 0);
	say("heard %d", heard);
	glEnable(GL_TEXTURE_2D_ARRAY);
	say("heard %d", heard);
	glDebugMessageInsert(GL_DEBUG_SOURCE_APPLICATION, GL_DEBUG_TYPE_MARKER, 42,
		GL_DEBUG_SEVERITY_NOTIFICATION, -1, "inserted");
	say("heard %d", heard);
	glPushDebugGroup(GL_DEBUG_SOURCE_THIRD_PARTY, 7, 5, "group of things");
	glDrawArrays(77, 0, 3);
	say("heard %d", heard);
	glPopDebugGroup();
	say("heard %d", heard);
	while (glGetError())
		;
}

static void groups(void)
{
	const GLuint ids[] = {1, 3};

	DO(glPushDebugGroup(GL_DEBUG_SOURCE_APPLICATION, 1, -1, "outer"));
	DO(glDebugMessageControl(
		GL_DEBUG_SOURCE_APPLICATION, GL_DEBUG_TYPE_OTHER, GL_DONT_CARE, 2, ids, GL_FALSE));
	for (GLuint id = 1; id < 4; id++)
		glDebugMessageInsert(GL_DEBUG_SOURCE_APPLICATION, GL_DEBUG_TYPE_OTHER, id,
			GL_DEBUG_SEVERITY_HIGH, -1, "some are off");
	say_integer("depth", GL_DEBUG_GROUP_STACK_DEPTH, 1);
	DO(glPopDebugGroup());
	for (GLuint id = 1; id < 4; id++)
		glDebugMessageInsert(GL_DEBUG_SOURCE_APPLICATION, GL_DEBUG_TYPE_OTHER, id,
			GL_DEBUG_SEVERITY_HIGH, -1, "all are on again");
	DO(glPopDebugGroup());
	for (int i = 0; i < 65; i++)
		glPushDebugGroup(GL_DEBUG_SOURCE_APPLICATION, 1, -1, "deep");
	say_error("deep");
	say_integer("depth", GL_DEBUG_GROUP_STACK_DEPTH, 1);
	for (int i = 0; i < 65; i++)
		glPopDebugGroup();
	say_error("deep");
}

static void labels(void)
{
	static const GLenum kinds[] = {GL_BUFFER, GL_SHADER, GL_PROGRAM, GL_VERTEX_ARRAY, GL_QUERY,
		GL_PROGRAM_PIPELINE, GL_TRANSFORM_FEEDBACK, GL_SAMPLER, GL_TEXTURE, GL_RENDERBUFFER,
		GL_FRAMEBUFFER};
	GLuint names[COUNT(kinds)];
	char label[64];
	GLsizei length;

	glGenBuffers(1, &names[0]);
	glBindBuffer(GL_ARRAY_BUFFER, names[0]);
	names[1] = glCreateShader(GL_GEOMETRY_SHADER);
	names[2] = glCreateProgram();
	glGenVertexArrays(1, &names[3]);
	glGenQueries(1, &names[4]);
	names[5] = 0;
	glGenTransformFeedbacks(1, &names[6]);
	glGenSamplers(1, &names[7]);
	glGenTextures(1, &names[8]);
	glBindTexture(GL_TEXTURE_BUFFER, names[8]);
	glGenRenderbuffers(1, &names[9]);
	glBindRenderbuffer(GL_RENDERBUFFER, names[9]);
	glGenFramebuffers(1, &names[10]);
	glBindFramebuffer(GL_FRAMEBUFFER, names[10]);
	for (size_t i = 0; i < COUNT(kinds); i++) {
		untouched(label, sizeof(label));
		length = -7;
		DO(glObjectLabel(kinds[i], names[i], 7, "labels and more"));
		DO(glGetObjectLabel(kinds[i], names[i], sizeof(label), &length, label));
		say("0x%04x (%d)", kinds[i], length);
		say_bytes("label", label, 16);
		DO(glGetObjectLabel(kinds[i], names[i], 3, &length, label));
		say_bytes("label", label, 16);
		DO(glGetObjectLabel(kinds[i], names[i], 0, &length, NULL));
		say("(%d)", length);
	}
	const GLsync sync = glFenceSync(GL_SYNC_GPU_COMMANDS_COMPLETE, 0);
	DO(glObjectPtrLabel(sync, -1, "a fence"));
	untouched(label, sizeof(label));
	DO(glGetObjectPtrLabel(sync, sizeof(label), &length, label));
	say("(%d) %s", length, label);
	DO(glObjectPtrLabel(NULL, -1, "none"));
	glDeleteSync(sync);
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
}

XG_CASE_ES32(debug_es32)
{
	void *pointer;

	DO(glEnable(GL_DEBUG_OUTPUT));
	DO(glEnable(GL_DEBUG_OUTPUT_SYNCHRONOUS));
	/* Of the driver's messages only errors are sure to be the same each time. */
	DO(glDebugMessageControl(GL_DONT_CARE, GL_DONT_CARE, GL_DONT_CARE, 0, NULL, GL_FALSE));
	DO(glDebugMessageControl(
		GL_DEBUG_SOURCE_API, GL_DEBUG_TYPE_ERROR, GL_DONT_CARE, 0, NULL, GL_TRUE));
	DO(glDebugMessageControl(
		GL_DEBUG_SOURCE_APPLICATION, GL_DONT_CARE, GL_DONT_CARE, 0, NULL, GL_TRUE));
	DO(glDebugMessageControl(
		GL_DEBUG_SOURCE_THIRD_PARTY, GL_DONT_CARE, GL_DONT_CARE, 0, NULL, GL_TRUE));
	provoke("without a callback");
	say_log();
	say_log();
	/* What is in the log stays there when a callback comes. */
	glEnable(GL_BLEND_COLOR);
	DO(glDebugMessageCallback(hear, &heard));
	DO(glGetPointerv(GL_DEBUG_CALLBACK_FUNCTION, &pointer));
	say("callback %d", pointer == (void *)hear);
	provoke("with a callback");
	say_log();
	groups();
	glDisable(GL_DEBUG_OUTPUT);
	provoke("disabled");
	glEnable(GL_DEBUG_OUTPUT);
	DO(glDebugMessageCallback(NULL, NULL));
	provoke("without a callback again");
	say_log();
	labels();
	DO(glDebugMessageInsert(GL_DEBUG_SOURCE_APPLICATION, GL_DEBUG_TYPE_OTHER, 1,
		GL_DEBUG_SEVERITY_HIGH, 1 << 20, "too long"));
	DO(glPushDebugGroup(GL_DEBUG_SOURCE_API, 1, -1, "not ours"));
	DO(glDebugMessageControl(
		GL_DEBUG_SOURCE_API, GL_DONT_CARE, GL_DONT_CARE, 1, &(GLuint){1}, GL_TRUE));
	DO(glDebugMessageControl(GL_BLEND, GL_DONT_CARE, GL_DONT_CARE, 0, NULL, GL_TRUE));
	DO(glDisable(GL_DEBUG_OUTPUT_SYNCHRONOUS));
	ASK(glIsEnabled(GL_DEBUG_OUTPUT_SYNCHRONOUS));
}

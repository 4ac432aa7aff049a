/* SPDX-License-Identifier: MIT */
/* Sync objects: waits, what they are, handles that are none, and a second context of the share
 * group. */
#include "../case.h"

XG_CASE_ES3(sync_objects)
{
	static const GLenum pnames[] = {
		GL_OBJECT_TYPE, GL_SYNC_CONDITION, GL_SYNC_FLAGS, GL_SYNC_STATUS, GL_TEXTURE_2D};
	static const EGLint attributes[] = {EGL_CONTEXT_CLIENT_VERSION, 3, EGL_NONE};
	GLsync sync, other;
	GLint values[3];
	GLsizei length;

	use_flat(1, 0, 1, 1);
	draw_quad();
	sync = glFenceSync(GL_SYNC_GPU_COMMANDS_COMPLETE, 0);
	say("sync %d", sync != NULL);
	ASK(glIsSync(sync));
	/* Whether it has been signalled already, without a wait, is a matter of time. */
	const GLenum state = glClientWaitSync(sync, GL_SYNC_FLUSH_COMMANDS_BIT, GL_TIMEOUT_IGNORED);
	say("waited %d", state == GL_ALREADY_SIGNALED || state == GL_CONDITION_SATISFIED);
	ASK(glClientWaitSync(sync, 0, 0));
	DO(glWaitSync(sync, 0, GL_TIMEOUT_IGNORED));
	for (size_t i = 0; i < COUNT(pnames); i++) {
		untouched(values, sizeof(values));
		length = -7;
		DO(glGetSynciv(sync, pnames[i], 3, &length, values));
		say("length %d", length);
		say_ints("values", values, 3);
		DO(glGetSynciv(sync, pnames[i], 3, NULL, values));
	}
	DO(glGetSynciv(sync, GL_SYNC_STATUS, 0, &length, values));
	DO(glGetSynciv(sync, GL_SYNC_STATUS, -1, &length, values));
	DO(glWaitSync(sync, 1, GL_TIMEOUT_IGNORED));
	DO(glWaitSync(sync, 0, 5));
	ASK(glClientWaitSync(sync, 2, 0));
	ASK(glFenceSync(GL_SYNC_GPU_COMMANDS_COMPLETE, 1) == NULL);
	ASK(glFenceSync(GL_TEXTURE_2D, 0) == NULL);
	ASK(glIsSync(NULL));
	ASK(glIsSync((GLsync)(uintptr_t)0x7f0));
	ASK(glClientWaitSync((GLsync)(uintptr_t)0x7f0, 0, 0));
	DO(glWaitSync((GLsync)(uintptr_t)0x7f0, 0, GL_TIMEOUT_IGNORED));
	DO(glGetSynciv((GLsync)(uintptr_t)0x7f0, GL_SYNC_STATUS, 3, &length, values));
	DO(glDeleteSync((GLsync)(uintptr_t)0x7f0));
	DO(glDeleteSync(NULL));
	other = glFenceSync(GL_SYNC_GPU_COMMANDS_COMPLETE, 0);
	say("another %d", other != sync && other);
	DO(glDeleteSync(sync));
	ASK(glIsSync(sync));
	DO(glDeleteSync(sync));
	if (has_extension("GL_KHR_debug")) {
		PROC(PFNGLOBJECTPTRLABELKHRPROC, glObjectPtrLabelKHR);
		PROC(PFNGLGETOBJECTPTRLABELKHRPROC, glGetObjectPtrLabelKHR);
		char label[16], longest[600];

		memset(longest, 'a', sizeof(longest) - 1);
		longest[sizeof(longest) - 1] = '\0';
		for (int i = 0; i < 4; i++) {
			DO(glObjectPtrLabelKHR(other, i == 1 ? 3 : -1, i == 2 ? NULL : "fence"));
			for (GLsizei room = 0; room < 9; room += 4) {
				untouched(label, sizeof(label));
				length = -7;
				DO(glGetObjectPtrLabelKHR(other, room, &length, label));
				say("length %d", length);
				say_bytes("label", label, sizeof(label));
			}
		}
		DO(glGetObjectPtrLabelKHR(other, 0, &length, NULL));
		say("length %d", length);
		DO(glObjectPtrLabelKHR(other, -1, longest));
		DO(glObjectPtrLabelKHR(NULL, -1, "nothing"));
		DO(glGetObjectPtrLabelKHR((void *)(uintptr_t)0x7f0, 16, &length, label));
		DO(glGetObjectPtrLabelKHR(other, -1, &length, label));
	}
	EGLContext context = eglCreateContext(egl.display, egl.config, egl.context, attributes);
	ASK(eglMakeCurrent(egl.display, egl.surface, egl.surface, context));
	ASK(glIsSync(other));
	DO(glWaitSync(other, 0, GL_TIMEOUT_IGNORED));
	say("waited %d", glClientWaitSync(other, 0, 1000000000) != GL_WAIT_FAILED);
	DO(glDeleteSync(other));
	ASK(eglMakeCurrent(egl.display, egl.surface, egl.surface, egl.context));
	ASK(glIsSync(other));
	eglDestroyContext(egl.display, context);
}

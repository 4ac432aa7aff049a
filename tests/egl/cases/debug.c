/* SPDX-License-Identifier: MIT */
/* EGL_KHR_debug: the callback, and labels. */
#include "case.h"

static PFNEGLDEBUGMESSAGECONTROLKHRPROC control;
static PFNEGLQUERYDEBUGKHRPROC query;
static PFNEGLLABELOBJECTKHRPROC label;

static void EGLAPIENTRY heard(EGLenum error, const char *command, EGLint type,
	EGLLabelKHR thread_label, EGLLabelKHR object_label, const char *message)
{
	say("heard 0x%04x of %s, type 0x%04x, thread %s", error, command, (unsigned)type,
		thread_label ? (const char *)thread_label : "none");
}

XG_EGL_CASE(debug)
{
	EGLContext context = TRY(new_context(EGL_NO_CONTEXT));
	EGLAttrib value = 0;

	control = (PFNEGLDEBUGMESSAGECONTROLKHRPROC)eglGetProcAddress("eglDebugMessageControlKHR");
	query = (PFNEGLQUERYDEBUGKHRPROC)eglGetProcAddress("eglQueryDebugKHR");
	label = (PFNEGLLABELOBJECTKHRPROC)eglGetProcAddress("eglLabelObjectKHR");
	say("control 0x%04x", (unsigned)control(heard, NULL));
	TRY(eglDestroyContext(display, EGL_NO_CONTEXT));
	say("label 0x%04x",
		(unsigned)label(display, EGL_OBJECT_THREAD_KHR, NULL, (EGLLabelKHR) "main"));
	say("label 0x%04x",
		(unsigned)label(display, EGL_OBJECT_CONTEXT_KHR, context, (EGLLabelKHR) "mine"));
	say("label 0x%04x",
		(unsigned)label(display, EGL_OBJECT_SURFACE_KHR, context, (EGLLabelKHR) "none"));
	TRY(eglDestroySurface(display, EGL_NO_SURFACE));
	TRY(query(EGL_DEBUG_MSG_ERROR_KHR, &value));
	say("on: %d", (int)value);
	TRY(query(EGL_DEBUG_CALLBACK_KHR, &value));
	say("ours: %d", (void *)value == (void *)heard);
	say("control 0x%04x",
		(unsigned)control(heard, (const EGLAttrib[]){EGL_DEBUG_MSG_ERROR_KHR, EGL_FALSE,
						 EGL_DEBUG_MSG_INFO_KHR, EGL_TRUE, EGL_NONE}));
	TRY(eglDestroySurface(display, EGL_NO_SURFACE));
	TRY(query(EGL_DEBUG_MSG_ERROR_KHR, &value));
	say("on: %d", (int)value);
	say("control 0x%04x", (unsigned)control(NULL, NULL));
}

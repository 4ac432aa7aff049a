/* SPDX-License-Identifier: MIT */
/* A context without a surface draws into framebuffer objects only. */
#include "../case.h"

XG_CASE(surfaceless)
{
	ASK(eglMakeCurrent(egl.display, EGL_NO_SURFACE, EGL_NO_SURFACE, egl.context));
	ASK(glCheckFramebufferStatus(GL_FRAMEBUFFER));
	DO(glClear(GL_COLOR_BUFFER_BIT));
	uint32_t pixel = 0x12345678;
	DO(glReadPixels(0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, &pixel));
	say("pixel %08x", pixel);
	make_framebuffer(16, 16);
	glViewport(0, 0, 16, 16);
	use_flat(0.25f, 0.5f, 0.75f, 1);
	draw_rectangle(-0.6f, -0.6f, 0.6f, 0.6f, 0);
	say_pixels("drawn", 0, 0, 16, 16);
	ASK(eglMakeCurrent(egl.display, egl.surface, egl.surface, egl.context));
	say_pixels("still", 0, 0, 16, 16);
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
	say_picture("the surface");
}

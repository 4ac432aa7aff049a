/* SPDX-License-Identifier: MIT */
/* EXT_discard_framebuffer. */
#include "../case.h"

XG_CASE(discard)
{
	static const GLenum defaults[] = {GL_COLOR_EXT, GL_DEPTH_EXT, GL_STENCIL_EXT};
	static const GLenum attachments[] = {
		GL_COLOR_ATTACHMENT0, GL_DEPTH_ATTACHMENT, GL_STENCIL_ATTACHMENT, GL_BLEND};

	need_extension("GL_EXT_discard_framebuffer");
	PROC(PFNGLDISCARDFRAMEBUFFEREXTPROC, glDiscardFramebufferEXT);
	glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
	DO(glDiscardFramebufferEXT(GL_FRAMEBUFFER, 2, defaults + 1));
	DO(glDiscardFramebufferEXT(GL_FRAMEBUFFER, 3, defaults));
	DO(glDiscardFramebufferEXT(GL_FRAMEBUFFER, 1, attachments));
	DO(glDiscardFramebufferEXT(GL_FRAMEBUFFER, 0, defaults));
	DO(glDiscardFramebufferEXT(GL_FRAMEBUFFER, -1, defaults));
	DO(glDiscardFramebufferEXT(GL_BLEND, 1, defaults));
	make_framebuffer(4, 4);
	DO(glDiscardFramebufferEXT(GL_FRAMEBUFFER, 1, defaults));
	DO(glDiscardFramebufferEXT(GL_FRAMEBUFFER, 3, attachments));
	DO(glDiscardFramebufferEXT(GL_FRAMEBUFFER, 4, attachments));
	glClearColor(1, 1, 0, 1);
	glClear(GL_COLOR_BUFFER_BIT);
	say_pixels("cleared", 0, 0, 4, 4);
}

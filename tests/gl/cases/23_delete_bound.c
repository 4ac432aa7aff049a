/* SPDX-License-Identifier: MIT */
/* Deleting what is bound: bindings go to 0, attachments of the bound framebuffer go. */
#include "../case.h"

XG_CASE(delete_bound)
{
	GLuint buffers[2], texture, renderbuffer, framebuffer;
	GLint value;

#define SAY(pname)                                                                                 \
	do {                                                                                       \
		glGetIntegerv(pname, &value);                                                      \
		say(#pname " %d", value);                                                          \
	} while (0)
	glGenBuffers(2, buffers);
	glBindBuffer(GL_ARRAY_BUFFER, buffers[0]);
	glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, buffers[1]);
	glVertexAttribPointer(3, 2, GL_FLOAT, GL_FALSE, 0, (void *)8);
	DO(glDeleteBuffers(2, buffers));
	SAY(GL_ARRAY_BUFFER_BINDING);
	SAY(GL_ELEMENT_ARRAY_BUFFER_BINDING);
	glGetVertexAttribiv(3, GL_VERTEX_ATTRIB_ARRAY_BUFFER_BINDING, &value);
	say("attrib's buffer %d", value);
	texture = make_framebuffer(4, 4);
	SAY(GL_TEXTURE_BINDING_2D);
	SAY(GL_FRAMEBUFFER_BINDING);
	DO(glDeleteTextures(1, &texture));
	SAY(GL_TEXTURE_BINDING_2D);
	ASK(glCheckFramebufferStatus(GL_FRAMEBUFFER));
	glGenRenderbuffers(1, &renderbuffer);
	glBindRenderbuffer(GL_RENDERBUFFER, renderbuffer);
	glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA4, 5, 5);
	DO(glFramebufferRenderbuffer(
		GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, renderbuffer));
	ASK(glCheckFramebufferStatus(GL_FRAMEBUFFER));
	DO(glDeleteRenderbuffers(1, &renderbuffer));
	SAY(GL_RENDERBUFFER_BINDING);
	ASK(glCheckFramebufferStatus(GL_FRAMEBUFFER));
	glGetIntegerv(GL_FRAMEBUFFER_BINDING, (GLint *)&framebuffer);
	DO(glDeleteFramebuffers(1, &framebuffer));
	SAY(GL_FRAMEBUFFER_BINDING);
	ASK(glCheckFramebufferStatus(GL_FRAMEBUFFER));
	/* A texture that another framebuffer holds lives on there. */
	texture = make_framebuffer(4, 4);
	glClearColor(0, 1, 0, 1);
	glClear(GL_COLOR_BUFFER_BIT);
	glGetIntegerv(GL_FRAMEBUFFER_BINDING, (GLint *)&framebuffer);
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
	DO(glDeleteTextures(1, &texture));
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	ASK(glCheckFramebufferStatus(GL_FRAMEBUFFER));
	say_pixels("still green", 0, 0, 2, 2);
}

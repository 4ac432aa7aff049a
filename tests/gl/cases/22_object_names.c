/* SPDX-License-Identifier: MIT */
/* Names: made in order, freed, bound without being generated, asked for. */
#include "../case.h"

XG_CASE(object_names)
{
	GLuint n[6], m[6], v[6];

#define NAMES(Gen, Delete, Is, Bind)                                                               \
	do {                                                                                       \
		untouched(n, sizeof(n));                                                           \
		DO(Gen(3, n));                                                                     \
		say_ints(#Gen, (GLint *)n, 4);                                                     \
		ASK(Is(n[0]));                                                                     \
		ASK(Is(0));                                                                        \
		ASK(Is(999));                                                                      \
		DO(Bind(n[0]));                                                                    \
		ASK(Is(n[0]));                                                                     \
		DO(Delete(2, n));                                                                  \
		ASK(Is(n[0]));                                                                     \
		DO(Gen(2, m));                                                                     \
		say_ints(#Gen, (GLint *)m, 2);                                                     \
		DO(Bind(50));                                                                      \
		ASK(Is(50));                                                                       \
		DO(Gen(1, m));                                                                     \
		say_ints(#Gen, (GLint *)m, 1);                                                     \
		DO(Delete(1, m));                                                                  \
		DO(Gen(1, m));                                                                     \
		say_ints(#Gen, (GLint *)m, 1);                                                     \
		DO(Gen(-1, m));                                                                    \
		DO(Gen(0, m));                                                                     \
		v[0] = 0;                                                                          \
		v[1] = 777;                                                                        \
		v[2] = n[2];                                                                       \
		v[3] = n[2];                                                                       \
		DO(Delete(4, v));                                                                  \
		DO(Delete(-1, v));                                                                 \
		DO(Delete(0, v));                                                                  \
		DO(Bind(n[0])); /* deleted: comes to life again */                                 \
		ASK(Is(n[0]));                                                                     \
		DO(Bind(0));                                                                       \
	} while (0)
#define BIND_BUFFER(name)	glBindBuffer(GL_ARRAY_BUFFER, name)
#define BIND_TEXTURE(name)	glBindTexture(GL_TEXTURE_2D, name)
#define BIND_CUBE(name)		glBindTexture(GL_TEXTURE_CUBE_MAP, name)
#define BIND_FRAMEBUFFER(name)	glBindFramebuffer(GL_FRAMEBUFFER, name)
#define BIND_RENDERBUFFER(name) glBindRenderbuffer(GL_RENDERBUFFER, name)
	NAMES(glGenBuffers, glDeleteBuffers, glIsBuffer, BIND_BUFFER);
	NAMES(glGenTextures, glDeleteTextures, glIsTexture, BIND_TEXTURE);
	NAMES(glGenFramebuffers, glDeleteFramebuffers, glIsFramebuffer, BIND_FRAMEBUFFER);
	NAMES(glGenRenderbuffers, glDeleteRenderbuffers, glIsRenderbuffer, BIND_RENDERBUFFER);
	DO(glGenTextures(1, n));
	DO(BIND_CUBE(n[0]));
	DO(BIND_TEXTURE(n[0])); /* of the other target */
	DO(glBindTexture(GL_BLEND, n[0]));
	DO(glBindRenderbuffer(GL_BLEND, n[0]));
	DO(glBindFramebuffer(GL_BLEND, n[0]));
}

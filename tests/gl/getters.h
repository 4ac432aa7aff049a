/* SPDX-License-Identifier: MIT */
/* Asking each of a list of pnames by each getter of GLES 3. */
#ifndef XG_TESTS_GL_GETTERS_H
#define XG_TESTS_GL_GETTERS_H

#include "case.h"

struct getter_pname {
	GLenum pname;
	const char *name;
};

/* {GL_name, "name"} */
#define P(name)                                                                                    \
	{                                                                                          \
		GL_##name, #name                                                                   \
	}

/* Says all that each getter writes, and what it leaves: as 64 bits twice, since the second time it
 * may be known. */
static inline void say_by_each_getter(const struct getter_pname *pname)
{
	GLint ints[10];
	GLint64 longs[10];
	GLfloat floats[10];
	GLboolean booleans[12];

	untouched(ints, sizeof(ints));
	glGetIntegerv(pname->pname, ints);
	say_ints(pname->name, ints, 10);
	for (int round = 0; round < 2; round++) {
		untouched(longs, sizeof(longs));
		glGetInteger64v(pname->pname, longs);
		say_bytes("  long", longs, sizeof(longs));
	}
	untouched(floats, sizeof(floats));
	glGetFloatv(pname->pname, floats);
	say_floats("  float", floats, 10);
	untouched(booleans, sizeof(booleans));
	glGetBooleanv(pname->pname, booleans);
	say_bytes("  boolean", booleans, sizeof(booleans));
	say_error(pname->name);
}

#endif

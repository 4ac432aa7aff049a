/* SPDX-License-Identifier: MIT */
/* Program binaries for the cases. What is in one is the driver's: only that it works is said. */
#ifndef XG_TESTS_GL_BINARY_H
#define XG_TESTS_GL_BINARY_H

#include "case.h"

enum { BINARY_MAX = 1 << 16 };

struct binary {
	GLenum format;
	GLsizei length;
	uint8_t octets[BINARY_MAX];
};

/* Fetches a program's, and says how that went. */
void save_binary(GLuint program, struct binary *binary);

/* Gives it to a program, and says what that then is. */
void load_binary(GLuint program, const struct binary *binary);
void say_program(GLuint program);

#endif

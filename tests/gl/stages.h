/* SPDX-License-Identifier: MIT */
/* GLES 3.2 for the cases: programs of any stages. */
#ifndef XG_TESTS_GL_STAGES_H
#define XG_TESTS_GL_STAGES_H

#include <GLES3/gl32.h>

#include "case.h"

#define XG_CASE_ES32(case_name) XG_CASE_OF(case_name, 32)

#define ES32 "#version 320 es\nprecision highp float; precision highp int;\n"

/* A vertex shader's whole text: a quad's corner by its number, as a triangle strip; "t" is 0 to 1.
 */
extern const char quad_vertex[];

struct stage {
	GLenum type;
	const char *source;
};

/* Compiles and links, and says what failed. 0 if the program does not link. */
GLuint link_stages(const struct stage *stages, size_t count);
#define LINK(...)                                                                                  \
	link_stages((const struct stage[]){__VA_ARGS__},                                           \
		sizeof((const struct stage[]){__VA_ARGS__}) / sizeof(struct stage))

/* A program of quad_vertex and a fragment shader of that body, which sets "color". In use. */
GLuint use_quad(const char *declarations, const char *body);

/* All of an integer query's values that are asked for. */
void say_integer(const char *name, GLenum pname, int count);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * A vendor library of libglvnd's that stands before Mesa's: it finds that one, hands out its own
 * functions where it has some, and Mesa's elsewhere.
 */
#ifndef XG_TESTS_EGL_LAYER_BASE_H
#define XG_TESTS_EGL_LAYER_BASE_H

#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <glvnd/libeglabi.h>

typedef __eglMustCastToProperFunctionPointerType layer_any;

struct layer_function {
	const char *name;
	layer_any function;
};

/* Mesa's function of that name, or NULL. */
extern void *(*layer_below)(const char *name);
#define BELOW(name) ((__typeof__(&(name)))layer_below(#name))

/* Each layer's: its functions, to a NULL name; and what it does once Mesa's are there. */
extern const struct layer_function layer_functions[];
void layer_begin(__EGLapiImports *imports);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * What a cycle is made of beyond the objects of GL ES 3.0 and EGL, which are in cycles.c. Each of
 * these makes objects in the current context, of GL ES 3.2, draws with them, and deletes them, most
 * while they are bound; afterwards nothing of them is left, nor is there an error, and the program
 * that was in use is again. If is_held, some are deleted while what is not bound has them: the host
 * lets go of those later, when there are many or at the end of the last context that shares them.
 */
#ifndef XG_TESTS_MEMORY_CYCLES_H
#define XG_TESTS_MEMORY_CYCLES_H

#include <stdbool.h>

#include <EGL/egl.h>
#include <GLES3/gl32.h>
#include <GLES2/gl2ext.h>

/* Ends the program, saying what, unless it is right. */
void expect(bool is_right, const char *what);

/* Pipelines, programs of one stage, binaries, and programs of every stage. */
void cycle_stages(void);
/* A pipeline and its programs, left for the context's end to delete. */
void leave_stages(void);

/* Buffers and textures that shaders store to, views, copies, and textures of every other kind. */
void cycle_stores(bool is_held);
/* Some of them, bound. */
void leave_stores(void);

/* Vertex bindings, labels and messages, queries, and what is refused. */
void cycle_rest(bool is_held);

#endif

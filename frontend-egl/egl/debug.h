/* SPDX-License-Identifier: MIT */
/* EGL_KHR_debug: labels of objects, and a callback that hears of each failure. */
#ifndef XG_EGL_DEBUG_H
#define XG_EGL_DEBUG_H

#include <stdbool.h>

#include <EGL/egl.h>

struct xg_thread;

/* Whether there is a callback. Any thread. */
bool xg_debug_is_heard(void);

/* In the child of a fork: the lock is anew. */
void xg_debug_forked(void);

/* Tells the application's callback, if it wants to hear of errors. The EGL lock is free. */
void xg_debug_report(struct xg_thread *thread, EGLint error, const char *text);

#endif

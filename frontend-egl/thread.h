/* SPDX-License-Identifier: MIT */
/*
 * What EGL and GL keep for each thread: the last EGL error, the bound API, the thread's stream and
 * its current context.
 *
 * Every GL entry point asks for the current stream, so that answer is one load from static thread
 * storage (initial-exec); everything else is behind a pointer, which keeps the static part to a few
 * words. The rest is made at the thread's first EGL call and goes with the thread.
 */
#ifndef XG_THREAD_H
#define XG_THREAD_H

#include <stdbool.h>
#include <stdint.h>

#include <EGL/egl.h>
#include <EGL/eglext.h>

struct xg_connection;
struct xg_context;
struct xg_stream;

struct xg_thread {
	struct xg_stream *stream;	  /* NULL until something needed the host; see below */
	struct xg_connection *connection; /* that the stream belongs to */
	struct xg_context *context;	  /* current, referenced; NULL without one */
	EGLint error;			  /* what eglGetError answers next */
	uint32_t swaps;			  /* sequence of the last swap on this stream */
	unsigned forks;			  /* of the process, when the thread was last seen */
	EGLLabelKHR label;		  /* EGL_KHR_debug */
	const char *call;		  /* the EGL entry point that runs, for EGL_KHR_debug */
	EGLLabelKHR object_label;	  /* and the label of what it is about */
};

/* The static part: what the GL entry points need. stream is NULL without a current context. */
struct xg_current {
	struct xg_stream *stream;
	struct xg_context *context;
	struct xg_thread *thread;
};

extern __thread struct xg_current xg_current_state __attribute__((tls_model("initial-exec")));

/* The stream of the current context, NULL without one. The pointer is the thread's own. */
static inline struct xg_stream *xg_current_stream(void)
{
	return xg_current_state.stream;
}

/* The current context, NULL without one. Valid until the thread's next eglMakeCurrent. */
static inline struct xg_context *xg_current_context(void)
{
	return xg_current_state.context;
}

/* This thread's state, made when there is none yet; NULL without memory. */
struct xg_thread *xg_thread_get(void);

/*
 * The calling thread's stream, created on first use; a stream that was lost is replaced once no
 * context is current. NULL when the host cannot be reached. May block on the connection to the
 * guest daemon. A thread's stream is closed when the thread ends.
 */
struct xg_stream *xg_thread_stream(void);

/*
 * Makes context (with its reference, which the thread takes over) current on the calling thread, or
 * none with NULL. Only bookkeeping: the caller has told the host.
 */
void xg_thread_set_context(struct xg_context *context);

/*
 * Frees the calling thread's state as at the thread's end: releases the current context and closes
 * the stream. For eglReleaseThread.
 */
void xg_thread_release(void);

#endif

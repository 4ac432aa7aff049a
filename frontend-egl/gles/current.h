/* SPDX-License-Identifier: MIT */
/*
 * What every hand-written GL entry point begins with: the calling thread's stream and the state of
 * its current context. Without a context a GL call does nothing.
 */
#ifndef XG_GLES_CURRENT_H
#define XG_GLES_CURRENT_H

#include "egl/context.h"
#include "gles/state.h"
#include "thread.h"

struct xg_stream;

struct xg_gl {
	struct xg_stream *stream; /* NULL without a current context */
	struct xg_gles *state;
};

static inline struct xg_gl xg_gl_current(void)
{
	struct xg_stream *stream = xg_current_stream();

	return (struct xg_gl){
		.stream = stream,
		.state = stream ? &xg_current_context()->gl : NULL,
	};
}

/* Records a GL error in the host, in the order of the calls, unless one is pending there. */
void xg_gl_error(struct xg_gl gl, uint32_t error);

/*
 * A constant of the host, as glGetIntegerv gives it; asked for once in a context's life, and a
 * round trip only then. 0 when the stream is lost.
 */
int32_t xg_gl_limit(struct xg_gl gl, uint32_t pname);

/* At least size bytes that stay valid until the next call of this; NULL without memory. */
void *xg_gl_scratch(struct xg_gl gl, size_t size);

/* The version of the host's context, major * 10 + minor. */
int xg_gl_version(struct xg_gl gl);

/* The version that the application is told: the host's, or the newest that is carried. */
int xg_gl_told_version(struct xg_gl gl);

#endif

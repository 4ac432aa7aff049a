/* SPDX-License-Identifier: MIT */
/*
 * A guest's rendering context: the driver's context, the names of its objects, and the little
 * state that the host must know itself: which vertex arrays have a buffer behind them, and the
 * error that it owes the guest.
 *
 * What is not EGL's is touched only by the replay thread on which the context is current; EGL sees
 * to it that there is at most one.
 */
#ifndef XG_HOST_CONTEXT_H
#define XG_HOST_CONTEXT_H

#include <EGL/egl.h>

#include "object.h"
#include "streaming.h"
#include "unpack.h"
#include "vertex.h"

struct xg_debug_messages;
struct xg_names;
struct xg_quota;
struct xg_replay;

/* No image of the driver's is larger. */
struct xg_image_limits {
	int32_t side;	     /* of any image */
	int32_t volume_side; /* of one of three dimensions */
	int32_t layers;
};

struct xg_host_context {
	struct xg_host_object object;
	EGLContext egl;
	struct xg_quota *quota;
	struct xg_names *names;
	struct xg_vertex vertex;
	struct xg_streaming vertices; /* client arrays */
	struct xg_streaming elements; /* client indices */
	struct xg_unpack unpack;      /* of the next image command */
	struct xg_parts parts;	      /* of the next image commands */
	uint32_t condition; /* query that drawing depends on, the driver's name; 0: none */
	struct xg_debug_messages *messages; /* for the guest's callback; NULL: it set none */
	uint32_t error;			    /* GL's, owed to the guest before the driver's own */
	uint32_t reset_strategy; /* GL_RESET_NOTIFICATION_STRATEGY as the guest asked for it */
	struct xg_image_limits limits;
	bool joins_draws;    /* of indices that differ in nothing but which: xg_replay_draws */
	bool is_robust;	     /* robust access as the guest asked for it */
	bool wants_no_error; /* the guest asked for none to be looked for */
	bool is_ready;	     /* has been current once */
};

/* Makes no context current on this thread and drops what was. The end of a stream. */
void xg_replay_release_current(struct xg_replay *r);

/* Waits for nothing. The client's context of that id with a new reference, or NULL. */
struct xg_host_context *xg_host_context_find(struct xg_replay *r, uint32_t untrusted_id);

#endif

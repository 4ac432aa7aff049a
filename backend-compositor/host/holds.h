/* SPDX-License-Identifier: MIT */
/*
 * What a context holds of its share group's textures, renderbuffers, samplers and buffers: it has
 * them bound, or a framebuffer, vertex array or transform feedback of its own has. A guest may
 * delete them meanwhile; the driver keeps their memory until they are let go, and so they are
 * counted until then.
 *
 * What the driver may refuse to bind or attach is read back from it, so that nothing that it has
 * is missing here. Whoever looks or changes has the group's turn (share.h), except that a vertex
 * array's attributes (vertex.h) are the replay thread's own: the buffer that goes into one is
 * bound, and so seen, from before until after.
 */
#ifndef XG_HOST_HOLDS_H
#define XG_HOST_HOLDS_H

#include <stdbool.h>
#include <stdint.h>

#include "xg_tables.h"

enum {
	XG_HOLDS_UNITS = 256,
	XG_HOLDS_TARGETS = 9,
	XG_HOLDS_BUFFERS = 11, /* targets beside those of vertex.h */
	XG_HOLDS_ATTACHMENTS = 18,
	XG_HOLDS_POINTED = 3,	/* targets with indexed points of the context's */
	XG_HOLDS_POINTS = 128,	/* of each of them */
	XG_HOLDS_FEEDBACKS = 4, /* and of a transform feedback's */
	XG_HOLDS_IMAGES = 256,	/* image units */
};

/* What another context, or an earlier command, may have changed below what a context holds. It is
 * settled before the next draw or dispatch. */
enum xg_doubt {
	XG_DOUBT_POINTS = 1,   /* one may begin outside of its buffer: xg_holds_settle */
	XG_DOUBT_PROGRAMS = 2, /* one was linked again: xg_replay_renew_programs */
};

struct xg_replay;
struct xg_vertex;

/* Names are the driver's; 0: nothing. */
struct xg_held_framebuffer {
	struct xg_held_framebuffer *next;
	uint32_t name;
	struct {
		enum xg_class class;
		uint32_t name;
	} attachments[XG_HOLDS_ATTACHMENTS];
};

struct xg_held_feedback {
	struct xg_held_feedback *next;
	uint32_t name; /* 0: the default one */
	uint32_t buffers[XG_HOLDS_FEEDBACKS];
};

/* All zero is valid: nothing is held. */
struct xg_holds {
	struct xg_holds *next; /* the share group's list */
	uint32_t unit;	       /* the active one */
	uint32_t units;	       /* those above were never bound to */
	uint32_t textures[XG_HOLDS_UNITS][XG_HOLDS_TARGETS];
	uint32_t renderbuffer;
	uint32_t buffers[XG_HOLDS_BUFFERS];
	uint32_t points[XG_HOLDS_POINTED][XG_HOLDS_POINTS];
	int64_t starts[XG_HOLDS_POINTED][XG_HOLDS_POINTS]; /* of the parts of these buffers */
	uint32_t images[XG_HOLDS_IMAGES];		   /* textures */
	uint32_t doubts;				   /* of enum xg_doubt */
	uint32_t samplers[XG_HOLDS_UNITS];
	uint32_t feedback; /* the bound one */
	struct xg_held_feedback *feedbacks;
	struct xg_held_framebuffer *framebuffers;
	struct xg_vertex *vertex; /* NULL: none */
};

void xg_holds_finish(struct xg_holds *holds);

/* Whether any context of a group's list holds the object. */
bool xg_holds_any(const struct xg_holds *list, enum xg_class class, uint32_t name);

/* The driver has deleted an object in the holds' context, which then lets go of it in all that is
 * bound there. On the replay thread, with that context current. */
void xg_holds_forget(
	struct xg_holds *holds, struct xg_replay *r, enum xg_class class, uint32_t name);

/* The driver was told to bind a buffer to a target that vertex.h does not follow. */
void xg_holds_bind_buffer(struct xg_holds *holds, uint32_t target, uint32_t name);

/* Whether an indexed point of that target can be followed. */
bool xg_holds_is_point(uint32_t target, uint32_t index);

/* The driver has bound a buffer, from untrusted_start on, to an indexed point, and so to its
 * target. On the replay thread. */
void xg_holds_bind_point(
	struct xg_replay *r, uint32_t target, uint32_t index, int64_t untrusted_start);

/*
 * Before a draw or a dispatch, where the points are doubtful: lets go, in the driver too, of points
 * that begin outside of their buffers. A buffer may become smaller, in any context, after it was
 * bound; Mesa 22.3 then takes the difference of the two, below zero, for the part's size. It also
 * binds a part that begins before its buffer or where 32 bits do not reach, and says 0 of the one
 * and garbage of the other when it is asked where they begin.
 */
void xg_holds_settle(struct xg_replay *r);

/* What the bound transform feedback has. */
struct xg_held_feedback *xg_holds_feedback(struct xg_holds *holds);

/* The GL_*_BINDING of a buffer's target, 0 for no such target. */
uint32_t xg_buffer_binding(uint32_t target);

#endif

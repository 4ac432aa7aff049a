/* SPDX-License-Identifier: MIT */
/*
 * One replay: the thread that plays one guest stream into the host's driver.
 *
 * Records come from the stream one at a time, go through the validator, and then through the
 * table of thunks (generated, or written here where calls.toml says host = "custom"). A thunk
 * never fails: what GL or EGL refuses is an error for the guest to query; what breaks a rule of
 * the wire ends the stream through xg_replay_fault.
 *
 * A struct xg_replay belongs to its thread. Nothing else touches it while the thread runs.
 */
#ifndef XG_HOST_REPLAY_H
#define XG_HOST_REPLAY_H

#include <stdbool.h>
#include <stdint.h>

struct xg_client;
struct xg_gl_table;
struct xg_holds;
struct xg_host_context;
struct xg_host_stream;
struct xg_host_surface;
struct xg_names;
struct xg_replay_scratch;
struct xg_turn;

struct xg_replay {
	const struct xg_gl_table *gl;	 /* the driver */
	struct xg_names *names;		 /* the current context's; NULL without one */
	struct xg_turn *turn;		 /* and its turn in its share group */
	struct xg_holds *holds;		 /* and what it holds */
	struct xg_host_context *context; /* current here, a reference; NULL without one */
	struct xg_host_surface *draw, *read;
	struct xg_client *client;
	struct xg_host_stream *stream;
	uint64_t result;		   /* of the call being replayed */
	struct xg_replay_scratch *scratch; /* replay.c's own */
	bool is_traced;			   /* each command is logged */
	bool is_unbound;		   /* GL goes nowhere until the guest binds a context */
	const char *fault; /* the rule that the guest broke; NULL while it is well */
};

/*
 * Replays a stream to its end, on the calling thread. Returns the rule that the guest broke, or
 * NULL if the stream was closed or killed. What was current is released.
 */
const char *xg_replay_run(struct xg_client *client, struct xg_host_stream *stream);

/* The driver's functions. */
static inline const struct xg_gl_table *xg_replay_gl(const struct xg_replay *r)
{
	return r->gl;
}

/* The current context's names. Thunks of GL commands run only with a current context, so that
 * this is never NULL there. */
static inline struct xg_names *xg_replay_names(const struct xg_replay *r)
{
	return r->names;
}

/* Where a thunk leaves the command's return value, widened to 64 bits. It is 0 before. */
static inline uint64_t *xg_replay_result(struct xg_replay *r)
{
	return &r->result;
}

/*
 * Records a GL error for the guest unless one is pending already, as if the driver had raised it.
 * For what the driver is never asked: quotas, client memory, functions that it does not have.
 */
void xg_replay_error(struct xg_replay *r, uint32_t gl_error);

/*
 * Before a draw or a dispatch, where programs are doubtful (holds.h): puts those that are in use
 * into use anew, so that the driver keeps nothing of how they were linked before. One that is not
 * linked any more is in use no longer.
 */
void xg_replay_renew_programs(struct xg_replay *r);

/*
 * Replays the glDrawElements at the front of `left` octets of records in private memory, which was
 * validated, and those behind it that may be made in the same call of the driver. How many octets
 * they were. With a context that joins draws.
 */
uint32_t xg_replay_draws(struct xg_replay *r, const void *records, uint32_t left);

/*
 * The guest broke a rule of the wire. The stream ends after the current record, with one log line
 * that names the rule. The string is not copied.
 */
void xg_replay_fault(struct xg_replay *r, const char *rule);

#endif

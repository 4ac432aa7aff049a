/* SPDX-License-Identifier: MIT */
/* Replays each command. Generated from the registry: see protocol/README.md. */
#ifndef XG_THUNKS_H
#define XG_THUNKS_H

#include <stdbool.h>
#include <stddef.h>

#include "xg_cmd.h"
#include "xg_gl_table.h"
#include "xg_opcodes.h"

struct xg_replay;

/*
 * A pointer argument: inputs are the checked octets, outputs where to write. data is NULL where
 * the guest gave NULL, which only nullable arguments can be, and where there are no octets. Where
 * the arguments do not say a size (an unknown format), is_known is false and data NULL: the driver
 * raises its own error.
 */
struct xg_payload {
	void *data;
	size_t size;
	bool is_known;
};

#define XG_PAYLOAD_SCRATCH 4096

/* Replays one validated command. command is private memory; payloads has the descriptor's number
 * of elements. NULL for opcodes that never reach a thunk. */
typedef void xg_thunk(
	struct xg_replay *r, const void *command, const struct xg_payload *payloads);
extern xg_thunk *const xg_thunks[XG_OPCODE_LAST + 1];

/*
 * Asks the driver for an error. True if there was one; the first is kept for the guest's
 * glGetError. The replay thread with a current context.
 */
bool xg_replay_collect_error(struct xg_replay *r);

/*
 * Written by hand: commands that are more than one call of the driver. Where the command has
 * outputs and no result of its own, the thunk asks for errors before and after, and sets the
 * result.
 */
void xg_replay_glBufferData(struct xg_replay *r, const struct xg_cmd_glBufferData *c,
	const struct xg_payload *p);
void xg_replay_glDrawElements(struct xg_replay *r, const struct xg_cmd_glDrawElements *c,
	const struct xg_payload *p);
void xg_replay_xgQuerySurface(struct xg_replay *r, const struct xg_cmd_xgQuerySurface *c,
	const struct xg_payload *p);
void xg_replay_xgError(struct xg_replay *r, const struct xg_cmd_xgError *c,
	const struct xg_payload *p);

#endif

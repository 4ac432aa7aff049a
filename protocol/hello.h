/* SPDX-License-Identifier: MIT */
/*
 * Whether two ends can work together. They can if the major version is the same and they agree on
 * the opcodes that both know: the ledger only grows, so the shorter one must be the beginning of
 * the longer one, which only the end with the longer one can tell; it then sends the other
 * XG_CONTROL_REFUSED. A guest that knows more than its host offers no extension whose commands
 * the host lacks: an opcode that it does not know ends the stream.
 */
#ifndef XG_PROTOCOL_HELLO_H
#define XG_PROTOCOL_HELLO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "xenglass/control.h"

/* This end's hello. features: XG_FEATURE_ bits; limits NULL (a guest's hello): zeros. */
void xg_hello_init(
	struct xg_control_hello *hello, uint32_t features, const struct xg_limits *limits);

/*
 * True if this end, which is called mine ("the host", "the guest"), and theirs can work together;
 * else why, a buffer of size bytes, is one sentence that names both versions.
 */
bool xg_hello_agree(const struct xg_control_hello *untrusted_hello, const char *mine,
	const char *theirs, char *why, size_t size);

/* True if the limits that a host states are ones that the guest's side can work with. */
bool xg_limits_are_sane(const struct xg_limits *untrusted_limits);

#endif

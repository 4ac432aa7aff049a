/* SPDX-License-Identifier: MIT */
/*
 * What xgDebugMessages answers: the driver's debug messages (GLES 3.2, chapter 20), oldest first,
 * as many as there is room for. Each is this header and its text, without a NUL, padded with zeros
 * to a multiple of 4 octets. Little-endian.
 */
#ifndef XENGLASS_DEBUG_H
#define XENGLASS_DEBUG_H

#include <stdint.h>

/* A longer text is cut off. Whoever asks has room for one message at least. */
#define XG_DEBUG_TEXT_MAX 4096u

struct xg_debug_message {
	uint32_t source, type, id, severity;
	uint32_t length; /* of the text */
};

_Static_assert(sizeof(struct xg_debug_message) == 20, "the header's layout is ABI");

#endif

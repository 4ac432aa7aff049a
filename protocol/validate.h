/* SPDX-License-Identifier: MIT */
/*
 * The check that every record passes before the host acts on it: one interpreter over the
 * generated descriptors. It looks at a private copy of the record, and never at shared memory.
 *
 * What has passed: the opcode exists; the record is as long as its arguments and payloads say, and
 * its padding is zero; it waits for a reply exactly if the command has one; each input is as long
 * as the other arguments want it, each output at least that; NULL stands only where it may; what
 * lies in the bulk region lies within it.
 *
 * What has not been checked: values of arguments, names of objects, and the content of payloads.
 */
#ifndef XG_VALIDATE_H
#define XG_VALIDATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "xenglass/wire.h"
#include "xg_tables.h"

struct xg_validated_payload {
	struct xg_data data;	/* as the record has it; place NULL, INLINE, STAGED or in bulk */
	uint32_t inline_offset; /* of an INLINE input: from the record's start */
	bool is_known;		/* false: the arguments do not say a size, and data is empty */
};

struct xg_validated {
	const struct xg_call_info *call;
	uint16_t opcode;
	struct xg_validated_payload payloads[XG_PAYLOAD_MAX]; /* call->payload_count of them */
};

/*
 * Checks a record of size octets, which stands 8-byte aligned in private memory. bulk_size is that
 * of the stream's bulk region, 0 without one. False: *rule names what is broken (a constant
 * string), and out is not to be used. Any thread; does not block.
 *
 * An INLINE payload of rule XG_RULE_STRING has one NUL, at its end. One that lies elsewhere may
 * change under the reader: who uses it copies it first and ends the copy with a NUL.
 */
bool xg_validate(const void *record, size_t size, uint32_t bulk_size, struct xg_validated *out,
	const char **rule);

/*
 * The same for a record of at least 8 octets, which its head says the size of: the command, if it
 * has no payloads and the record passes. NULL says nothing: then call xg_validate.
 */
static inline const struct xg_call_info *xg_validate_plain(const void *record)
{
	const struct xg_record *head = record;
	uint64_t octets;

	if (head->opcode > XG_OPCODE_LAST)
		return NULL;
	memcpy(&octets, head, sizeof(octets));

	const struct xg_call_info *call = &xg_calls[head->opcode];

	if (octets != call->head)
		return NULL;
	for (uint64_t words = call->padding; words; words &= words - 1) {
		if (((const uint32_t *)record)[__builtin_ctzll(words)] != 0)
			return NULL;
	}
	return call;
}

#endif

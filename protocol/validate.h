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

/* The octets of the one input that a record may have on the short way. */
struct xg_validated_input {
	const void *data;
	uint32_t size;
};

/* See xg_validate_short: whether a record of that size is the command and the input that it says.
 */
static inline bool xg_validate_input(const struct xg_call_info *call, const uint8_t *record,
	uint32_t size, struct xg_validated_input *input)
{
	const struct xg_payload_info *info = call->payloads;
	struct xg_data data;
	int32_t count;

	if (size < call->size)
		return false;
	memcpy(&data, record + info->offset, sizeof(data));
	memcpy(&count, record + info->count_offset, sizeof(count));
	if (data.place != XG_PLACE_INLINE || count < 0 ||
		(uint64_t)(uint32_t)count * info->factor != data.size ||
		data.size > size - call->size || xg_wire_pad(data.size) != size - call->size)
		return false;
	for (uint32_t at = call->size + data.size; at < size; at++) {
		if (record[at] != 0)
			return false;
	}
	*input = (struct xg_validated_input){record + call->size, data.size};
	return true;
}

/*
 * The same for the first of some records, of which `left` octets, at least 8, stand 8-byte aligned
 * in private memory: its size, if it is all there and passes, and is a GL command that nobody waits
 * for, with no payload or one small input. 0 says nothing: then call xg_validate.
 */
static inline uint32_t xg_validate_short(
	const void *records, uint32_t left, struct xg_validated_input *input)
{
	uint64_t octets;

	memcpy(&octets, records, sizeof(octets));

	const uint32_t size = (uint32_t)(octets >> 32);

	if ((uint16_t)octets > XG_OPCODE_LAST || size > left)
		return 0;

	const struct xg_call_info *call = &xg_calls[(uint16_t)octets];

	if (octets != call->head && !(call->has_input && (uint32_t)octets >> 16 == 0 &&
					    xg_validate_input(call, records, size, input)))
		return 0;
	for (uint64_t words = call->padding; words; words &= words - 1) {
		if (((const uint32_t *)records)[__builtin_ctzll(words)] != 0)
			return 0;
	}
	return size;
}

#endif

/* SPDX-License-Identifier: MIT */
/*
 * The records of a GL stream, as both sides see them in shared memory. Little-endian, fixed
 * widths, 8-byte aligned; the same from a 32-bit or a 64-bit guest.
 *
 *   0        2        4                 8
 *   +--------+--------+-----------------+---------------------+------------------+
 *   | opcode | flags  | size (bytes)    | fixed arguments     | inline payloads  |
 *   +--------+--------+-----------------+---------------------+------------------+
 *
 * size counts the whole record, header and padding included; it is a multiple of 8, at least 8
 * and at most XG_RECORD_SIZE_MAX. A record is contiguous in the ring; what is left at the ring's
 * end is filled with one record of opcode XG_OPCODE_PAD, whose content is not looked at.
 *
 * Opcodes 1 to XG_OPCODE_TRANSPORT - 1 come from the ledger (protocol/opcodes.txt). Those from
 * XG_OPCODE_TRANSPORT on are the transport's own, never in the ledger: both ends of a stream
 * handle them before anyone else sees them.
 */
#ifndef XENGLASS_WIRE_H
#define XENGLASS_WIRE_H

#include <stdint.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "both sides lay numbers out as they are");

#define XG_RECORD_SIZE_MAX  65536u
#define XG_RECORD_ALIGNMENT 8u

/* A payload larger than this never travels inline, nor more than the total in one record. */
#define XG_INLINE_MAX	    16384u
#define XG_INLINE_TOTAL_MAX 61440u

/* The sender waits for a reply. Carried by every command with a result or outputs, by no other. */
#define XG_RECORD_REPLY 1u

#define XG_OPCODE_PAD	    0u
#define XG_OPCODE_TRANSPORT 0xfff0u
#define XG_OPCODE_ORDER	    0xfff0u
#define XG_OPCODE_STAGE	    0xfff1u
#define XG_OPCODE_FETCH	    0xfff2u

struct xg_record {
	uint16_t opcode;
	uint16_t flags;
	uint32_t size;
};
_Static_assert(sizeof(struct xg_record) == 8, "on the wire");

/*
 * Where a pointer argument's bytes are. For an input, size is the exact number of bytes; for an
 * output, the capacity that the guest offers.
 *
 *   NULL    no bytes; size is 0
 *   INLINE  input: after the fixed arguments, in parameter order, each padded with zeros to 8;
 *           output: in the reply area after struct xg_reply, in parameter order, each taking its
 *           capacity rounded up to 8
 *   STAGED  input: the next bytes of what earlier XG_OPCODE_STAGE records of this stream carried;
 *           output: the host keeps them until XG_OPCODE_FETCH records have collected them
 *   >= BULK at byte place * XG_PLACE_UNIT of the stream's bulk region
 */
#define XG_PLACE_NULL	0u
#define XG_PLACE_INLINE 1u
#define XG_PLACE_STAGED 2u
#define XG_PLACE_BULK	64u
#define XG_PLACE_UNIT	64u

struct xg_data {
	uint32_t size;
	uint32_t place;
};
_Static_assert(sizeof(struct xg_data) == 8, "on the wire");

/*
 * At the start of the reply area. sequence counts the stream's REPLY records from 1; size counts
 * this header and the INLINE outputs. result is the command's return value, widened.
 */
struct xg_reply {
	uint32_t sequence;
	uint32_t size;
	uint64_t result;
};
_Static_assert(sizeof(struct xg_reply) == 16, "on the wire");

/*
 * XG_OPCODE_ORDER: what follows in this stream is replayed after each named stream of the same
 * client has been replayed up to position: the count of all bytes, padding included, that were
 * ever put into that stream's ring. The number of entries follows from the record's size.
 */
struct xg_order_entry {
	uint32_t stream;
	uint32_t zero;
	uint64_t position;
};
_Static_assert(sizeof(struct xg_order_entry) == 16, "on the wire");

#define XG_ORDER_ENTRIES_MAX 256u

struct xg_order_record {
	struct xg_record record;
	struct xg_order_entry entries[];
};
_Static_assert(sizeof(struct xg_order_record) == 8, "on the wire");

/* XG_OPCODE_STAGE: data (INLINE or in bulk) is appended to the stream's staged input. */
struct xg_stage_record {
	struct xg_record record;
	struct xg_data data;
};
_Static_assert(sizeof(struct xg_stage_record) == 16, "on the wire");

/*
 * XG_OPCODE_FETCH, with XG_RECORD_REPLY: data.size bytes (INLINE or in bulk) from byte offset of
 * the staged outputs of the last command that had any. The result is 1, or 0 if they are not
 * there.
 */
struct xg_fetch_record {
	struct xg_record record;
	uint64_t offset;
	struct xg_data data;
};
_Static_assert(sizeof(struct xg_fetch_record) == 24, "on the wire");

/* Rounds a payload's size up to what it takes inline. Not for sizes near UINT32_MAX. */
static inline uint32_t xg_wire_pad(uint32_t size)
{
	return (size + (XG_RECORD_ALIGNMENT - 1)) & ~(XG_RECORD_ALIGNMENT - 1);
}

#endif

/* SPDX-License-Identifier: MIT */
/* What is known about each command. Generated from the registry: see protocol/README.md. */
#ifndef XG_TABLES_H
#define XG_TABLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "xg_opcodes.h"

/* Classes of GL objects, as the registry names them. */
enum xg_class {
	XG_CLASS_PROGRAM = 0,
	XG_CLASS_SHADER = 1,
	XG_CLASS_TEXTURE = 2,
	XG_CLASS_COUNT = 3,
};

enum xg_rule {
	XG_RULE_FIXED = 1,    /* factor octets */
	XG_RULE_COUNTED = 2,  /* the argument at count_offset × factor; a negative one counts 0 */
	XG_RULE_SIZED = 3,    /* what size() says × factor */
	XG_RULE_STRING = 4,   /* ends with a NUL */
	XG_RULE_TEXT = 5,     /* the argument at count_offset, which is not negative */
	XG_RULE_ARGUMENT = 6, /* anything: hand-written code at both ends knows */
};

#define XG_PAYLOAD_OUTPUT   0x1u
#define XG_PAYLOAD_NULLABLE 0x2u

struct xg_payload_info {
	const char *name;
	uint16_t offset; /* of its struct xg_data in the command's struct */
	uint8_t rule;    /* enum xg_rule */
	uint8_t flags;   /* XG_PAYLOAD_* */
	uint16_t count_offset;
	uint8_t count_size; /* 4 or 8 octets; signed */
	uint32_t factor;
	/* False if the arguments say nothing that is known: the size is 0 then. */
	bool (*size)(const void *command, size_t *size);
};

#define XG_CALL_REPLY	0x1u /* synchronous */
#define XG_CALL_GL	0x2u /* wants a current context */
#define XG_CALL_SUCCESS 0x4u /* the result says whether the outputs are filled */

struct xg_call_info {
	const char *name; /* NULL: no such opcode */
	uint16_t size;	  /* of the command's struct */
	uint8_t flags;	  /* XG_CALL_* */
	uint8_t payload_count;
	uint64_t padding; /* bit n: the struct's n-th 32-bit word is zero */
	const struct xg_payload_info *payloads;
};

#define XG_PAYLOAD_MAX 2 /* payloads of one command, at most */

extern const struct xg_call_info xg_calls[XG_OPCODE_LAST + 1];

/* What two ends have in common: the hash of the ledger's first n lines and the wire form of
 * their commands is xg_ledger_hash[n]. */
extern const uint64_t xg_ledger_hash[XG_OPCODE_LAST + 1];

/* True if contexts of a share group have these objects in common. */
extern const bool xg_class_is_shared[XG_CLASS_COUNT];

#endif

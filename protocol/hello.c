/* SPDX-License-Identifier: MIT */
/* See hello.h. */
#include "hello.h"

#include <stdio.h>

#include "xg_opcodes.h"
#include "xg_tables.h"

void xg_hello_init(
	struct xg_control_hello *hello, uint32_t features, const struct xg_limits *limits)
{
	*hello = (struct xg_control_hello){
		.major = XG_PROTOCOL_MAJOR,
		.minor = XG_PROTOCOL_MINOR,
		.ledger_length = XG_OPCODE_LAST,
		.features = features,
		.ledger_hash = xg_ledger_hash[XG_OPCODE_LAST],
	};
	if (limits)
		hello->limits = *limits;
}

bool xg_hello_agree(const struct xg_control_hello *untrusted_hello, const char *mine,
	const char *theirs, char *why, size_t size)
{
	const uint32_t length = untrusted_hello->ledger_length;
	const char *what;

	if (untrusted_hello->major != XG_PROTOCOL_MAJOR)
		what = "install versions that belong together";
	else if (length <= XG_OPCODE_LAST && xg_ledger_hash[length] != untrusted_hello->ledger_hash)
		what = "their commands differ: install builds of the same source";
	else
		return true;
	snprintf(why, size, "%s speaks protocol %u.%u with %u commands, %s %u.%u with %u: %s", mine,
		XG_PROTOCOL_MAJOR, XG_PROTOCOL_MINOR, (unsigned)XG_OPCODE_LAST, theirs,
		untrusted_hello->major, untrusted_hello->minor, length, what);
	return false;
}

bool xg_limits_are_sane(const struct xg_limits *untrusted_limits)
{
	const uint32_t ring = untrusted_limits->ring_size;
	const uint32_t reply = untrusted_limits->reply_size;
	const uint32_t bulk = untrusted_limits->bulk_size;

	return ring >= XG_RING_SIZE_MIN && ring <= XG_RING_SIZE_MAX && (ring & (ring - 1)) == 0 &&
	       reply >= XG_REPLY_SIZE_MIN && reply <= XG_REPLY_SIZE_MAX && reply % 4096 == 0 &&
	       bulk >= XG_BULK_SIZE_MIN && bulk <= XG_BULK_SIZE_MAX && bulk % 4096 == 0;
}

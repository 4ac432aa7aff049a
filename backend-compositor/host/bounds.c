/* SPDX-License-Identifier: MIT */
/* See bounds.h. */
#include "bounds.h"

#include <string.h>

#include "xg_tables.h"

/* Two of them make no more than an int has, and no framebuffer is so large. */
#define POSITION_MAX (1 << 29)
/* Far from where 64 bits end, be they signed or not, and of all that is aligned to less. */
#define RANGE_MAX (INT64_C(1) << 56)

/* Whether it is aligned is seen in the lowest bits. */
static int64_t bound_range(int64_t number)
{
	const int64_t lowest = number & 0xff;

	return number < 0 ? lowest - RANGE_MAX : number > RANGE_MAX ? lowest + RANGE_MAX : number;
}

static int32_t bound(int32_t number, int32_t most)
{
	return number > most ? most : number < -most ? -most : number;
}

static void bound_each(uint8_t *command, uint64_t words, int32_t most)
{
	for (; words; words &= words - 1) {
		uint8_t *at = command + 4 * __builtin_ctzll(words);
		int32_t number;

		memcpy(&number, at, sizeof(number));
		number = bound(number, most);
		memcpy(at, &number, sizeof(number));
	}
}

void xg_bounds_apply(const struct xg_call_info *call, int32_t extent_max, void *command)
{
	bound_each(command, call->extents, extent_max < INT32_MAX ? extent_max + 1 : extent_max);
	bound_each(command, call->positions, POSITION_MAX);
	for (uint64_t words = call->ranges; words; words &= words - 1) {
		uint8_t *at = (uint8_t *)command + 4 * __builtin_ctzll(words);
		int64_t number;

		memcpy(&number, at, sizeof(number));
		number = bound_range(number);
		memcpy(at, &number, sizeof(number));
	}
}

/* SPDX-License-Identifier: MIT */
/*
 * Arithmetic on sizes that a peer chose. Each function stores the result and returns true, or
 * returns false when it does not fit; the result is then unspecified.
 */
#ifndef XG_BASE_CHECKED_H
#define XG_BASE_CHECKED_H

#include <stdbool.h>
#include <stddef.h>

static inline bool checked_add(size_t a, size_t b, size_t *sum)
{
	return !__builtin_add_overflow(a, b, sum);
}

static inline bool checked_mul(size_t a, size_t b, size_t *product)
{
	return !__builtin_mul_overflow(a, b, product);
}

/* Rounds up to a multiple of alignment, which is a power of two. */
static inline bool checked_align(size_t size, size_t alignment, size_t *aligned)
{
	size_t sum;

	if (!checked_add(size, alignment - 1, &sum))
		return false;
	*aligned = sum & ~(alignment - 1);
	return true;
}

#endif

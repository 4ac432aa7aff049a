/* SPDX-License-Identifier: MIT */
/* See copy.h. */
#include "copy.h"

#include <stdlib.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "spin.h"

enum way {
	WAY_CACHE,
	WAY_MEMORY,
};

/* What is smaller is not worth a look at the clock, and says too little. */
#define LEARN_MIN 16384u

/* So often a copy goes the other way, to see how that is now. */
#define COPIES_A_TRY 64u

/*
 * Memory is the better way for both ends together if writing by the cache takes so much longer:
 * reading is slower from there than from a near cache. Measured: 0.5 to 1.8 where the processors
 * are near, 3 to 4 where they are not.
 */
#define FAR_NUMERATOR	9u
#define FAR_DENOMINATOR 4u

#define LINE 64u

#define PIECE 2048u

void xg_copier_init(struct xg_copier *copier)
{
	*copier = (struct xg_copier){0};
#if defined(__SSE2__)
	copier->is_learning = !secure_getenv("XENGLASS_COPY_PLAINLY");
#endif
}

static bool is_far(const struct xg_copier *copier)
{
	const uint64_t cache = copier->costs[WAY_CACHE], memory = copier->costs[WAY_MEMORY];

	return memory != 0 && cache * FAR_DENOMINATOR > memory * FAR_NUMERATOR;
}

bool xg_copier_is_asked(struct xg_copier *copier, size_t size)
{
	if (!copier->is_learning || size < LEARN_MIN)
		return false;
	return copier->questions++ % COPIES_A_TRY < 2 || is_far(copier);
}

/* As memcpy, of whole lines to the start of one. */
static void copy_past_cache(uint8_t *to, const uint8_t *from, size_t size)
{
#if defined(__SSE2__)
	for (size_t at = 0; at < size; at += LINE) {
		const __m128i *in = (const __m128i *)(from + at);
		__m128i *out = (__m128i *)(to + at);
		const __m128i a = _mm_loadu_si128(in), b = _mm_loadu_si128(in + 1);
		const __m128i c = _mm_loadu_si128(in + 2), d = _mm_loadu_si128(in + 3);

		_mm_stream_si128(out, a);
		_mm_stream_si128(out + 1, b);
		_mm_stream_si128(out + 2, c);
		_mm_stream_si128(out + 3, d);
	}
	/* Such stores are ordered by nothing else, a release store behind them included. */
	_mm_sfence();
#else
	memcpy(to, from, size);
#endif
}

static void copy(enum way way, uint8_t *to, const uint8_t *from, size_t size)
{
	const size_t before = -(uintptr_t)to % LINE, lines = (size - before) / LINE * LINE;

	if (way == WAY_CACHE) {
		memcpy(to, from, size);
		return;
	}
	memcpy(to, from, before);
	copy_past_cache(to + before, from + before, lines);
	memcpy(to + before + lines, from + before + lines, size - before - lines);
}

/* The least counts, until it does not come again: who is interrupted seems slow. */
static void learn(uint32_t *cost, uint64_t ns, size_t size)
{
	const uint64_t found = ns * 1000 / size + 1;

	if (*cost == 0 || found < *cost)
		*cost = found < UINT32_MAX / 2 ? (uint32_t)found : UINT32_MAX / 2;
	else
		*cost += (uint32_t)(found - *cost < *cost ? found - *cost : *cost) / 8;
}

void xg_copy_in(struct xg_copier *copier, void *to, const void *from, size_t size)
{
	if (!copier->is_learning || size < LEARN_MIN) {
		memcpy(to, from, size);
		return;
	}

	const bool is_try = copier->copies++ % COPIES_A_TRY == 1;
	const enum way way = is_far(copier) != is_try ? WAY_MEMORY : WAY_CACHE;
	const uint64_t start_ns = xg_spin_now_ns();

	copy(way, to, from, size);
	learn(&copier->costs[way], xg_spin_now_ns() - start_ns, size);
}

void xg_copy_out(void *to, const void *from, size_t size)
{
	for (size_t at = 0; at < size; at += PIECE) {
		const size_t left = size - at;

		memcpy((uint8_t *)to + at, (const uint8_t *)from + at, left < PIECE ? left : PIECE);
	}
}

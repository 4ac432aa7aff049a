/* SPDX-License-Identifier: MIT */
/*
 * Copies of large payloads to shared memory and from there. What one processor has written and
 * another is to read, or the other way round, lies in a cache: at hand if the two are near to each
 * other, at the far end of the machine's fabric otherwise, from where each line comes slower than
 * from memory. A hypervisor moves them about, by the second. So there are two ways to write, by the
 * cache, and past it to memory (non-temporal stores), and which of them serves is learnt by the
 * time that they take.
 */
#ifndef XG_PROTOCOL_COPY_H
#define XG_PROTOCOL_COPY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* For those who write to one shared memory, on one thread. All zero: by the cache. */
struct xg_copier {
	bool is_learning; /* or else all goes by the cache */
	uint32_t copies;
	uint32_t questions;
	uint32_t costs[2]; /* picoseconds an octet: by the cache, past it; 0: not known */
};

/*
 * With XENGLASS_COPY_PLAINLY in the environment, unless the process has other rights than its user,
 * all goes by the cache; so it does on processors for which there is no other way here.
 */
void xg_copier_init(struct xg_copier *copier);

/* memcpy to shared memory. What is published afterwards by a release store is published behind it.
 */
void xg_copy_in(struct xg_copier *copier, void *to, const void *from, size_t size);

/*
 * True if what somebody else would write to the shared memory had better be written elsewhere, and
 * copied in: copies go past the cache now; or one is to show whether they should.
 */
bool xg_copier_is_asked(struct xg_copier *copier, size_t size);

/*
 * memcpy from shared memory. In small pieces, each of which the C library copies by a loop: what it
 * has the processor copy as a whole (rep movsb) comes three times slower on some, if it lies in
 * another core's cache.
 */
void xg_copy_out(void *to, const void *from, size_t size);

#endif

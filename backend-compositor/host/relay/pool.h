/* SPDX-License-Identifier: MIT */
/*
 * The host's copy of an application's wl_shm pool: a memfd that the compositor maps and that the
 * guest fills by messages. Referenced by the wl_shm_pool and by each wl_buffer made from it.
 */
#ifndef XG_HOST_POOL_H
#define XG_HOST_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct xg_wl_pool_write;

struct xg_pool {
	uint64_t number; /* the wl_shm_pool's */
	uint32_t references;
	int fd;
	uint8_t *bytes;
	size_t size_bytes;
};

/*
 * A size that Wayland forbids (below 1) makes a pool of no bytes: the compositor will say what is
 * wrong. NULL without memory or descriptors.
 */
struct xg_pool *xg_pool_create(uint64_t number, int32_t untrusted_size);

/* Grows it; does nothing if the size is not larger. False without memory; it is then as before. */
bool xg_pool_resize(struct xg_pool *pool, int32_t untrusted_size);

void xg_pool_destroy(struct xg_pool *pool);

/* Writes rows, which hold `size` bytes. False if they do not fit the pool or the message. */
bool xg_pool_write(struct xg_pool *pool, const struct xg_wl_pool_write *untrusted_write,
	const uint8_t *rows, size_t size);

#endif

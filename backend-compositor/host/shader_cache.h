/* SPDX-License-Identifier: MIT */
/*
 * What the driver has compiled, kept for the programs that this guest starts next: Mesa's own cache
 * of shaders, in this process's memory. It is keyed by Mesa, by the source and the driver. No other
 * process has it, and it ends with this one: nothing that one guest's programs compile can be seen
 * by another guest, and code that a process wrote which a guest had taken over outlives neither.
 */
#ifndef XG_HOST_SHADER_CACHE_H
#define XG_HOST_SHADER_CACHE_H

#include <stdbool.h>
#include <stdint.h>

enum { XG_SHADER_CACHE_FILES_MAX = 4 };

/* Zeroed: there is none. */
struct xg_shader_cache {
	int fds[XG_SHADER_CACHE_FILES_MAX];
	unsigned count;
};

/*
 * Makes the cache, of about limit_bytes, and tells the driver of it by environment variables. What
 * MESA_SHADER_CACHE_DISABLE says already stays. False where there is none: the driver then keeps
 * nothing. Before any thread, and before the driver is loaded.
 */
bool xg_shader_cache_open(struct xg_shader_cache *cache, uint64_t limit_bytes);

/* The memory that it takes now. Any thread. */
uint64_t xg_shader_cache_bytes(const struct xg_shader_cache *cache);

#endif

/* SPDX-License-Identifier: MIT */
/* See pool.h. The memfd is sealed against shrinking, so that a write can never fault. */
#include "relay/pool.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/checked.h"
#include "xenglass/control_wayland.h"

struct xg_pool *xg_pool_create(uint64_t number, int32_t untrusted_size)
{
	struct xg_pool *pool = calloc(1, sizeof(*pool));

	if (!pool)
		return NULL;
	pool->number = number;
	pool->references = 1;
	pool->fd = memfd_create("xenglass-pool", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (pool->fd < 0 || fcntl(pool->fd, F_ADD_SEALS, F_SEAL_SHRINK) < 0 ||
		!xg_pool_resize(pool, untrusted_size)) {
		xg_pool_destroy(pool);
		return NULL;
	}
	return pool;
}

bool xg_pool_resize(struct xg_pool *pool, int32_t untrusted_size)
{
	void *bytes;

	if (untrusted_size < 1 || (size_t)untrusted_size <= pool->size_bytes)
		return true;
	const size_t size = (size_t)untrusted_size;
	if (ftruncate(pool->fd, (off_t)size) < 0)
		return false;
	if (pool->bytes)
		bytes = mremap(pool->bytes, pool->size_bytes, size, MREMAP_MAYMOVE);
	else
		bytes = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, pool->fd, 0);
	if (bytes == MAP_FAILED)
		return false;
	pool->bytes = bytes;
	pool->size_bytes = size;
	return true;
}

void xg_pool_destroy(struct xg_pool *pool)
{
	if (pool->bytes)
		munmap(pool->bytes, pool->size_bytes);
	if (pool->fd >= 0)
		close(pool->fd);
	free(pool);
}

bool xg_pool_write(struct xg_pool *pool, const struct xg_wl_pool_write *untrusted_write,
	const uint8_t *rows, size_t size)
{
	const struct xg_wl_pool_write write = *untrusted_write;
	size_t bytes, last_row, end;

	if (write.rows == 0 || write.row_size == 0 ||
		!checked_mul(write.rows, write.row_size, &bytes) || bytes != size)
		return false;
	if (!checked_mul(write.rows - 1, write.stride, &last_row) ||
		!checked_add(last_row, write.offset, &last_row) ||
		!checked_add(last_row, write.row_size, &end) || end > pool->size_bytes)
		return false;
	for (uint32_t i = 0; i < write.rows; i++)
		memcpy(pool->bytes + write.offset + (size_t)i * write.stride,
			rows + (size_t)i * write.row_size, write.row_size);
	return true;
}

/* SPDX-License-Identifier: MIT */
/* See quota.h. The defaults let a desktop's worth of programs run and stop a runaway guest. */
#include "quota.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "xenglass/limits.h"

static const struct {
	const char *name;
	uint64_t limit;
} kinds[] = {
	[XG_QUOTA_CLIENTS] = {"clients", 64},
	[XG_QUOTA_STREAMS] = {"streams", 512},
	[XG_QUOTA_DISPLAYS] = {"displays", 512},
	[XG_QUOTA_CONTEXTS] = {"contexts", 512},
	[XG_QUOTA_SURFACES] = {"surfaces", 1024},
	[XG_QUOTA_EGL_OBJECTS] = {"egl-objects", 65536},
	[XG_QUOTA_OBJECTS] = {"objects", 1 << 20},
	[XG_QUOTA_TEXTURE_BYTES] = {"texture-bytes", UINT64_C(4) << 30},
	[XG_QUOTA_BUFFER_BYTES] = {"buffer-bytes", UINT64_C(2) << 30},
	[XG_QUOTA_SHADER_BYTES] = {"shader-bytes", UINT64_C(256) << 20},
	[XG_QUOTA_BULK_BYTES] = {"bulk-bytes", UINT64_C(2) << 30},
	[XG_QUOTA_CACHE_BYTES] = {"cache-bytes", UINT64_C(16) << 20},
	[XG_QUOTA_CONNECTIONS] = {"connections", 64},
	[XG_QUOTA_WAYLAND_OBJECTS] = {"wayland-objects", 16384},
	[XG_QUOTA_PIPES] = {"pipes", 64},
	[XG_QUOTA_SHM_BYTES] = {"shm-bytes", UINT64_C(1) << 30},
};
_Static_assert(sizeof(kinds) / sizeof(kinds[0]) == XG_QUOTA_COUNT, "each kind has a default");

void xg_quota_init(struct xg_quota *quota)
{
	memset(quota, 0, sizeof(*quota));
	for (int i = 0; i < XG_QUOTA_COUNT; i++)
		quota->limit[i] = kinds[i].limit;
}

void xg_quota_init_part(
	struct xg_quota *quota, struct xg_quota *whole, const struct xg_limits *limits)
{
	memset(quota, 0, sizeof(*quota));
	quota->whole = whole;
	memcpy(quota->limit, whole->limit, sizeof(quota->limit));
	quota->limit[XG_QUOTA_STREAMS] = limits->streams_per_client;
	quota->limit[XG_QUOTA_CONTEXTS] = limits->contexts;
	quota->limit[XG_QUOTA_SURFACES] = limits->surfaces;
	quota->limit[XG_QUOTA_OBJECTS] = limits->objects;
	quota->limit[XG_QUOTA_TEXTURE_BYTES] = limits->texture_bytes;
	quota->limit[XG_QUOTA_BUFFER_BYTES] = limits->buffer_bytes;
	quota->limit[XG_QUOTA_BULK_BYTES] = limits->bulk_bytes;
}

static void lower32(uint32_t *limit, uint64_t bound)
{
	if (*limit > bound)
		*limit = (uint32_t)bound;
}

static void lower64(uint64_t *limit, uint64_t bound)
{
	if (*limit > bound)
		*limit = bound;
}

void xg_quota_bound_limits(const struct xg_quota *quota, struct xg_limits *limits)
{
	lower32(&limits->clients, quota->limit[XG_QUOTA_CLIENTS]);
	lower32(&limits->streams_per_client, quota->limit[XG_QUOTA_STREAMS]);
	lower32(&limits->contexts, quota->limit[XG_QUOTA_CONTEXTS]);
	lower32(&limits->surfaces, quota->limit[XG_QUOTA_SURFACES]);
	lower32(&limits->objects, quota->limit[XG_QUOTA_OBJECTS]);
	lower64(&limits->shader_bytes, quota->limit[XG_QUOTA_SHADER_BYTES]);
	lower64(&limits->texture_bytes, quota->limit[XG_QUOTA_TEXTURE_BYTES]);
	lower64(&limits->buffer_bytes, quota->limit[XG_QUOTA_BUFFER_BYTES]);
	lower64(&limits->bulk_bytes, quota->limit[XG_QUOTA_BULK_BYTES]);
}

static bool parse_number(const char *text, uint64_t *number)
{
	char *end;
	unsigned shift = 0;

	if (*text < '0' || *text > '9')
		return false;
	errno = 0;
	const uint64_t value = strtoull(text, &end, 10);
	switch (*end) {
	case 'k':
		shift = 10;
		break;
	case 'm':
		shift = 20;
		break;
	case 'g':
		shift = 30;
		break;
	case '\0':
		break;
	default:
		return false;
	}
	if (errno || (shift && end[1]) || value > UINT64_MAX >> shift)
		return false;
	*number = value << shift;
	return true;
}

bool xg_quota_parse(struct xg_quota *quota, const char *setting)
{
	const char *equals = strchr(setting, '=');

	if (!equals)
		return false;
	for (int i = 0; i < XG_QUOTA_COUNT; i++) {
		const size_t length = strlen(kinds[i].name);

		if (length == (size_t)(equals - setting) &&
			strncmp(setting, kinds[i].name, length) == 0)
			return parse_number(equals + 1, &quota->limit[i]);
	}
	return false;
}

static bool take(struct xg_quota *quota, enum xg_quota_kind kind, uint64_t amount)
{
	uint64_t used = atomic_load_explicit(&quota->used[kind], memory_order_relaxed);

	do {
		if (amount > quota->limit[kind] || used > quota->limit[kind] - amount)
			return false;
	} while (!atomic_compare_exchange_weak_explicit(&quota->used[kind], &used, used + amount,
		memory_order_relaxed, memory_order_relaxed));
	return true;
}

static void give(struct xg_quota *quota, enum xg_quota_kind kind, uint64_t amount)
{
	atomic_fetch_sub_explicit(&quota->used[kind], amount, memory_order_relaxed);
}

bool xg_quota_take(struct xg_quota *quota, enum xg_quota_kind kind, uint64_t amount)
{
	if (quota->whole && !take(quota->whole, kind, amount))
		return false;
	if (take(quota, kind, amount))
		return true;
	if (quota->whole)
		give(quota->whole, kind, amount);
	return false;
}

void xg_quota_give(struct xg_quota *quota, enum xg_quota_kind kind, uint64_t amount)
{
	give(quota, kind, amount);
	if (quota->whole)
		give(quota->whole, kind, amount);
}

const char *xg_quota_name(enum xg_quota_kind kind)
{
	return kinds[kind].name;
}

/* SPDX-License-Identifier: MIT */
/*
 * What one guest may use. The host decides; its hello tells the guest, whose daemon tells each
 * application. The host enforces every one of them whatever the guest believes.
 */
#ifndef XENGLASS_LIMITS_H
#define XENGLASS_LIMITS_H

#include <stdint.h>

/* Sizes are in bytes. A client is one application process. */
struct xg_limits {
	uint32_t clients;
	uint32_t streams_per_client;
	uint32_t ring_size;	/* of a stream; a power of two */
	uint32_t reply_size;	/* of a stream's reply area */
	uint32_t bulk_size;	/* of a stream's bulk region */
	uint32_t contexts;	/* per client */
	uint32_t objects;	/* per client: GL names of all kinds */
	uint32_t surfaces;	/* per client */
	uint64_t staged_bytes;	/* per stream: the largest single payload, each way */
	uint64_t bulk_bytes;	/* per client, over all its streams */
	uint64_t texture_bytes; /* per client: textures and renderbuffers */
	uint64_t buffer_bytes;	/* per client: buffer objects */
	uint64_t shader_bytes;	/* one shader's source */
};
_Static_assert(sizeof(struct xg_limits) == 72, "on the wire");

#define XG_REPLY_SIZE_MIN 4096u
#define XG_REPLY_SIZE_MAX (1u << 20)
#define XG_BULK_SIZE_MIN  65536u
#define XG_BULK_SIZE_MAX  (256u << 20)

/* The defaults; a host's command line may say otherwise. */
#define XG_LIMITS_DEFAULT                                                                          \
	{                                                                                          \
		.clients = 64, .streams_per_client = 64, .ring_size = 256u << 10,                  \
		.reply_size = 64u << 10, .bulk_size = 4u << 20, .contexts = 256,                   \
		.objects = 1u << 20, .surfaces = 256, .staged_bytes = 512ull << 20,                \
		.bulk_bytes = 256ull << 20, .texture_bytes = 2048ull << 20,                        \
		.buffer_bytes = 1024ull << 20, .shader_bytes = 4ull << 20,                         \
	}

#endif

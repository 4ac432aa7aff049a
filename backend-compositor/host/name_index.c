/* SPDX-License-Identifier: MIT */
/* See name_index.h. Linear probing, at most half full; a removal moves up what probed past it. */
#include "name_index.h"

#include <stdlib.h>

static uint32_t home(const struct xg_name_index *index, uint32_t host)
{
	return host * 0x9e3779b1u & (index->capacity - 1);
}

/* Where the name stands, or the free place where it would. */
static uint32_t probe(const struct xg_name_index *index, uint32_t host)
{
	uint32_t at = home(index, host);

	while (index->pairs[at].host && index->pairs[at].host != host)
		at = (at + 1) & (index->capacity - 1);
	return at;
}

static void grow(struct xg_name_index *index)
{
	struct xg_name_index larger = {
		.capacity = index->capacity ? index->capacity * 2 : 64,
		.count = index->count,
	};

	larger.pairs = calloc(larger.capacity, sizeof(*larger.pairs));
	if (!larger.pairs)
		abort();
	for (uint32_t i = 0; i < index->capacity; i++) {
		if (index->pairs[i].host)
			larger.pairs[probe(&larger, index->pairs[i].host)] = index->pairs[i];
	}
	free(index->pairs);
	*index = larger;
}

void xg_name_index_finish(struct xg_name_index *index)
{
	free(index->pairs);
	*index = (struct xg_name_index){0};
}

uint32_t xg_name_index_find(const struct xg_name_index *index, uint32_t host)
{
	return index->count && host ? index->pairs[probe(index, host)].guest : 0;
}

void xg_name_index_set(struct xg_name_index *index, uint32_t host, uint32_t guest)
{
	if (2 * (index->count + 1) > index->capacity)
		grow(index);

	struct xg_name_pair *pair = &index->pairs[probe(index, host)];
	if (!pair->host)
		index->count++;
	*pair = (struct xg_name_pair){.host = host, .guest = guest};
}

void xg_name_index_remove(struct xg_name_index *index, uint32_t host)
{
	const uint32_t mask = index->capacity - 1;

	if (!index->count || !host)
		return;
	uint32_t hole = probe(index, host);
	if (!index->pairs[hole].host)
		return;
	index->pairs[hole] = (struct xg_name_pair){0};
	index->count--;
	for (uint32_t at = (hole + 1) & mask; index->pairs[at].host; at = (at + 1) & mask) {
		/* It may move into the hole unless its home lies behind the hole. */
		if (((at - home(index, index->pairs[at].host)) & mask) < ((at - hole) & mask))
			continue;
		index->pairs[hole] = index->pairs[at];
		index->pairs[at] = (struct xg_name_pair){0};
		hole = at;
	}
}

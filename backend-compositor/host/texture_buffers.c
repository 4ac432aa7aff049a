/* SPDX-License-Identifier: MIT */
/* See texture_buffers.h. Programs have few buffer textures: a list will do. */
#include "texture_buffers.h"

#include <stdlib.h>

void xg_texture_buffers_finish(struct xg_texture_buffers *list)
{
	free(list->entries);
	*list = (struct xg_texture_buffers){0};
}

static void add(struct xg_texture_buffers *list, struct xg_texture_buffer entry)
{
	if (!(list->count & (list->count - 1))) {
		const uint32_t capacity = list->count ? 2 * list->count : 1;

		list->entries = realloc(list->entries, capacity * sizeof(*list->entries));
		if (!list->entries)
			abort();
	}
	list->entries[list->count++] = entry;
}

void xg_texture_buffers_set(struct xg_texture_buffers *list, uint32_t texture, uint32_t buffer)
{
	xg_texture_buffers_drop(list, texture, false);
	if (buffer)
		add(list, (struct xg_texture_buffer){texture, buffer, false});
}

void xg_texture_buffers_keep(struct xg_texture_buffers *list, uint32_t texture)
{
	for (uint32_t i = 0; i < list->count; i++) {
		if (list->entries[i].texture == texture)
			list->entries[i].is_deleted = true;
	}
}

void xg_texture_buffers_drop(struct xg_texture_buffers *list, uint32_t texture, bool is_deleted)
{
	uint32_t i = 0;

	while (i < list->count) {
		if (list->entries[i].texture != texture ||
			list->entries[i].is_deleted != is_deleted) {
			i++;
			continue;
		}
		list->entries[i] = list->entries[--list->count];
	}
}

bool xg_texture_buffers_has(const struct xg_texture_buffers *list, uint32_t buffer)
{
	for (uint32_t i = 0; i < list->count; i++) {
		if (list->entries[i].buffer == buffer)
			return true;
	}
	return false;
}

/* SPDX-License-Identifier: MIT */
/* See texture_stores.h. Programs have few of them: a list will do. */
#include "texture_stores.h"

#include <stdlib.h>

void xg_texture_stores_finish(struct xg_texture_stores *list)
{
	free(list->entries);
	*list = (struct xg_texture_stores){0};
}

static void add(struct xg_texture_stores *list, struct xg_texture_store entry)
{
	if (!(list->count & (list->count - 1))) {
		const uint32_t capacity = list->count ? 2 * list->count : 1;

		list->entries = realloc(list->entries, capacity * sizeof(*list->entries));
		if (!list->entries)
			abort();
	}
	list->entries[list->count++] = entry;
}

void xg_texture_stores_set_buffer(
	struct xg_texture_stores *list, uint32_t texture, uint32_t buffer, uint64_t start)
{
	const struct xg_texture_store store = {
		.texture = texture, .class = XG_CLASS_BUFFER, .name = buffer, .start = start};

	xg_texture_stores_drop(list, texture, false);
	if (buffer)
		add(list, store);
}

uint64_t xg_texture_stores_last_start(const struct xg_texture_stores *list, uint32_t buffer)
{
	uint64_t last = 0;

	for (uint32_t i = 0; i < list->count; i++) {
		const struct xg_texture_store *store = &list->entries[i];

		if (store->class == XG_CLASS_BUFFER && store->name == buffer && store->start > last)
			last = store->start;
	}
	return last;
}

void xg_texture_stores_set_view(struct xg_texture_stores *list, uint32_t texture, uint32_t of)
{
	for (uint32_t i = 0; i < list->count; i++) {
		const struct xg_texture_store *store = &list->entries[i];

		if (store->texture == of && store->class == XG_CLASS_TEXTURE && !store->is_deleted)
			of = store->name;
	}
	xg_texture_stores_drop(list, texture, false);
	add(list, (struct xg_texture_store){
			  .texture = texture, .class = XG_CLASS_TEXTURE, .name = of});
}

void xg_texture_stores_keep(struct xg_texture_stores *list, uint32_t texture)
{
	for (uint32_t i = 0; i < list->count; i++) {
		if (list->entries[i].texture == texture)
			list->entries[i].is_deleted = true;
	}
}

void xg_texture_stores_drop(struct xg_texture_stores *list, uint32_t texture, bool is_deleted)
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

bool xg_texture_stores_has(const struct xg_texture_stores *list, enum xg_class class, uint32_t name)
{
	for (uint32_t i = 0; i < list->count; i++) {
		if (list->entries[i].name == name && list->entries[i].class == class)
			return true;
	}
	return false;
}

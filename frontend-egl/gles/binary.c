/* SPDX-License-Identifier: MIT */
/* See binary.h. */
#include "gles/binary.h"

#include <GLES3/gl32.h>
#include <string.h>

#include "base/checked.h"

#define VERSION 1u

static const char magic[8] = "xgprogrm";

struct head {
	char magic[8];
	uint32_t version;
	uint32_t size;
	uint64_t checksum;
	uint32_t shader_count, varying_count, varying_mode, is_separable;
	uint32_t varyings_size, outputs_size, attributes_size;
	uint32_t zero;
};
_Static_assert(sizeof(struct head) == 56, "the layout has no padding");

struct shader_head {
	uint32_t type, size;
};

enum { CHECKED_FROM = 24 }; /* the checksum is over what is behind it */

/* FNV-1a. It tells accidents, not attacks: there is nothing to gain by one. */
static uint64_t checksum(const uint8_t *octets, size_t size)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < size; i++)
		hash = (hash ^ octets[i]) * UINT64_C(0x100000001b3);
	return hash;
}

static uint32_t size_of(const struct xg_text *text)
{
	return text ? text->size : 0;
}

size_t xg_binary_size(const struct xg_recipe *recipe, const struct xg_text *attributes)
{
	size_t size = sizeof(struct head);

	for (uint32_t i = 0; i < recipe->shader_count; i++)
		size += sizeof(struct shader_head) + size_of(recipe->shaders[i].source);
	size += (size_t)size_of(recipe->varyings) + size_of(recipe->outputs) + size_of(attributes);
	return size <= INT32_MAX ? size : 0;
}

static uint8_t *put(uint8_t *at, const void *octets, size_t size)
{
	if (size)
		memcpy(at, octets, size);
	return at + size;
}

static uint8_t *put_text(uint8_t *at, const struct xg_text *text)
{
	return put(at, text ? text->bytes : NULL, size_of(text));
}

void xg_binary_write(
	const struct xg_recipe *recipe, const struct xg_text *attributes, uint8_t *binary)
{
	struct head head = {
		.version = VERSION,
		.size = (uint32_t)xg_binary_size(recipe, attributes),
		.shader_count = recipe->shader_count,
		.varying_count = recipe->varying_count,
		.varying_mode = recipe->varying_mode,
		.is_separable = recipe->is_separable,
		.varyings_size = size_of(recipe->varyings),
		.outputs_size = size_of(recipe->outputs),
		.attributes_size = size_of(attributes),
	};
	uint8_t *at = binary + sizeof(head);

	memcpy(head.magic, magic, sizeof(magic));
	for (uint32_t i = 0; i < recipe->shader_count; i++) {
		const struct shader_head shader = {
			recipe->shaders[i].type, size_of(recipe->shaders[i].source)};
		at = put(at, &shader, sizeof(shader));
	}
	for (uint32_t i = 0; i < recipe->shader_count; i++)
		at = put_text(at, recipe->shaders[i].source);
	at = put_text(at, recipe->varyings);
	at = put_text(at, recipe->outputs);
	put_text(at, attributes);
	put(binary, &head, sizeof(head));
	head.checksum = checksum(binary + CHECKED_FROM, head.size - CHECKED_FROM);
	put(binary, &head, sizeof(head));
}

/* What is left to be read. */
struct reader {
	const uint8_t *at;
	size_t left;
};

static bool take(struct reader *reader, void *to, size_t size)
{
	if (size > reader->left)
		return false;
	memcpy(to, reader->at, size);
	reader->at += size;
	reader->left -= size;
	return true;
}

/* NULL for a size of 0. False if there is less, or no memory. */
static bool take_text(struct reader *reader, uint32_t size, struct xg_text **text)
{
	*text = NULL;
	if (!size)
		return true;
	if (size > reader->left)
		return false;
	*text = xg_text_create(size);
	return *text && take(reader, (*text)->bytes, size);
}

static bool is_stage(uint32_t type)
{
	switch (type) {
	case GL_VERTEX_SHADER:
	case GL_FRAGMENT_SHADER:
	case GL_GEOMETRY_SHADER:
	case GL_TESS_CONTROL_SHADER:
	case GL_TESS_EVALUATION_SHADER:
	case GL_COMPUTE_SHADER:
		return true;
	default:
		return false;
	}
}

static bool is_head_sound(const struct head *head, const uint8_t *binary, size_t size)
{
	return memcmp(head->magic, magic, sizeof(magic)) == 0 && head->version == VERSION &&
	       head->size == size && head->shader_count <= XG_RECIPE_SHADERS &&
	       head->is_separable <= 1 && !head->zero &&
	       (head->varying_mode == GL_INTERLEAVED_ATTRIBS ||
		       head->varying_mode == GL_SEPARATE_ATTRIBS || !head->varying_count) &&
	       head->checksum == checksum(binary + CHECKED_FROM, size - CHECKED_FROM);
}

/* Whether a text is of so many names, each with its NUL. */
static bool has_names(const struct xg_text *text, uint32_t count)
{
	uint32_t found = 0;

	for (uint32_t i = 0; i < size_of(text); i++)
		found += !text->bytes[i];
	return found == count && (count ? !text->bytes[text->size - 1] : !text);
}

static bool are_places(const struct xg_text *places)
{
	struct xg_place place;
	uint32_t at = 0;

	while (xg_place_next(places, &at, &place)) {
	}
	return at == size_of(places);
}

static bool read_shaders(struct reader *reader, uint32_t count, struct xg_recipe *recipe)
{
	struct shader_head heads[XG_RECIPE_SHADERS];

	if (!take(reader, heads, count * sizeof(heads[0])))
		return false;
	for (uint32_t i = 0; i < count; i++) {
		for (uint32_t other = 0; other < i; other++) {
			if (heads[other].type == heads[i].type)
				return false;
		}
		recipe->shaders[i].type = heads[i].type;
		recipe->shader_count = i + 1;
		if (!is_stage(heads[i].type) ||
			!take_text(reader, heads[i].size, &recipe->shaders[i].source))
			return false;
	}
	return true;
}

static bool read_all(struct reader *reader, const struct head *head, struct xg_recipe *recipe,
	struct xg_text **attributes)
{
	recipe->varying_count = head->varying_count;
	recipe->varying_mode = head->varying_mode;
	recipe->is_separable = head->is_separable;
	return read_shaders(reader, head->shader_count, recipe) &&
	       take_text(reader, head->varyings_size, &recipe->varyings) &&
	       take_text(reader, head->outputs_size, &recipe->outputs) &&
	       take_text(reader, head->attributes_size, attributes) && !reader->left &&
	       has_names(recipe->varyings, recipe->varying_count) && are_places(recipe->outputs) &&
	       are_places(*attributes);
}

bool xg_binary_read(const void *untrusted_binary, size_t size, struct xg_recipe *recipe,
	struct xg_text **attributes)
{
	struct reader reader = {untrusted_binary, size};
	struct head head;

	*recipe = (struct xg_recipe){0};
	*attributes = NULL;
	if (!untrusted_binary || !take(&reader, &head, sizeof(head)) ||
		!is_head_sound(&head, untrusted_binary, size))
		return false;
	if (read_all(&reader, &head, recipe, attributes))
		return true;
	xg_recipe_finish(recipe);
	xg_text_unref(*attributes);
	return false;
}

bool xg_place_next(const struct xg_text *places, uint32_t *at, struct xg_place *place)
{
	const uint32_t left = size_of(places) - *at;
	const char *from = places ? places->bytes + *at : NULL;

	if (left <= 8)
		return false;
	const char *end = memchr(from + 8, '\0', left - 8);
	if (!end)
		return false;
	memcpy(&place->location, from, 4);
	memcpy(&place->index, from + 4, 4);
	place->name = from + 8;
	*at += (uint32_t)(end + 1 - from);
	return true;
}

static uint8_t *put_place(uint8_t *at, const struct xg_place *place)
{
	at = put(at, &place->location, 4);
	at = put(at, &place->index, 4);
	return put(at, place->name, strlen(place->name) + 1);
}

struct xg_text *xg_place_add(const struct xg_text *places, const struct xg_place *place)
{
	struct xg_place other;
	uint32_t at = 0, left_out = 0;
	size_t size;

	while (xg_place_next(places, &at, &other))
		left_out +=
			strcmp(other.name, place->name) == 0 ? 9 + (uint32_t)strlen(other.name) : 0;
	if (!checked_add(at - left_out + 9, strlen(place->name), &size))
		return NULL;
	struct xg_text *all = xg_text_create(size);
	if (!all)
		return NULL;
	uint8_t *to = (uint8_t *)all->bytes;
	for (at = 0; xg_place_next(places, &at, &other);) {
		if (strcmp(other.name, place->name) != 0)
			to = put_place(to, &other);
	}
	put_place(to, place);
	return all;
}

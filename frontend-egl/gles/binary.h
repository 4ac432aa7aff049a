/* SPDX-License-Identifier: MIT */
/*
 * The layout of program binaries. A driver's own format is not for guests: it is read unchecked,
 * and lasts as long as that build of the driver. This one holds what the program was linked from
 * (recipe.h), and where its attributes were: loading it links the program again, by the commands
 * with which it was linked first. So a binary survives the driver's update, another host, and
 * another version of this library, and can do nothing that its program could not.
 *
 * What it costs to load is a compilation and a link, as natively where a driver finds its cache
 * empty; a binary is as large as its sources.
 *
 * Little-endian, without padding:
 *
 *     magic 8 octets | version u32 | size u32 | checksum u64 | shaders u32 | varyings u32 |
 *     varyings' mode u32 | is separable u32 | octets u32 of varyings, outputs, attributes | 0 u32 |
 *     for each shader: type u32, octets u32 |
 *     the shaders' sources | the varyings' names, each with its NUL | outputs | attributes
 *
 * Outputs and attributes are places: two u32, the location and, of outputs, the index, then the
 * name with its NUL. The size is the whole's, the checksum is over what follows it.
 */
#ifndef XG_GLES_BINARY_H
#define XG_GLES_BINARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gles/recipe.h"

/* The octets of a binary; 0 if they are more than it can have. */
size_t xg_binary_size(const struct xg_recipe *recipe, const struct xg_text *attributes);

/* Writes one to room for that many. */
void xg_binary_write(
	const struct xg_recipe *recipe, const struct xg_text *attributes, uint8_t *binary);

/*
 * Reads one. The recipe and the attributes, NULL if there are none, are then the caller's. False if
 * it is none of ours, or spoilt, or there is no memory: nothing is then to be freed.
 */
bool xg_binary_read(const void *untrusted_binary, size_t size, struct xg_recipe *recipe,
	struct xg_text **attributes);

struct xg_place {
	uint32_t location, index;
	const char *name;
};

/* The place at *at, which goes on to the next; false at the end, and if there is none whole. */
bool xg_place_next(const struct xg_text *places, uint32_t *at, struct xg_place *place);

/* Places with one more; one of the same name is left out. NULL places are none. NULL without
 * memory. */
struct xg_text *xg_place_add(const struct xg_text *places, const struct xg_place *place);

#endif

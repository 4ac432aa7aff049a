/* SPDX-License-Identifier: MIT */
/*
 * What GL's pixel formats and types weigh. Facts of the OpenGL ES 3.2 specification (§8.4.2,
 * tables 8.2 to 8.7, and §8.7 with its annexes for the compressed ones) and of the extensions in
 * extensions.txt. Pure functions.
 */
#ifndef XG_FORMAT_H
#define XG_FORMAT_H

#include <stdbool.h>
#include <stdint.h>

/* Octets of one texel in client memory, 0 if format or type is unknown. A pair that GL refuses
 * may still have a size: the driver raises the error. */
uint32_t xg_format_texel_size(uint32_t format, uint32_t type);

/* Texels are compressed in blocks of width × height × depth. */
struct xg_format_block {
	uint8_t width, height, depth;
	uint8_t size; /* octets of one block */
};

/* False if the internal format is unknown or not compressed. */
bool xg_format_block(uint32_t internal_format, struct xg_format_block *block);

#endif

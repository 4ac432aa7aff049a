/* SPDX-License-Identifier: MIT */
/*
 * Large payloads in bands, so that guest and host copy at once, and no more is under way than the
 * bulk region holds. Inputs: several commands in place of one. Outputs: the guest copies one band
 * out of bulk while the host writes the next to another part of it. With XENGLASS_NO_BANDS in the
 * environment each goes as a whole.
 */
#ifndef XG_STREAM_BANDS_H
#define XG_STREAM_BANDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "xenglass/wire.h"

struct xg_stream;

/* What is in flight at most, and how much a band of an input is unless a row of it is larger. */
#define XG_BANDS_AT_ONCE 4u
#define XG_BAND_SIZE	 (1u << 20)

/* What is smaller comes with the answer of its command. */
#define XG_BANDS_MIN 32768u

/* Of an input of that size: XG_BAND_SIZE, or all of it. */
size_t xg_stream_band_size(const struct xg_stream *stream, size_t size);

/* Of an output of that size. One whose row is larger has one row. */
size_t xg_stream_read_band_size(size_t size);

struct xg_bands {
	uint32_t count;
	uint32_t size; /* of the largest, in bytes */
	/*
	 * Encodes the command of a band, with a REPLY, whose output goes to place: its size is
	 * xg_bands.size, of which the command takes what it wants. octets are the ones there, and
	 * may be written to before.
	 */
	void (*ask)(void *argument, uint32_t band, struct xg_data place, uint8_t *octets);
	/* Copies what has come. False: the bands behind it are not asked for. It sends nothing. */
	bool (*take)(void *argument, uint32_t band, const uint8_t *octets);
	void *argument;
};

enum xg_bands_end {
	XG_BANDS_DONE,	  /* take has seen each, and none said false */
	XG_BANDS_STOPPED, /* take said false */
	XG_BANDS_REFUSED, /* a command's result was 0, or the stream is lost */
	XG_BANDS_NONE,	  /* no room, or the stream is watched: nothing was asked */
};

/* Waits for the host. The results of commands that are under way at once are taken for the same. */
enum xg_bands_end xg_stream_read_bands(struct xg_stream *stream, const struct xg_bands *bands);

#endif

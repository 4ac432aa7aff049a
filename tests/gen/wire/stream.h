/* SPDX-License-Identifier: MIT */
/*
 * A guest's stream that goes nowhere: it has the functions of frontend-egl/stream.h that encoders
 * call, keeps the one record that was written last, and answers each call at once. Outputs come
 * back filled with a pattern that says which output and which octet it is.
 */
#ifndef XG_WIRE_STREAM_H
#define XG_WIRE_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "xenglass/wire.h"

#define WIRE_BULK_SIZE (1u << 20)
#define WIRE_RESULT    0x41

struct xg_stream {
	_Alignas(16) uint8_t record[XG_RECORD_SIZE_MAX];
	uint32_t record_size;
	uint8_t bulk[WIRE_BULK_SIZE];
	uint32_t bulk_used;
	unsigned inputs, outputs; /* of the record */
	unsigned records, calls;  /* ever */
};

/* Never 0, so that a string has no NUL in it, and below 0x80, so that no count is negative. */
static inline uint8_t wire_pattern(unsigned payload, size_t octet)
{
	return (uint8_t)(1 + (payload * 31 + octet * 7 + octet / 127) % 126);
}

static inline void *xg_stream_begin(struct xg_stream *stream, uint32_t size)
{
	memset(stream->record, 0xcc, sizeof(stream->record));
	stream->record_size = size;
	return stream->record;
}

static inline void xg_stream_end(struct xg_stream *stream, uint32_t size)
{
	stream->records++;
}

static inline void xg_stream_end_work(struct xg_stream *stream, uint32_t size)
{
	xg_stream_end(stream, size);
}

static inline void xg_stream_ended(struct xg_stream *stream, uint32_t size)
{
	xg_stream_end(stream, size);
}

static inline bool xg_stream_can_put(const struct xg_stream *stream, size_t size)
{
	return size <= WIRE_BULK_SIZE;
}

static inline struct xg_data xg_stream_put(
	struct xg_stream *stream, const void *data, size_t size, uint32_t *inline_total)
{
	struct xg_data place = {(uint32_t)size, XG_PLACE_INLINE};

	if (!data || !size)
		return (struct xg_data){0, XG_PLACE_NULL};
	if (size <= XG_INLINE_MAX && *inline_total + size <= XG_INLINE_TOTAL_MAX) {
		*inline_total += xg_wire_pad((uint32_t)size);
		return place;
	}
	stream->bulk_used = (stream->bulk_used + XG_PLACE_UNIT - 1) & ~(XG_PLACE_UNIT - 1);
	if (stream->bulk_used < XG_PLACE_BULK * XG_PLACE_UNIT ||
		size > WIRE_BULK_SIZE - stream->bulk_used)
		stream->bulk_used = XG_PLACE_BULK * XG_PLACE_UNIT;
	memcpy(stream->bulk + stream->bulk_used, data, size);
	place.place = stream->bulk_used / XG_PLACE_UNIT;
	stream->bulk_used += (uint32_t)size;
	return place;
}

static inline uint8_t *xg_stream_copy(uint8_t *at, struct xg_data place, const void *data)
{
	if (place.place != XG_PLACE_INLINE)
		return at;
	memset(at, 0, xg_wire_pad(place.size));
	memcpy(at, data, place.size);
	return at + xg_wire_pad(place.size);
}

static inline struct xg_data xg_stream_want(
	struct xg_stream *stream, size_t capacity, uint32_t *reply_total)
{
	*reply_total += xg_wire_pad((uint32_t)capacity);
	return (struct xg_data){(uint32_t)capacity, XG_PLACE_INLINE};
}

struct xg_patch;

static inline void xg_stream_patch(struct xg_stream *stream, struct xg_data place,
	uint32_t reply_total, const struct xg_patch *patches, uint32_t count)
{
}

static inline bool xg_stream_call(struct xg_stream *stream, uint64_t *result)
{
	stream->calls++;
	stream->outputs = 0;
	*result = WIRE_RESULT;
	return true;
}

static inline bool xg_stream_take(
	struct xg_stream *stream, struct xg_data place, void *destination, size_t size)
{
	const unsigned output = stream->outputs++;

	for (size_t i = 0; destination && i < size && i < place.size; i++)
		((uint8_t *)destination)[i] = wire_pattern(output, i);
	return true;
}

static inline void xg_stream_order(struct xg_stream *stream)
{
}

static inline void xg_stream_reshape(struct xg_stream *stream)
{
}

static inline void xg_stream_flush(struct xg_stream *stream)
{
}

#endif

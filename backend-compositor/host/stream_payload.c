/* SPDX-License-Identifier: MIT */
/*
 * Payloads on the host's end of a stream: where inputs are and where outputs go. Places and sizes
 * are the guest's word, from the private copy of the record, so they do not change while they are
 * checked. See stream.h.
 */
#include <stdlib.h>
#include <string.h>

#include "stream_private.h"

/* A staging buffer above this is given back when it is empty. */
#define STAGED_KEPT_MAX (8u << 20)

/* As much as a guest reads in a band, and a processor has in a cache. */
#define DRAFT_SIZE (64u << 10)

bool xg_host_stream_set_bulk(struct xg_host_stream *stream, void *bulk, size_t untrusted_size)
{
	if (untrusted_size < XG_BULK_SIZE_MIN || untrusted_size > stream->limits.bulk_size ||
		untrusted_size > XG_BULK_SIZE_MAX || atomic_load(&stream->bulk) ||
		!xg_group_reserve(stream->member.group, XG_GROUP_BULK, untrusted_size,
			stream->limits.bulk_bytes))
		return false;
	atomic_store(&stream->bulk_size, (uint32_t)untrusted_size);
	xg_copier_init(&stream->copier);
	atomic_store(&stream->bulk, bulk);
	return true;
}

uint32_t xg_host_stream_bulk_size(const struct xg_host_stream *stream)
{
	return atomic_load(&stream->bulk) ? atomic_load(&stream->bulk_size) : 0;
}

/* The bytes of a place in bulk, or NULL with the rule set. */
static uint8_t *bulk_at(struct xg_host_stream *stream, struct xg_data untrusted_place)
{
	uint8_t *bulk = atomic_load(&stream->bulk);
	const uint64_t offset = (uint64_t)untrusted_place.place * XG_PLACE_UNIT;

	if (untrusted_place.place < XG_PLACE_BULK) {
		stream->rule = "payload: the place is unknown";
		return NULL;
	}
	if (!bulk || offset + untrusted_place.size > atomic_load(&stream->bulk_size)) {
		stream->rule = "payload: the place is not within the bulk region";
		return NULL;
	}
	/* The guest may wait for bulk as well as for room in the ring. */
	stream->unannounced += untrusted_place.size / 16;
	return bulk + offset;
}

/* Makes room for size more staged bytes. */
static bool reserve_staged(struct xg_host_stream *stream, uint32_t size)
{
	const size_t needed = stream->staged_used + size;
	size_t capacity = stream->staged_capacity ? stream->staged_capacity : 65536;

	if (needed <= stream->staged_capacity)
		return true;
	if (needed > stream->limits.staged_bytes) {
		stream->rule = "payload: more is staged than the quota allows";
		return false;
	}
	while (capacity < needed)
		capacity *= 2;
	if (!xg_group_reserve(stream->member.group, XG_GROUP_STAGED,
		    capacity - stream->staged_capacity, 2 * stream->limits.staged_bytes)) {
		stream->rule = "payload: the client keeps more than the quota allows";
		return false;
	}

	uint8_t *staged = realloc(stream->staged, capacity);

	if (!staged) {
		xg_group_release(
			stream->member.group, XG_GROUP_STAGED, capacity - stream->staged_capacity);
		stream->rule = "payload: no memory for what is staged";
		return false;
	}
	stream->staged = staged;
	stream->staged_capacity = capacity;
	return true;
}

bool xg_host_payload_stage(struct xg_host_stream *stream, uint32_t size)
{
	struct xg_stage_record record;
	const uint8_t *bytes = stream->record + sizeof(record);

	if (size < sizeof(record)) {
		stream->rule = "stage: the record is too short";
		return false;
	}
	memcpy(&record, stream->record, sizeof(record));

	const uint32_t carried = size - (uint32_t)sizeof(record);

	if (record.data.place != XG_PLACE_INLINE) {
		bytes = carried == 0 ? bulk_at(stream, record.data) : NULL;
		if (!bytes && !stream->rule)
			stream->rule = "stage: the record has bytes left over";
	} else if (record.data.size > carried || xg_wire_pad(record.data.size) != carried) {
		stream->rule = "stage: the size does not fit the record";
	}
	if (stream->rule || !reserve_staged(stream, record.data.size))
		return false;
	if (record.data.size > 0)
		memcpy(stream->staged + stream->staged_used, bytes, record.data.size);
	stream->staged_used += record.data.size;
	return true;
}

static const void *take_staged(struct xg_host_stream *stream, uint32_t size)
{
	if (size > stream->staged_used - stream->staged_front || !stream->staged) {
		stream->rule = "payload: less is staged than the command takes";
		return NULL;
	}

	const void *bytes = stream->staged + stream->staged_front;

	stream->staged_front += size;
	return bytes;
}

const void *xg_host_stream_input(struct xg_host_stream *stream, const struct xg_record_view *view,
	struct xg_data untrusted_place, uint32_t inline_offset)
{
	switch (untrusted_place.place) {
	case XG_PLACE_NULL:
		if (untrusted_place.size != 0)
			stream->rule = "payload: no bytes, but a size";
		return NULL;
	case XG_PLACE_INLINE:
		if (inline_offset > view->size ||
			untrusted_place.size > view->size - inline_offset) {
			stream->rule = "payload: not within the record";
			return NULL;
		}
		return (const uint8_t *)view->record + inline_offset;
	case XG_PLACE_STAGED:
		return take_staged(stream, untrusted_place.size);
	default:
		return bulk_at(stream, untrusted_place);
	}
}

/* Zeroed memory that the guest will fetch. */
static void *keep_output(struct xg_host_stream *stream, uint32_t size)
{
	if (size == 0 || size > stream->limits.staged_bytes ||
		stream->kept_count == XG_KEPT_OUTPUTS_MAX ||
		!xg_group_reserve(stream->member.group, XG_GROUP_STAGED, size,
			2 * stream->limits.staged_bytes)) {
		stream->rule = "payload: an output is larger than the quota allows";
		return NULL;
	}

	struct xg_kept_output *kept = &stream->kept[stream->kept_count];

	kept->bytes = calloc(1, size);
	if (!kept->bytes) {
		xg_group_release(stream->member.group, XG_GROUP_STAGED, size);
		stream->rule = "payload: no memory for an output";
		return NULL;
	}
	kept->size = size;
	stream->kept_count++;
	return kept->bytes;
}

void *xg_host_stream_output(struct xg_host_stream *stream, struct xg_data untrusted_place)
{
	const uint32_t left = stream->reply_size - stream->reply_used;

	switch (untrusted_place.place) {
	case XG_PLACE_NULL:
		if (untrusted_place.size != 0)
			stream->rule = "payload: no place, but a capacity";
		return NULL;
	case XG_PLACE_INLINE:
		if (untrusted_place.size > left || xg_wire_pad(untrusted_place.size) > left) {
			stream->rule = "payload: outputs are larger than the reply area";
			return NULL;
		}
		stream->reply_used += xg_wire_pad(untrusted_place.size);
		return stream->reply_area + stream->reply_used - xg_wire_pad(untrusted_place.size);
	case XG_PLACE_STAGED:
		return keep_output(stream, untrusted_place.size);
	default:
		return bulk_at(stream, untrusted_place);
	}
}

static bool is_in_bulk(struct xg_host_stream *stream, const void *output)
{
	const uintptr_t bulk = (uintptr_t)atomic_load(&stream->bulk);

	return (uintptr_t)output - bulk < xg_host_stream_bulk_size(stream);
}

static bool has_draft(struct xg_host_stream *stream)
{
	if (stream->draft)
		return true;
	if (!xg_group_reserve(stream->member.group, XG_GROUP_STAGED, DRAFT_SIZE,
		    2 * stream->limits.staged_bytes))
		return false;
	stream->draft = malloc(DRAFT_SIZE);
	if (!stream->draft)
		xg_group_release(stream->member.group, XG_GROUP_STAGED, DRAFT_SIZE);
	return stream->draft != NULL;
}

uint8_t *xg_host_stream_draft(struct xg_host_stream *stream, const void *output, size_t size)
{
	return size <= DRAFT_SIZE && is_in_bulk(stream, output) &&
			       xg_copier_is_asked(&stream->copier, size) && has_draft(stream)
		       ? stream->draft
		       : NULL;
}

void xg_host_stream_fill(struct xg_host_stream *stream, void *output, const void *from, size_t size)
{
	xg_copy_in(&stream->copier, output, from, size);
}

/* Copies size bytes from offset of the kept outputs, taken as one; false if they are not there. */
static bool copy_kept(
	const struct xg_host_stream *stream, uint64_t offset, uint32_t size, uint8_t *out)
{
	for (uint32_t i = 0; i < stream->kept_count && size > 0; i++) {
		const struct xg_kept_output *kept = &stream->kept[i];

		if (offset >= kept->size) {
			offset -= kept->size;
			continue;
		}

		const uint32_t rest = kept->size - (uint32_t)offset;
		const uint32_t piece = size < rest ? size : rest;

		memcpy(out, kept->bytes + offset, piece);
		out += piece;
		size -= piece;
		offset = 0;
	}
	return size == 0;
}

bool xg_host_payload_fetch(struct xg_host_stream *stream, uint32_t size)
{
	struct xg_fetch_record record;

	if (size != sizeof(record)) {
		stream->rule = "fetch: the record's size is wrong";
		return false;
	}
	memcpy(&record, stream->record, sizeof(record));
	if (record.data.place == XG_PLACE_NULL || record.data.place == XG_PLACE_STAGED) {
		stream->rule = "fetch: the place is neither inline nor in bulk";
		return false;
	}

	uint8_t *out = xg_host_stream_output(stream, record.data);

	if (!out)
		return false;
	xg_host_stream_reply(stream, copy_kept(stream, record.offset, record.data.size, out));
	return true;
}

void xg_host_payload_drop_outputs(struct xg_host_stream *stream)
{
	while (stream->kept_count > 0) {
		struct xg_kept_output *kept = &stream->kept[--stream->kept_count];

		free(kept->bytes);
		xg_group_release(stream->member.group, XG_GROUP_STAGED, kept->size);
	}
}

static void free_staged(struct xg_host_stream *stream)
{
	free(stream->staged);
	xg_group_release(stream->member.group, XG_GROUP_STAGED, stream->staged_capacity);
	stream->staged = NULL;
	stream->staged_capacity = 0;
}

void xg_host_payload_consume(struct xg_host_stream *stream)
{
	if (stream->staged_front != stream->staged_used)
		return;
	stream->staged_front = 0;
	stream->staged_used = 0;
	if (stream->staged_capacity > STAGED_KEPT_MAX)
		free_staged(stream);
}

void xg_host_payload_finish(struct xg_host_stream *stream)
{
	xg_host_payload_drop_outputs(stream);
	free_staged(stream);
	if (stream->draft)
		xg_group_release(stream->member.group, XG_GROUP_STAGED, DRAFT_SIZE);
	free(stream->draft);
	xg_group_release(stream->member.group, XG_GROUP_BULK, xg_host_stream_bulk_size(stream));
}

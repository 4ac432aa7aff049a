/* SPDX-License-Identifier: MIT */
/*
 * Where the payloads of commands go: inline, into the bulk region, or, when they are too large for
 * that, in pieces before the command (inputs) or after it (outputs). See stream.h.
 */
#include "stats.h"
#include "stream_cold.h"

#include <stdlib.h>

#include "base/checked.h"
#include "connection.h"

/* Offsets below are never handed out, so that a place is never one of the small numbers. */
#define BULK_START (XG_PLACE_BULK * XG_PLACE_UNIT)

/* Small enough that several pieces fit into the ring, so that host and guest work at once. */
#define PIECE_SIZE 32768u

static bool has_bulk(struct xg_stream *stream)
{
	struct xg_stream_cold *cold = stream->cold;
	struct xg_bulk *bulk = &cold->bulk;

	if (!bulk->memory && !bulk->is_refused) {
		bulk->memory = cold->connection ? xg_connection_bulk_create(
							  cold->connection, cold->id, &bulk->size)
						: NULL;
		bulk->is_refused = !bulk->memory;
		xg_copier_init(&bulk->copier);
	}
	return bulk->memory != NULL;
}

/* The pending loan becomes one that ends here: the command it was for has been encoded. */
static void settle(struct xg_stream *stream)
{
	struct xg_bulk *bulk = &stream->cold->bulk;
	const struct xg_bulk_loan loan = {.end = bulk->put, .position = xg_stream_position(stream)};

	if (!bulk->is_pending || xg_stream_position(stream) == bulk->mark)
		return;
	bulk->is_pending = false;
	/* With no place left in the list, it is joined with the newest one. */
	if (bulk->count < XG_BULK_LOANS_MAX)
		bulk->count++;
	bulk->loans[(bulk->first + bulk->count - 1) % XG_BULK_LOANS_MAX] = loan;
}

static void free_first(struct xg_bulk *bulk)
{
	bulk->freed = bulk->loans[bulk->first].end;
	bulk->first = (bulk->first + 1) % XG_BULK_LOANS_MAX;
	bulk->count--;
	if (bulk->count == 0 && !bulk->is_pending) {
		bulk->put = 0;
		bulk->freed = 0;
	}
}

static void reclaim(struct xg_stream *stream)
{
	struct xg_bulk *bulk = &stream->cold->bulk;
	uint64_t head;

	xg_stream_publish(stream);
	if (!xg_producer_read_head(&stream->ring, &head))
		return;
	while (bulk->count > 0 && bulk->loans[bulk->first].position <= head)
		free_first(bulk);
}

/* What put becomes if size contiguous bytes are taken now, the skipped ones included. */
static uint64_t put_after(const struct xg_bulk *bulk, uint32_t size)
{
	const uint32_t usable = bulk->size - BULK_START;
	const uint32_t offset = (uint32_t)(bulk->put % usable);
	const uint32_t skip = usable - offset < size ? usable - offset : 0;

	return bulk->put + skip + size;
}

/* The place of size bytes in bulk, or 0 if they do not fit beside the same command's others. */
static uint32_t take_bulk(struct xg_stream *stream, size_t size)
{
	struct xg_stream_cold *cold = stream->cold;
	struct xg_bulk *bulk = &cold->bulk;
	size_t padded;

	if (!has_bulk(stream) || !checked_align(size, XG_PLACE_UNIT, &padded) ||
		padded > bulk->size - BULK_START)
		return 0;

	const uint32_t usable = bulk->size - BULK_START;

	settle(stream);
	reclaim(stream);
	while (put_after(bulk, (uint32_t)padded) - bulk->freed > usable) {
		if (bulk->count == 0)
			return 0;
		if (!xg_stream_wait_head(stream, bulk->loans[bulk->first].position))
			return 0;
		reclaim(stream);
	}
	xg_stats_bulk(size);
	bulk->put = put_after(bulk, (uint32_t)padded);
	bulk->is_pending = true;
	bulk->mark = xg_stream_position(stream);
	return (uint32_t)(BULK_START + (bulk->put - padded) % usable) / XG_PLACE_UNIT;
}

static uint8_t *bulk_at(struct xg_stream *stream, uint32_t place)
{
	return stream->cold->bulk.memory + (size_t)place * XG_PLACE_UNIT;
}

uint32_t xg_stream_borrow(struct xg_stream *stream, size_t size)
{
	const struct xg_stream_cold *cold = stream->cold;

	return cold->is_lost || cold->watch || !cold->has_bands ? 0 : take_bulk(stream, size);
}

uint8_t *xg_stream_borrowed(struct xg_stream *stream, struct xg_data place)
{
	return bulk_at(stream, place.place);
}

static void stage(struct xg_stream *stream, const uint8_t *data, size_t size)
{
	struct xg_bulk *bulk = &stream->cold->bulk;

	settle(stream);
	while (size > 0 && !stream->cold->is_lost) {
		const uint32_t piece = size < PIECE_SIZE ? (uint32_t)size : PIECE_SIZE;
		const struct xg_data place = {.size = piece, .place = XG_PLACE_INLINE};
		const uint32_t record_size =
			(uint32_t)sizeof(struct xg_stage_record) + xg_wire_pad(piece);
		struct xg_stage_record *record = xg_stream_begin(stream, record_size);

		record->record = (struct xg_record){.opcode = XG_OPCODE_STAGE, .size = record_size};
		record->data = place;
		xg_stream_copy((uint8_t *)(record + 1), place, data);
		xg_stream_end(stream, record_size);
		data += piece;
		size -= piece;
	}
	/* What the command has in bulk already is still pending. */
	bulk->mark = xg_stream_position(stream);
}

struct xg_data xg_stream_put_apart(struct xg_stream *stream, const void *data, size_t size)
{
	struct xg_data place = {.size = (uint32_t)size, .place = XG_PLACE_STAGED};

	if (!data || size > UINT32_MAX - XG_RECORD_SIZE_MAX)
		return (struct xg_data){0, XG_PLACE_NULL};
	if (stream->cold->is_lost)
		return place;

	const uint32_t bulk_place = take_bulk(stream, size);

	if (bulk_place != 0) {
		xg_copy_in(&stream->cold->bulk.copier, bulk_at(stream, bulk_place), data, size);
		place.place = bulk_place;
	} else {
		stage(stream, data, size);
	}
	return place;
}

bool xg_stream_can_put(const struct xg_stream *stream, size_t size)
{
	return size <= stream->cold->staged_max && size <= UINT32_MAX - XG_RECORD_SIZE_MAX;
}

struct xg_data xg_stream_want(struct xg_stream *stream, size_t capacity, uint32_t *reply_total)
{
	struct xg_stream_cold *cold = stream->cold;
	const uint32_t room = cold->reply_size - (uint32_t)sizeof(struct xg_reply);

	if (capacity > UINT32_MAX - XG_RECORD_SIZE_MAX)
		return (struct xg_data){0, XG_PLACE_NULL};

	struct xg_data place = {.size = (uint32_t)capacity, .place = XG_PLACE_INLINE};

	if (capacity <= room && xg_wire_pad(place.size) <= room - *reply_total) {
		*reply_total += xg_wire_pad(place.size);
		return place;
	}
	place.place = XG_PLACE_STAGED;
	if (cold->is_lost)
		return place;

	const uint32_t bulk_place = take_bulk(stream, capacity);

	if (bulk_place != 0) {
		cold->wants_bulk = true;
		place.place = bulk_place;
	}
	return place;
}

void xg_stream_patch(struct xg_stream *stream, struct xg_data place, uint32_t reply_total,
	const struct xg_patch *patches, uint32_t count)
{
	struct xg_stream_cold *cold = stream->cold;
	uint8_t *output = NULL;

	if (cold->is_lost)
		return;
	if (place.place == XG_PLACE_INLINE)
		output = cold->reply_area + sizeof(struct xg_reply) + reply_total -
			 xg_wire_pad(place.size);
	else if (place.place >= XG_PLACE_BULK)
		output = bulk_at(stream, place.place);
	for (uint32_t i = 0; output && i < count; i++)
		memcpy(output + patches[i].offset, patches[i].data, patches[i].size);
}

bool xg_stream_keep_reply(struct xg_stream *stream)
{
	struct xg_stream_cold *cold = stream->cold;

	if (cold->is_reply_kept)
		return true;
	if (!cold->kept_reply)
		cold->kept_reply = malloc(cold->reply_size);
	if (!cold->kept_reply)
		return false;
	memcpy(cold->kept_reply, cold->reply_area, cold->reply_size);
	stream->reply_next = cold->kept_reply + (stream->reply_next - cold->reply_area);
	cold->is_reply_kept = true;
	return true;
}

/* One round trip for at most *size bytes of staged output; *size becomes what it brought. */
static bool fetch(struct xg_stream *stream, uint8_t *destination, size_t *size)
{
	struct xg_stream_cold *cold = stream->cold;
	const uint32_t room = cold->reply_size - (uint32_t)sizeof(struct xg_reply);
	const uint32_t usable = has_bulk(stream) ? (cold->bulk.size - BULK_START) / 2 : 0;
	const bool to_bulk = cold->may_fetch_to_bulk && *size > room && usable > room;
	const uint32_t most = to_bulk ? usable : room;
	struct xg_data place = {.place = XG_PLACE_INLINE};
	uint64_t result = 0;

	place.size = *size < most ? (uint32_t)*size : most;
	if (to_bulk)
		place.place = take_bulk(stream, place.size);
	if (place.place == XG_PLACE_NULL)
		return false;

	struct xg_fetch_record *record = xg_stream_begin(stream, sizeof(*record));

	*record = (struct xg_fetch_record){
		.record = {XG_OPCODE_FETCH, XG_RECORD_REPLY, sizeof(*record)},
		.offset = cold->fetched,
		.data = place,
	};
	xg_stream_end(stream, sizeof(*record));
	if (!xg_stream_wait_reply(stream, &result) || result != 1)
		return false;
	memcpy(destination,
		place.place == XG_PLACE_INLINE ? cold->reply_area + sizeof(struct xg_reply)
					       : bulk_at(stream, place.place),
		place.size);
	cold->fetched += place.size;
	*size = place.size;
	return true;
}

static bool take_staged(
	struct xg_stream *stream, struct xg_data place, uint8_t *destination, size_t size)
{
	struct xg_stream_cold *cold = stream->cold;
	const uint64_t end = cold->fetched + place.size;

	if (size > 0 && !xg_stream_keep_reply(stream)) {
		xg_stream_lose(stream);
		return false;
	}
	while (size > 0) {
		size_t got = size;

		if (!fetch(stream, destination, &got)) {
			xg_stream_lose(stream);
			return false;
		}
		destination += got;
		size -= got;
	}
	cold->fetched = end;
	return true;
}

bool xg_stream_take(struct xg_stream *stream, struct xg_data place, void *destination, size_t size)
{
	const size_t wanted = !destination ? 0 : size < place.size ? size : place.size;

	if (place.place == XG_PLACE_STAGED)
		return take_staged(stream, place, destination, wanted);
	if (place.place == XG_PLACE_INLINE) {
		if (wanted > 0)
			memcpy(destination, stream->reply_next, wanted);
		stream->reply_next += xg_wire_pad(place.size);
	} else if (place.place >= XG_PLACE_BULK && wanted > 0) {
		xg_copy_out(destination, bulk_at(stream, place.place), wanted);
	}
	return true;
}

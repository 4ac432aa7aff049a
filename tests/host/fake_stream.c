/* SPDX-License-Identifier: MIT */
/* See fake_stream.h. Of stream.h it has what the replay uses. */
#include "fake_stream.h"

#include <stdlib.h>
#include <string.h>

enum { PIECES_MAX = 16 };

struct fake_record {
	struct fake_record *next;
	size_t size;
	uint64_t bytes[];
};

struct xg_host_stream {
	struct fake_record *first, **last;
	struct fake_record *current;
	uint64_t glance[XG_GLANCE_MAX / sizeof(uint64_t)];
	void *pieces[PIECES_MAX]; /* payloads of the current record */
	int piece_count;
	void *answer;
	uint8_t *bulk;
	uint64_t result;
	bool is_killed;
	int32_t age;
};

struct xg_stream_group {
	int unused;
};

static struct xg_stream_group group;

struct xg_stream_group *xg_stream_group_create(void)
{
	return &group;
}

void xg_stream_group_unref(struct xg_stream_group *unused)
{
}

struct xg_host_stream *xg_fake_stream_create(uint8_t *bulk)
{
	struct xg_host_stream *stream = calloc(1, sizeof(*stream));

	if (!stream)
		abort();
	stream->last = &stream->first;
	stream->bulk = bulk;
	return stream;
}

void xg_fake_stream_put(struct xg_host_stream *stream, const void *record, size_t size)
{
	struct fake_record *copy = malloc(sizeof(*copy) + size);

	if (!copy)
		abort();
	copy->next = NULL;
	copy->size = size;
	memcpy(copy->bytes, record, size);
	*stream->last = copy;
	stream->last = &copy->next;
}

void xg_host_stream_consume(struct xg_host_stream *stream)
{
	free(stream->answer);
	stream->answer = NULL;
	for (int i = 0; i < stream->piece_count; i++) {
		if (i == 0)
			stream->answer = stream->pieces[0];
		else
			free(stream->pieces[i]);
	}
	stream->piece_count = 0;
	free(stream->current);
	stream->current = NULL;
}

void xg_fake_stream_destroy(struct xg_host_stream *stream)
{
	xg_host_stream_consume(stream);
	free(stream->answer);
	while (stream->first) {
		struct fake_record *record = stream->first;

		stream->first = record->next;
		free(record);
	}
	free(stream);
}

uint64_t xg_fake_stream_result(const struct xg_host_stream *stream)
{
	return stream->result;
}

const void *xg_fake_stream_answer(const struct xg_host_stream *stream)
{
	return stream->answer;
}

int32_t xg_fake_stream_age(const struct xg_host_stream *stream)
{
	return stream->age;
}

enum xg_stream_next xg_host_stream_next(struct xg_host_stream *stream, struct xg_record_view *view)
{
	struct fake_record *record = stream->first;

	if (!record)
		return XG_STREAM_CLOSED;
	stream->first = record->next;
	if (!stream->first)
		stream->last = &stream->first;
	stream->current = record;

	const struct xg_record *header = (const struct xg_record *)record->bytes;
	*view = (struct xg_record_view){
		.record = record->bytes,
		.size = (uint32_t)record->size,
		.opcode = header->opcode,
		.wants_reply = header->flags & XG_RECORD_REPLY,
	};
	return XG_STREAM_RECORD;
}

/* Records that are as long as they say are offered on the short way first, as many as fit. */
uint32_t xg_host_stream_glance(struct xg_host_stream *stream, uint32_t most, const void **records)
{
	uint32_t size = 0;

	for (const struct fake_record *record = stream->first; record; record = record->next) {
		struct xg_record header;

		memcpy(&header, record->bytes, sizeof(header));
		if (header.size != record->size || record->size > most - size)
			break;
		memcpy((uint8_t *)stream->glance + size, record->bytes, record->size);
		size += (uint32_t)record->size;
	}
	*records = stream->glance;
	return size;
}

void xg_host_stream_pass(struct xg_host_stream *stream, uint32_t size)
{
	while (size > 0) {
		struct xg_record_view view;

		size -= (uint32_t)stream->first->size;
		xg_host_stream_next(stream, &view);
		xg_host_stream_consume(stream);
	}
}

void xg_host_stream_tell(struct xg_host_stream *stream)
{
	(void)stream;
}

const char *xg_host_stream_rule(const struct xg_host_stream *stream)
{
	return "a payload is not there";
}

static void *add_piece(struct xg_host_stream *stream, size_t size)
{
	if (stream->piece_count == PIECES_MAX)
		abort();
	void *piece = malloc(size ? size : 1);
	if (!piece)
		abort();
	stream->pieces[stream->piece_count++] = piece;
	return piece;
}

const void *xg_host_stream_input(struct xg_host_stream *stream, const struct xg_record_view *view,
	struct xg_data place, uint32_t inline_offset)
{
	const uint8_t *from;

	if (place.place == XG_PLACE_INLINE)
		from = (const uint8_t *)view->record + inline_offset;
	else if (place.place >= XG_PLACE_BULK)
		from = stream->bulk + (size_t)place.place * XG_PLACE_UNIT;
	else
		return NULL;
	return memcpy(add_piece(stream, place.size), from, place.size);
}

void *xg_host_stream_output(struct xg_host_stream *stream, struct xg_data place)
{
	return add_piece(stream, place.size);
}

uint8_t *xg_host_stream_draft(struct xg_host_stream *stream, const void *output, size_t size)
{
	return NULL;
}

void xg_host_stream_fill(struct xg_host_stream *stream, void *output, const void *from, size_t size)
{
	memcpy(output, from, size);
}

void xg_host_stream_reply(struct xg_host_stream *stream, uint64_t result)
{
	stream->result = result;
}

uint32_t xg_host_stream_bulk_size(const struct xg_host_stream *stream)
{
	return XG_FAKE_BULK_SIZE;
}

uint32_t xg_host_stream_id(const struct xg_host_stream *stream)
{
	return 1;
}

void xg_fake_stream_kill(struct xg_host_stream *stream)
{
	stream->is_killed = true;
}

bool xg_host_stream_is_killed(const struct xg_host_stream *stream)
{
	return stream->is_killed;
}

void xg_host_stream_swap_done(
	struct xg_host_stream *stream, uint32_t sequence, uint32_t egl_error, int32_t age)
{
	stream->age = age;
}

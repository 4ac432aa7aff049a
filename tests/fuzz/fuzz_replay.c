/* SPDX-License-Identifier: MIT */
/*
 * Feeds records made from arbitrary bytes through the validator, the thunks and the hand-written
 * replay into the stub driver, which uses every argument to its end.
 *
 * The input is a list of records, each introduced by a byte. Most are described (the command, its
 * arguments, where its payloads lie) and get the sizes that the arguments want, so that they pass
 * the validator and the replay is reached; some are taken as they are, so that the validator is.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "guest.h"
#include "input.h"
#include "xg_tables.h"

enum {
	RECORDS_MAX = 64,
	PAYLOAD_SIZE_MAX = 4096,
	RAW_SIZE_MAX = 512,
	RAW = 0x80,
};

/* A stream hands out no record whose head has another size than it. */
static void put_raw(struct guest *guest, struct input *input)
{
	uint8_t record[RAW_SIZE_MAX];
	const uint32_t size = 8 + take_byte(input) % (RAW_SIZE_MAX / 8 - 1) * 8;

	take(input, record, size);
	memcpy(record + offsetof(struct xg_record, size), &size, sizeof(size));
	xg_fake_stream_put(guest->stream, record, size);
}

static uint64_t count_of(const struct xg_payload_info *info, const uint8_t *command)
{
	int32_t narrow;
	int64_t wide;

	if (info->count_size == 8) {
		memcpy(&wide, command + info->count_offset, sizeof(wide));
	} else {
		memcpy(&narrow, command + info->count_offset, sizeof(narrow));
		wide = info->flags & XG_PAYLOAD_UNSIGNED ? (int64_t)(uint32_t)narrow : narrow;
	}
	return wide > 0 && wide <= PAYLOAD_SIZE_MAX ? (uint64_t)wide : 0;
}

/* The size that a payload should have; now and then another one. */
static uint32_t size_of(const struct xg_payload_info *info, const uint8_t *command,
	struct input *input, uint8_t how)
{
	uint64_t size = 0;
	size_t known;

	switch (info->rule) {
	case XG_RULE_FIXED:
		size = info->factor;
		break;
	case XG_RULE_COUNTED:
	case XG_RULE_TEXT:
		size = count_of(info, command) * (info->factor ? info->factor : 1);
		break;
	case XG_RULE_SIZED:
		if (info->size(command, &known) && known <= PAYLOAD_SIZE_MAX)
			size = known * info->factor;
		break;
	default:
		size = take_byte(input);
		break;
	}
	if (how & 0x40)
		size ^= 8;
	return size <= PAYLOAD_SIZE_MAX ? (uint32_t)size : 0;
}

static void put_described(struct guest *guest, struct input *input)
{
	uint8_t record[256 + XG_PAYLOAD_MAX * PAYLOAD_SIZE_MAX];
	uint16_t opcode;

	take(input, &opcode, sizeof(opcode));
	opcode %= XG_OPCODE_LAST + 1;

	const struct xg_call_info *call = &xg_calls[opcode];
	size_t size = call->name ? call->size : 8;
	if (size > 256)
		abort();
	take(input, record + 8, size - 8);
	for (uint32_t i = 0; i < size / 4; i++) {
		if (call->padding >> i & 1)
			memset(record + (size_t)i * 4, 0, 4);
	}
	for (uint32_t i = 0; i < call->payload_count; i++) {
		const struct xg_payload_info *info = &call->payloads[i];
		const uint8_t how = take_byte(input);
		struct xg_data data = {.size = size_of(info, record, input, how)};
		const uint32_t padded = (data.size + 7) & ~7u;

		if (data.size)
			data.place = how & 0x20 ? XG_PLACE_BULK + how % 8 : XG_PLACE_INLINE;
		memcpy(record + info->offset, &data, sizeof(data));
		if (data.place != XG_PLACE_INLINE || (info->flags & XG_PAYLOAD_OUTPUT))
			continue;
		memset(record + size, 0, padded);
		take(input, record + size, data.size);
		if (info->rule == XG_RULE_STRING)
			record[size + data.size - 1] = '\0';
		size += padded;
	}

	const struct xg_record header = {.opcode = opcode,
		.flags = call->flags & XG_CALL_REPLY ? XG_RECORD_REPLY : 0,
		.size = (uint32_t)size};
	memcpy(record, &header, sizeof(header));
	xg_fake_stream_put(guest->stream, record, size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct guest guest;
	struct input input = {data, size};

	guest_init(&guest);
	guest.host.quota.limit[XG_QUOTA_OBJECTS] = 1000;
	guest.host.quota.limit[XG_QUOTA_CONTEXTS] = 8;
	guest.host.quota.limit[XG_QUOTA_BUFFER_BYTES] = 64 << 20;
	memset(guest.bulk, 'a', sizeof(guest.bulk));
	guest_start(&guest);
	for (int i = 0; i < RECORDS_MAX && input.left; i++) {
		if (take_byte(&input) & RAW)
			put_raw(&guest, &input);
		else
			put_described(&guest, &input);
	}
	guest_run(&guest);
	guest_finish(&guest);
	return 0;
}

/* SPDX-License-Identifier: MIT */
/*
 * Every command once through encoder and validator: what arrives is what was sent, and no record
 * passes whose lengths, padding or flags do not fit. The commands' own part is generated.
 *
 * With a folder as its argument the program writes each command's record there, one file each:
 * seeds for a fuzzer.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "size.h"
#include "validate.h"
#include "xg_encode.h"

#define WIRE_MEMORY (8u << 20)

struct wire {
	struct xg_stream stream;
	uint8_t *memory; /* for payloads, given out from the front */
	size_t memory_used;
	unsigned inputs;
	uint64_t random;
	bool is_large; /* counts are so large that payloads go to the bulk region */
	const char *command;
	struct xg_validated validated;
};

#define wire_expect(w, condition)                                                                  \
	do {                                                                                       \
		if (!(condition))                                                                  \
			fail_msg("%s: %s", (w)->command, #condition);                              \
	} while (0)

static struct xg_stream *wire_stream(struct wire *w)
{
	return &w->stream;
}

static uint64_t wire_random(struct wire *w)
{
	w->random = w->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return w->random >> 32 ^ w->random << 17;
}

static int32_t wire_side(struct wire *w)
{
	return 1 + (int32_t)(wire_random(w) % 9);
}

static int32_t wire_count(struct wire *w)
{
	return w->is_large ? 4991 + wire_side(w) : wire_side(w);
}

static size_t wire_string_size(struct wire *w)
{
	return (w->is_large ? XG_INLINE_MAX : 0) + (size_t)wire_side(w) + 1;
}

static uint8_t *wire_take_memory(struct wire *w, size_t size)
{
	uint8_t *memory = w->memory + w->memory_used;

	w->memory_used += size + 1;
	assert_true(w->memory_used <= WIRE_MEMORY);
	return memory;
}

static const void *wire_input(struct wire *w, size_t size)
{
	uint8_t *memory = wire_take_memory(w, size);

	for (size_t i = 0; i < size; i++)
		memory[i] = wire_pattern(w->inputs, i);
	w->inputs++;
	memory[size] = 0;
	return memory;
}

static const void *wire_string(struct wire *w, size_t size)
{
	char *text = (char *)wire_input(w, size);

	text[size - 1] = 0;
	return text;
}

static void *wire_output(struct wire *w, size_t size)
{
	return memset(wire_take_memory(w, size), 0xee, size + 1);
}

static const void *wire_record(struct wire *w, uint16_t opcode)
{
	const struct xg_record *record = (const struct xg_record *)w->stream.record;
	const char *rule = "";

	wire_expect(w, w->stream.records == 1);
	wire_expect(w, record->opcode == opcode);
	if (!xg_validate(record, w->stream.record_size, WIRE_BULK_SIZE, &w->validated, &rule))
		fail_msg("%s: refused: %s", w->command, rule);
	wire_expect(w, w->validated.opcode == opcode);
	return record;
}

static const uint8_t *payload_octets(const struct wire *w, unsigned index)
{
	const struct xg_validated_payload *payload = &w->validated.payloads[index];

	if (payload->data.place == XG_PLACE_INLINE)
		return w->stream.record + payload->inline_offset;
	return w->stream.bulk + (size_t)payload->data.place * XG_PLACE_UNIT;
}

static void wire_check_input(struct wire *w, unsigned index, const void *sent, size_t size)
{
	wire_expect(w, w->validated.payloads[index].data.size == size);
	wire_expect(w, memcmp(payload_octets(w, index), sent, size) == 0);
}

/* The record has a zero there, and with anything else it is refused. */
static void wire_check_padding(struct wire *w, size_t offset)
{
	struct xg_validated validated;
	const char *rule = "";
	uint32_t *word = (uint32_t *)(w->stream.record + offset);

	wire_expect(w, *word == 0);
	*word = 1;
	wire_expect(w, !xg_validate(w->stream.record, w->stream.record_size, WIRE_BULK_SIZE,
			       &validated, &rule));
	*word = 0;
}

static void wire_check_output(struct wire *w, unsigned index, const void *received, size_t size)
{
	const uint8_t *octets = received;
	unsigned output = 0;

	for (unsigned i = 0; i < index; i++)
		output += w->validated.call->payloads[i].flags & XG_PAYLOAD_OUTPUT ? 1 : 0;
	wire_expect(w, w->stream.calls == 1);
	wire_expect(w, w->validated.payloads[index].data.size == size);
	for (size_t i = 0; i < size; i++)
		wire_expect(w, octets[i] == wire_pattern(output, i));
	wire_expect(w, octets[size] == 0xee);
}

/* What a command's numbers say of a payload: a double keeps a product exactly as long as it is one
 * that fits anywhere. */
#define WIRE_ANY (-1.0)

static double wire_exact(double count, double each)
{
	return count > 0 ? count * each : 0;
}

#define wire_values(function, ...)                                                                 \
	({                                                                                         \
		size_t values_ = 0;                                                                \
		function(__VA_ARGS__, &values_);                                                   \
		(double)values_;                                                                   \
	})

static double wire_exact_image(
	uint32_t format, uint32_t type, int32_t width, int32_t height, int32_t depth)
{
	const double texel = wire_values(xg_size_image, format, type, 1, 1, 1);

	return wire_exact(width, wire_exact(height, wire_exact(depth, texel)));
}

static double wire_exact_indices(int32_t count, uint32_t type)
{
	return wire_exact(count, wire_values(xg_size_indices, 1, type));
}

#define WIRE_NUMBERS_MAX 20

struct wire_command {
	const char *name;
	uint16_t opcode;
	void (*run)(struct wire *wire);
	void (*exact)(const void *record, double *octets); /* of each payload; NULL without any */
	struct wire_number {
		uint16_t offset, size; /* 4 or 8 octets */
	} numbers[WIRE_NUMBERS_MAX];   /* integers among the arguments */
};

#include "xg_roundtrip.h"

#define COMMANDS (sizeof(roundtrips) / sizeof(roundtrips[0]))

static struct wire *wire_create(void)
{
	struct wire *w = calloc(1, sizeof(*w));

	assert_non_null(w);
	w->memory = malloc(WIRE_MEMORY);
	assert_non_null(w->memory);
	return w;
}

static void wire_destroy(struct wire *w)
{
	free(w->memory);
	free(w);
}

static void run(struct wire *w, size_t command, bool is_large)
{
	w->command = roundtrips[command].name;
	w->is_large = is_large;
	w->memory_used = 0;
	w->inputs = 0;
	w->stream.records = w->stream.calls = 0;
	w->stream.bulk_used = 0;
	roundtrips[command].run(w);
}

static void every_command_arrives_as_it_was_sent(void **state)
{
	struct wire *w = wire_create();

	for (size_t i = 0; i < 50 * COMMANDS; i++)
		run(w, i % COMMANDS, false);
	wire_destroy(w);
}

static void every_command_arrives_with_large_payloads(void **state)
{
	struct wire *w = wire_create();

	for (size_t i = 0; i < COMMANDS; i++)
		run(w, i, true);
	wire_destroy(w);
}

static bool passes(const struct wire *w, const void *record, size_t size)
{
	struct xg_validated validated;
	const char *rule = NULL;
	const bool passed = xg_validate(record, size, WIRE_BULK_SIZE, &validated, &rule);

	if (!passed)
		wire_expect(w, rule && rule[0]);
	return passed;
}

/* A copy of the last record, to be broken. */
static struct xg_record *copy_record(const struct wire *w)
{
	struct xg_record *copy = calloc(1, XG_RECORD_SIZE_MAX + 64);

	assert_non_null(copy);
	memcpy(copy, w->stream.record, w->stream.record_size);
	return copy;
}

/* A payload of a record that may be broken: info is its descriptor, data where the record has it.
 */
struct payload {
	const struct wire *wire;
	const struct xg_payload_info *info;
	struct xg_record *record;
	struct xg_data *data;
};

/* Calls check with each payload of each command, and a new copy of its record. */
static void for_each_payload(bool is_large, void (*check)(struct payload *payload))
{
	struct wire *w = wire_create();

	for (size_t i = 0; i < COMMANDS; i++) {
		run(w, i, is_large);
		for (uint8_t p = 0; p < w->validated.call->payload_count; p++) {
			struct payload payload = {
				.wire = w,
				.info = &w->validated.call->payloads[p],
				.record = copy_record(w),
			};

			payload.data = (void *)((uint8_t *)payload.record + payload.info->offset);
			check(&payload);
			free(payload.record);
		}
	}
	wire_destroy(w);
}

static bool payload_passes(const struct payload *p)
{
	return passes(p->wire, p->record, p->wire->stream.record_size);
}

static void expect_size_refused(struct payload *p, uint32_t size)
{
	p->data->size = size;
	if (payload_passes(p))
		fail_msg("%s: %s of %u octets passed", p->wire->command, p->info->name, size);
}

static void check_lengths(struct payload *p)
{
	const uint32_t size = p->data->size;

	if (p->info->rule != XG_RULE_ARGUMENT)
		expect_size_refused(p, size - 1);
	if (p->info->flags & XG_PAYLOAD_OUTPUT)
		return;
	expect_size_refused(p, size + 8);
	expect_size_refused(p, UINT32_MAX);
	if (p->info->rule != XG_RULE_ARGUMENT)
		expect_size_refused(p, size + 1);
}

static void a_payload_of_a_wrong_length_is_refused(void **state)
{
	for_each_payload(false, check_lengths);
}

static void check_places(struct payload *p)
{
	const bool is_in_bulk = p->data->place >= XG_PLACE_BULK;
	static const uint32_t places[] = {
		WIRE_BULK_SIZE / XG_PLACE_UNIT, UINT32_MAX, XG_PLACE_STAGED + 1, XG_PLACE_BULK - 1};
	const uint32_t units = (p->data->size + XG_PLACE_UNIT - 1) / XG_PLACE_UNIT;
	const uint32_t last = WIRE_BULK_SIZE / XG_PLACE_UNIT - units;

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		p->data->place = places[i];
		wire_expect(p->wire, !payload_passes(p));
	}
	if (!p->data->size || !is_in_bulk)
		return;
	p->data->place = last;
	wire_expect(p->wire, payload_passes(p));
	p->data->place = last + 1;
	wire_expect(p->wire, !payload_passes(p));
}

static void a_payload_outside_the_bulk_region_is_refused(void **state)
{
	for_each_payload(true, check_places);
}

static void check_tail(struct payload *p)
{
	const uint8_t index = (uint8_t)(p->info - p->wire->validated.call->payloads);
	uint8_t *octets = (uint8_t *)p->record + p->wire->validated.payloads[index].inline_offset;

	if (p->info->flags & XG_PAYLOAD_OUTPUT || p->data->place != XG_PLACE_INLINE)
		return;
	for (uint32_t at = p->data->size; at < xg_wire_pad(p->data->size); at++) {
		octets[at] = 1;
		wire_expect(p->wire, !payload_passes(p));
		octets[at] = 0;
	}
}

static void octets_between_payloads_are_refused(void **state)
{
	for_each_payload(false, check_tail);
}

static void check_null(struct payload *p)
{
	if (p->data->place < XG_PLACE_BULK || p->info->rule == XG_RULE_ARGUMENT)
		return;
	*p->data = (struct xg_data){0, XG_PLACE_NULL};
	wire_expect(p->wire, payload_passes(p) == !!(p->info->flags & XG_PAYLOAD_NULLABLE));
}

static void null_passes_only_where_it_may(void **state)
{
	for_each_payload(true, check_null);
}

static void a_record_that_is_cut_off_or_too_long_is_refused(void **state)
{
	struct wire *w = wire_create();

	for (size_t i = 0; i < 2 * COMMANDS; i++) {
		run(w, i / 2, i % 2);
		struct xg_record *copy = copy_record(w);

		for (uint32_t size = 0; size < w->stream.record_size; size += 8) {
			copy->size = size;
			wire_expect(w, !passes(w, copy, size));
		}
		copy->size = w->stream.record_size + 8;
		wire_expect(w, !passes(w, copy, w->stream.record_size));
		wire_expect(w, !passes(w, copy, copy->size));
		free(copy);
	}
	wire_destroy(w);
}

static void wrong_flags_are_refused(void **state)
{
	struct wire *w = wire_create();

	for (size_t i = 0; i < COMMANDS; i++) {
		run(w, i, false);
		struct xg_record *copy = copy_record(w);

		copy->flags ^= XG_RECORD_REPLY;
		wire_expect(w, !passes(w, copy, w->stream.record_size));
		copy->flags ^= XG_RECORD_REPLY | 0x8000;
		wire_expect(w, !passes(w, copy, w->stream.record_size));
		copy->flags ^= 0x8000;
		wire_expect(w, passes(w, copy, w->stream.record_size));
		free(copy);
	}
	wire_destroy(w);
}

static uint32_t draw(uint32_t *seed, uint32_t limit)
{
	return ((*seed = *seed * 1664525 + 1013904223) >> 8) % limit;
}

/* A limit, or what is the same number where a part of its bits is lost. */
static uint64_t wild_number(uint32_t *seed, uint64_t number)
{
	static const uint64_t limits[] = {0, 1, INT32_MAX, 0x80000000, UINT32_MAX, 0x10000,
		0x400000, INT64_MAX, (uint64_t)INT64_MIN, UINT64_MAX};

	if (draw(seed, 2))
		return number + (UINT64_C(1) << draw(seed, 64));
	return limits[draw(seed, sizeof(limits) / sizeof(limits[0]))];
}

/* Spoils some numbers that follow each other: half of the time all in the same way. */
static void make_wild(const struct wire_command *command, struct xg_record *record, uint32_t *seed)
{
	const uint32_t first = draw(seed, WIRE_NUMBERS_MAX / 2), count = 1 + draw(seed, 4);
	const bool is_same = draw(seed, 2);
	const uint32_t first_seed = *seed;

	for (unsigned i = 0; command->numbers[i].size; i++) {
		uint8_t *at = (uint8_t *)record + command->numbers[i].offset;
		uint32_t again = first_seed;
		uint64_t number = 0;

		if (i < first || i >= first + count)
			continue;
		memcpy(&number, at, command->numbers[i].size);
		number = wild_number(is_same ? &again : seed, number);
		memcpy(at, &number, command->numbers[i].size);
	}
}

/* The record's head and arguments as they were, and no octet in any of its payloads. */
static void make_empty(const struct xg_call_info *call, struct xg_record *record)
{
	const struct xg_data empty = {0, XG_PLACE_INLINE};

	for (uint8_t i = 0; i < call->payload_count; i++)
		memcpy((uint8_t *)record + call->payloads[i].offset, &empty, sizeof(empty));
	record->size = call->size;
}

/* A record passed: each of its payloads is as long as its numbers say, and lies where it may. */
static void expect_exact(
	struct wire *w, const struct wire_command *command, const struct xg_record *record)
{
	double wanted[XG_PAYLOAD_MAX];

	if (command->exact)
		command->exact(record, wanted);
	for (uint8_t i = 0; i < w->validated.call->payload_count; i++) {
		const struct xg_payload_info *info = &w->validated.call->payloads[i];
		const struct xg_data data = w->validated.payloads[i].data;
		const bool is_output = info->flags & XG_PAYLOAD_OUTPUT;

		if (data.place == XG_PLACE_NULL)
			wire_expect(w, info->flags & XG_PAYLOAD_NULLABLE || wanted[i] <= 0);
		else if (wanted[i] != WIRE_ANY)
			wire_expect(w, is_output ? data.size >= wanted[i] : data.size == wanted[i]);
		if (data.place == XG_PLACE_INLINE && !is_output)
			wire_expect(w, w->validated.payloads[i].inline_offset + (double)data.size <=
					       record->size);
		if (data.place >= XG_PLACE_BULK)
			wire_expect(w,
				data.place * (double)XG_PLACE_UNIT + data.size <= WIRE_BULK_SIZE);
	}
}

static void wild_numbers_never_pass_with_a_payload_of_another_length(void **state)
{
	struct wire *w = wire_create();
	uint32_t seed = 1;

	for (size_t i = 0; i < 2 * COMMANDS; i++) {
		const struct wire_command *command = &roundtrips[i / 2];
		const char *rule;

		run(w, i / 2, i % 2);
		for (int round = 0; round < 2000; round++) {
			_Alignas(8) uint8_t copy[XG_RECORD_SIZE_MAX];
			struct xg_record *record =
				memcpy(copy, w->stream.record, w->stream.record_size);

			if (round % 3 == 0)
				make_empty(&xg_calls[command->opcode], record);
			make_wild(command, record, &seed);
			if (xg_validate(record, record->size, WIRE_BULK_SIZE, &w->validated, &rule))
				expect_exact(w, command, record);
		}
	}
	wire_destroy(w);
}

static void unknown_opcodes_are_refused(void **state)
{
	struct wire *w = wire_create();
	_Alignas(8) struct xg_record record = {.size = sizeof(record)};

	w->command = "unknown";
	for (uint32_t opcode = 0; opcode <= UINT16_MAX; opcode++) {
		record.opcode = (uint16_t)opcode;
		if (opcode > XG_OPCODE_LAST || !xg_calls[opcode].name)
			wire_expect(w, !passes(w, &record, sizeof(record)));
	}
	wire_destroy(w);
}

static void expect_out_of_memory(struct wire *w)
{
	const struct xg_cmd_xgError *error = wire_record(w, XG_OP_xgError);

	wire_expect(w, error->error == GL_OUT_OF_MEMORY);
	w->stream.records = 0;
}

/* On a 32-bit processor a size_t would hold a part of it, and the host would miss the rest. */
static void what_is_more_than_a_size_holds_is_out_of_memory(void **state)
{
	struct wire *w = wire_create();
	struct xg_stream *stream = wire_stream(w);
	const void *data = w->memory;

	w->command = "2^32 octets and some";
	xg_encode_glUniform4fv(stream, 0, (1 << 28) + 1, data);
	expect_out_of_memory(w);
	xg_encode_xgDrawElementsData(stream, GL_POINTS, (1 << 30) + 1, GL_UNSIGNED_INT, data, 0);
	expect_out_of_memory(w);
	xg_encode_glTexImage2D(stream, GL_TEXTURE_2D, 0, GL_RGBA, (1 << 15) + 1, 1 << 15, 0,
		GL_RGBA, GL_UNSIGNED_BYTE, data);
	expect_out_of_memory(w);
	wire_destroy(w);
}

static int write_seeds(const char *folder)
{
	struct wire *w = wire_create();
	int status = EXIT_SUCCESS;

	for (size_t i = 0; i < COMMANDS && status == EXIT_SUCCESS; i++) {
		char path[4096];

		run(w, i, false);
		snprintf(path, sizeof(path), "%s/%s", folder, roundtrips[i].name);
		FILE *file = fopen(path, "wb");
		if (!file || fwrite(w->stream.record, w->stream.record_size, 1, file) != 1)
			status = EXIT_FAILURE;
		if (file && fclose(file) != 0)
			status = EXIT_FAILURE;
		if (status != EXIT_SUCCESS)
			perror(path);
	}
	wire_destroy(w);
	return status;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_command_arrives_as_it_was_sent),
		cmocka_unit_test(every_command_arrives_with_large_payloads),
		cmocka_unit_test(a_payload_of_a_wrong_length_is_refused),
		cmocka_unit_test(a_payload_outside_the_bulk_region_is_refused),
		cmocka_unit_test(octets_between_payloads_are_refused),
		cmocka_unit_test(null_passes_only_where_it_may),
		cmocka_unit_test(a_record_that_is_cut_off_or_too_long_is_refused),
		cmocka_unit_test(wrong_flags_are_refused),
		cmocka_unit_test(wild_numbers_never_pass_with_a_payload_of_another_length),
		cmocka_unit_test(unknown_opcodes_are_refused),
		cmocka_unit_test(what_is_more_than_a_size_holds_is_out_of_memory),
	};

	if (argc > 1)
		return write_seeds(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

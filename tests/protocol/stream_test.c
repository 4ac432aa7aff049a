/* SPDX-License-Identifier: MIT */
/*
 * A stream's two ends against each other: what the guest encodes, the host gets, in order and to
 * the byte, and answers come back. The host's end runs in a thread that plays a made-up set of
 * commands.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <pthread.h>
#include <sched.h>

#include "pair.h"

enum {
	OP_COUNT = 1,	/* argument 0 is checked to be one more than the last time */
	OP_ADD = 2,	/* reply: the sum of arguments 0 and 1 */
	OP_SUM = 3,	/* reply: the sum of the bytes of the inputs */
	OP_PATTERN = 4, /* reply: fills the outputs */
	OP_SWAP = 5,	/* argument 0: sequence, argument 1: error, argument 2: age */
	OP_STOP = 6,	/* the replay ends as if the host had failed */
	OP_CHECK = 7,	/* argument 0: the seed of the pattern in the input, argument 1 */
};

struct host {
	struct pair *pair;
	pthread_t thread;
	uint64_t counted;
	bool in_order;
	enum xg_stream_next end;
};

static uint64_t sum_bytes(const uint8_t *bytes, size_t size)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < size; i++)
		sum = sum * 31 + bytes[i];
	return sum;
}

static void fill_pattern(uint8_t *bytes, size_t size, uint32_t seed)
{
	for (size_t i = 0; i < size; i++)
		bytes[i] = (uint8_t)(seed + i * 7 + (i >> 8));
}

/* The arguments are count and so many struct xg_data. */
static uint64_t sum_inputs(struct xg_host_stream *stream, const struct xg_record_view *view)
{
	const struct fake_command *command = view->record;
	const uint64_t count = command->arguments[0];
	uint32_t offset = (uint32_t)(sizeof(*command) + 8 * (1 + count));
	uint64_t sum = 0;

	for (uint64_t i = 0; i < count; i++) {
		struct xg_data place;

		memcpy(&place, &command->arguments[1 + i], sizeof(place));

		const uint8_t *bytes = xg_host_stream_input(stream, view, place, offset);

		assert_null(xg_host_stream_rule(stream));
		if (place.place == XG_PLACE_INLINE)
			offset += xg_wire_pad(place.size);
		if (bytes)
			sum += sum_bytes(bytes, place.size);
	}
	assert_int_equal(offset, view->size);
	return sum;
}

static void fill_outputs(struct xg_host_stream *stream, const struct fake_command *command)
{
	for (uint64_t i = 0; i < command->arguments[0]; i++) {
		struct xg_data place;

		memcpy(&place, &command->arguments[1 + i], sizeof(place));

		uint8_t *bytes = xg_host_stream_output(stream, place);

		assert_null(xg_host_stream_rule(stream));
		if (bytes)
			fill_pattern(bytes, place.size, (uint32_t)i);
	}
}

static bool has_pattern(struct xg_host_stream *stream, const struct xg_record_view *view)
{
	const struct fake_command *command = view->record;
	struct xg_data place;

	memcpy(&place, &command->arguments[1], sizeof(place));

	const uint8_t *bytes = xg_host_stream_input(stream, view, place, 24);
	uint8_t *expected = malloc(place.size);

	fill_pattern(expected, place.size, (uint32_t)command->arguments[0]);

	const bool same = bytes && memcmp(bytes, expected, place.size) == 0;

	free(expected);
	return same;
}

static bool replay(struct host *host, const struct xg_record_view *view)
{
	struct xg_host_stream *stream = host->pair->host;
	const struct fake_command *command = view->record;

	switch (view->opcode) {
	case OP_COUNT:
		host->in_order &= command->arguments[0] == ++host->counted;
		break;
	case OP_ADD:
		xg_host_stream_reply(stream, command->arguments[0] + command->arguments[1]);
		break;
	case OP_SUM:
		xg_host_stream_reply(stream, sum_inputs(stream, view));
		break;
	case OP_PATTERN:
		fill_outputs(stream, command);
		xg_host_stream_reply(stream, 1);
		break;
	case OP_CHECK:
		host->in_order &= has_pattern(stream, view);
		host->counted++;
		break;
	case OP_SWAP:
		xg_host_stream_swap_done(stream, (uint32_t)command->arguments[0],
			(uint32_t)command->arguments[1], (int32_t)command->arguments[2]);
		break;
	default:
		return false;
	}
	xg_host_stream_consume(stream);
	return true;
}

/* The short way. False: there is nothing to count at the ring's head. */
static bool count_at_a_glance(struct host *host)
{
	const void *records;
	uint32_t size = xg_host_stream_glance(host->pair->host, XG_GLANCE_MAX, &records), at = 0;

	for (const uint64_t *word = records; size - at >= 16; word += 2, at += 16) {
		if (word[0] != (OP_COUNT | UINT64_C(16) << 32))
			break;
		host->in_order &= word[1] == ++host->counted;
	}
	return at > 0 && (xg_host_stream_pass(host->pair->host, at), true);
}

static void *run_host(void *argument)
{
	struct host *host = argument;
	struct xg_record_view view;

	for (;;) {
		if (count_at_a_glance(host))
			continue;
		host->end = xg_host_stream_next(host->pair->host, &view);
		if (host->end != XG_STREAM_RECORD)
			break;
		if (!replay(host, &view)) {
			xg_host_stream_consume(host->pair->host);
			break;
		}
	}
	if (host->end != XG_STREAM_CLOSED)
		xg_host_stream_mark_lost(host->pair->host);
	return NULL;
}

static void start_host(struct host *host, struct pair *pair)
{
	*host = (struct host){.pair = pair, .in_order = true};
	assert_int_equal(pthread_create(&host->thread, NULL, run_host, host), 0);
}

static void stop_host(struct host *host)
{
	xg_host_stream_close(host->pair->host);
	pthread_join(host->thread, NULL);
}

static void send_fake(
	struct xg_stream *stream, uint16_t opcode, uint16_t flags, uint32_t count, ...)
{
	const uint32_t size = (uint32_t)sizeof(struct fake_command) + 8 * count;
	struct fake_command *command = xg_stream_begin(stream, size);
	va_list args;

	command->record = (struct xg_record){opcode, flags, size};
	va_start(args, count);
	for (uint32_t i = 0; i < count; i++)
		command->arguments[i] = va_arg(args, uint64_t);
	va_end(args);
	xg_stream_end(stream, size);
}

struct fixture {
	struct xg_stream_group *group;
	struct pair pair;
	struct host host;
};

static int set_up_with(void **state, bool has_bulk)
{
	struct fixture *f = calloc(1, sizeof(*f));

	memset(&pair_positions, 0, sizeof(pair_positions));
	f->group = xg_stream_group_create();
	pair_init(&f->pair, f->group, 1, has_bulk);
	start_host(&f->host, &f->pair);
	*state = f;
	return 0;
}

static int set_up(void **state)
{
	return set_up_with(state, true);
}

static int set_up_without_bulk(void **state)
{
	return set_up_with(state, false);
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	stop_host(&f->host);
	pair_finish(&f->pair);
	xg_stream_group_unref(f->group);
	free(f);
	return 0;
}

static void records_arrive_in_order(void **state)
{
	struct fixture *f = *state;
	uint32_t seed = 1;

	for (uint64_t i = 1; i <= 200000; i++) {
		/* Sizes of all kinds, so that the ring wraps with every amount of padding. */
		seed = seed * 1103515245u + 12345u;
		uint32_t size = 16 + (i % 97 == 0 ? seed % 65521u : seed % 200u);
		size &= ~7u;
		struct fake_command *command = xg_stream_begin(f->pair.guest, size);

		command->record = (struct xg_record){OP_COUNT, 0, size};
		command->arguments[0] = i;
		xg_stream_end(f->pair.guest, size);
	}

	uint64_t sum = 0;

	send_fake(f->pair.guest, OP_ADD, XG_RECORD_REPLY, 2, (uint64_t)40, (uint64_t)2);
	assert_true(xg_stream_call(f->pair.guest, &sum));
	assert_int_equal(sum, 42);
	assert_int_equal(f->host.counted, 200000);
	assert_true(f->host.in_order);
}

static void calls_bring_results(void **state)
{
	struct fixture *f = *state;

	for (uint64_t i = 0; i < 2000; i++) {
		uint64_t sum = 0;

		send_fake(f->pair.guest, OP_ADD, XG_RECORD_REPLY, 2, i << 33, (uint64_t)1);
		assert_true(xg_stream_call(f->pair.guest, &sum));
		assert_int_equal(sum, (i << 33) + 1);
	}
}

/* Encodes OP_SUM with the given inputs, as a generated encoder would. */
static uint64_t send_inputs(
	struct xg_stream *stream, uint32_t count, uint8_t *const *inputs, const size_t *sizes)
{
	struct xg_data places[8];
	uint32_t inline_total = 0;
	uint64_t result = 0;

	for (uint32_t i = 0; i < count; i++)
		places[i] = xg_stream_put(stream, inputs[i], sizes[i], &inline_total);

	const uint32_t fixed = (uint32_t)sizeof(struct fake_command) + 8 * (1 + count);
	struct fake_command *command = xg_stream_begin(stream, fixed + inline_total);
	uint8_t *at = (uint8_t *)command + fixed;

	command->record = (struct xg_record){OP_SUM, XG_RECORD_REPLY, fixed + inline_total};
	command->arguments[0] = count;
	memcpy(&command->arguments[1], places, 8 * count);
	for (uint32_t i = 0; i < count; i++)
		at = xg_stream_copy(at, places[i], inputs[i]);
	xg_stream_end(stream, fixed + inline_total);
	assert_true(xg_stream_call(stream, &result));
	return result;
}

static void inputs_of_every_size_arrive(void **state)
{
	static const size_t sizes[][4] = {
		{0, 1, 7, 8},
		{16384, 16384, 16384, 12288},
		{16384, 16384, 16384, 16384},
		{16385, 3, 100000, 1},
		{1 << 20, 1 << 20, 1 << 20, 5},
		{3 << 20, 3 << 20, 3, 3 << 20},
		{(4 << 20) - 4096, 9, 9, 9},
		{(4 << 20) - 4095, 9, 70000, 9},
		{9 << 20, 1 << 20, 3 << 20, 2 << 20},
	};
	struct fixture *f = *state;
	uint8_t *inputs[4];

	for (int i = 0; i < 4; i++) {
		inputs[i] = malloc(9 << 20);
		fill_pattern(inputs[i], 9 << 20, (uint32_t)i * 13);
	}
	for (int round = 0; round < 3; round++) {
		for (size_t row = 0; row < sizeof(sizes) / sizeof(sizes[0]); row++) {
			uint64_t sum = 0;

			for (int i = 0; i < 4; i++)
				sum += sum_bytes(inputs[i], sizes[row][i]);
			assert_int_equal(send_inputs(f->pair.guest, 4, inputs, sizes[row]), sum);
		}
	}
	for (int i = 0; i < 4; i++)
		free(inputs[i]);
}

/* Nothing is awaited, so the guest runs ahead of the host as far as the ring and bulk let it. */
static void inputs_stay_until_they_are_replayed(void **state)
{
	static const size_t sizes[] = {70000, 100, 1 << 20, 17000, 3 << 20, 40000, 5 << 20, 16385};
	struct fixture *f = *state;
	uint8_t *bytes = malloc(6 << 20);

	for (uint32_t i = 0; i < 400; i++) {
		const size_t size = sizes[i % 8] + i;
		uint32_t inline_total = 0;

		fill_pattern(bytes, size, i);

		const struct xg_data place =
			xg_stream_put(f->pair.guest, bytes, size, &inline_total);
		const uint32_t record_size = 24 + inline_total;
		struct fake_command *command = xg_stream_begin(f->pair.guest, record_size);

		command->record = (struct xg_record){OP_CHECK, 0, record_size};
		command->arguments[0] = i;
		memcpy(&command->arguments[1], &place, sizeof(place));
		xg_stream_copy((uint8_t *)command + 24, place, bytes);
		xg_stream_end(f->pair.guest, record_size);
	}
	xg_stream_drain(f->pair.guest);
	assert_int_equal(f->host.counted, 400);
	assert_true(f->host.in_order);
	free(bytes);
}

static void missing_inputs_arrive_as_none(void **state)
{
	struct fixture *f = *state;
	uint8_t *inputs[2] = {NULL, (uint8_t *)"abc"};
	const size_t sizes[2] = {77, 3};

	assert_int_equal(send_inputs(f->pair.guest, 2, inputs, sizes), sum_bytes(inputs[1], 3));
}

static void check_outputs(struct xg_stream *stream, uint32_t count, const size_t *sizes)
{
	struct xg_data places[8];
	uint32_t reply_total = 0;
	uint64_t result;

	for (uint32_t i = 0; i < count; i++)
		places[i] = xg_stream_want(stream, sizes[i], &reply_total);

	const uint32_t size = (uint32_t)sizeof(struct fake_command) + 8 * (1 + count);
	struct fake_command *command = xg_stream_begin(stream, size);

	command->record = (struct xg_record){OP_PATTERN, XG_RECORD_REPLY, size};
	command->arguments[0] = count;
	memcpy(&command->arguments[1], places, 8 * count);
	xg_stream_end(stream, size);
	assert_true(xg_stream_call(stream, &result));
	for (uint32_t i = 0; i < count; i++) {
		uint8_t *expected = malloc(sizes[i] + 1);
		uint8_t *got = calloc(1, sizes[i] + 1);

		fill_pattern(expected, sizes[i], i);
		expected[sizes[i]] = 0;
		assert_true(xg_stream_take(stream, places[i], got, sizes[i] + 99));
		assert_memory_equal(expected, got, sizes[i] + 1);
		free(expected);
		free(got);
	}
}

static void outputs_of_every_size_come_back(void **state)
{
	static const size_t sizes[][4] = {
		{1, 0, 9, 8},
		{65520, 8, 8, 8},
		{8, 100000, 8, 65504},
		{2 << 20, 1 << 20, 5, 6},
		{3 << 20, 3 << 20, 5, 3 << 20},
		{7, 6 << 20, 9, 0},
		{6 << 20, 1 << 20, 2 << 20, 5},
	};
	struct fixture *f = *state;

	for (int round = 0; round < 3; round++) {
		for (size_t row = 0; row < sizeof(sizes) / sizeof(sizes[0]); row++)
			check_outputs(f->pair.guest, 4, sizes[row]);
	}
}

static void an_output_that_is_passed_over_does_not_shift_the_next(void **state)
{
	struct fixture *f = *state;
	struct xg_data places[3];
	uint32_t reply_total = 0;
	uint8_t got[5], expected[5];

	places[0] = xg_stream_want(f->pair.guest, 13, &reply_total);
	places[1] = (struct xg_data){6 << 20, XG_PLACE_STAGED};
	places[2] = xg_stream_want(f->pair.guest, 5, &reply_total);

	const uint64_t *words = (const uint64_t *)(const void *)places;

	send_fake(f->pair.guest, OP_PATTERN, XG_RECORD_REPLY, 4, (uint64_t)3, words[0], words[1],
		words[2]);
	assert_true(xg_stream_call(f->pair.guest, NULL));
	assert_true(xg_stream_take(f->pair.guest, places[0], NULL, 13));
	assert_true(xg_stream_take(f->pair.guest, places[1], NULL, 0));
	assert_true(xg_stream_take(f->pair.guest, places[2], got, sizeof(got)));
	fill_pattern(expected, sizeof(expected), 2);
	assert_memory_equal(got, expected, sizeof(got));
}

static void swaps_are_awaited_and_their_errors_taken_once(void **state)
{
	struct fixture *f = *state;

	for (uint64_t i = 1; i <= 100; i++) {
		send_fake(f->pair.guest, OP_SWAP, 0, 3, i, (uint64_t)(i == 50 ? 0x300d : 0),
			i % 3 - 1);
		assert_true(xg_stream_wait_swaps(f->pair.guest, (uint32_t)i));
		assert_int_equal(xg_stream_swap_age(f->pair.guest, (uint32_t)i), (int)(i % 3) - 1);
		/* What was told of another swap is not taken for this one's. */
		assert_int_equal(xg_stream_swap_age(f->pair.guest, (uint32_t)i + XG_SWAP_AGES), -1);
		assert_int_equal(xg_stream_take_swap_error(f->pair.guest), i == 50 ? 0x300d : 0);
	}
}

static void a_lost_stream_swallows_commands(void **state)
{
	struct fixture *f = *state;
	uint64_t result = 77;
	uint8_t byte = 9;
	uint8_t *big = calloc(1, 6 << 20);
	uint32_t total = 0;

	send_fake(f->pair.guest, OP_STOP, 0, 0);
	send_fake(f->pair.guest, OP_ADD, XG_RECORD_REPLY, 2, (uint64_t)1, (uint64_t)1);
	assert_false(xg_stream_call(f->pair.guest, &result));
	assert_true(xg_stream_is_lost(f->pair.guest));
	assert_int_equal(result, 77);
	for (uint64_t i = 0; i < 100000; i++)
		send_fake(f->pair.guest, OP_COUNT, 0, 1, i);
	xg_stream_put(f->pair.guest, big, 6 << 20, &total);
	xg_stream_put(f->pair.guest, &byte, 1, &total);
	xg_stream_order(f->pair.guest);
	xg_stream_flush(f->pair.guest);
	assert_false(xg_stream_wait_swaps(f->pair.guest, 1));
	assert_int_equal(xg_stream_take_swap_error(f->pair.guest), 0);
	send_fake(f->pair.guest, OP_ADD, XG_RECORD_REPLY, 2, (uint64_t)1, (uint64_t)1);
	assert_false(xg_stream_call(f->pair.guest, &result));
	free(big);
}

static void what_was_published_before_a_close_is_replayed(void **state)
{
	struct fixture *f = *state;

	for (uint64_t i = 1; i <= 5000; i++)
		send_fake(f->pair.guest, OP_COUNT, 0, 1, i);
	xg_stream_flush(f->pair.guest);
	stop_host(&f->host);
	assert_int_equal(f->host.end, XG_STREAM_CLOSED);
	assert_int_equal(f->host.counted, 5000);
	start_host(&f->host, &f->pair);
}

/* Streams hand a token around: each position must be replayed before another goes on. */
struct token {
	_Atomic uint64_t turn;
	_Atomic bool ok;
};

static struct token token;

static void *run_token_host(void *argument)
{
	struct pair *pair = argument;
	struct xg_record_view view;

	while (xg_host_stream_next(pair->host, &view) == XG_STREAM_RECORD) {
		const struct fake_command *command = view.record;

		if (atomic_load(&token.turn) + 1 != command->arguments[0])
			atomic_store(&token.ok, false);
		atomic_store(&token.turn, command->arguments[0]);
		xg_host_stream_consume(pair->host);
	}
	return NULL;
}

static void streams_are_replayed_in_the_order_that_was_known(void **state)
{
	struct xg_stream_group *group = xg_stream_group_create();
	struct pair pairs[3];
	pthread_t threads[3];

	(void)state;
	memset(&pair_positions, 0, sizeof(pair_positions));
	atomic_store(&token.turn, 0);
	atomic_store(&token.ok, true);
	for (uint32_t i = 0; i < 3; i++) {
		pair_init(&pairs[i], group, i + 1, false);
		pthread_create(&threads[i], NULL, run_token_host, &pairs[i]);
	}
	/* One thread encodes for all in turn and flushes none: the strictest order there is. */
	for (uint64_t i = 1; i <= 30000; i++) {
		struct pair *pair = &pairs[i % 7 % 3];

		xg_stream_order(pair->guest);
		send_fake(pair->guest, OP_COUNT, 0, 1, i);
	}
	for (uint32_t i = 0; i < 3; i++) {
		xg_stream_flush(pairs[i].guest);
		xg_host_stream_close(pairs[i].host);
	}
	for (uint32_t i = 0; i < 3; i++) {
		pthread_join(threads[i], NULL);
		assert_null(xg_host_stream_rule(pairs[i].host));
	}
	for (uint32_t i = 0; i < 3; i++)
		pair_finish(&pairs[i]);
	assert_true(token.ok);
	assert_int_equal(token.turn, 30000);
	xg_stream_group_unref(group);
}

/* The guest did not wake the replay of what it published; whoever waits for it must. */
static void a_wait_wakes_the_stream_that_it_waits_for(void **state)
{
	struct fixture *f = *state;
	struct pair other;
	struct host other_host;
	uint64_t sum = 0;

	pair_init(&other, f->group, 2, false);
	start_host(&other_host, &other);

	struct xg_stream_page *page = (void *)other.region;

	while (atomic_load(&page->ring.consumer_waits) == 0)
		sched_yield();
	send_fake(other.guest, OP_COUNT, 0, 1, (uint64_t)1);
	xg_stream_order(f->pair.guest);
	send_fake(f->pair.guest, OP_ADD, XG_RECORD_REPLY, 2, (uint64_t)1, (uint64_t)2);
	assert_true(xg_stream_call(f->pair.guest, &sum));
	assert_int_equal(other_host.counted, 1);
	stop_host(&other_host);
	pair_finish(&other);
}

static void send_order(struct xg_stream *stream, uint32_t other, uint64_t position)
{
	struct xg_order_record *order = xg_stream_begin(stream, 24);

	order->record = (struct xg_record){XG_OPCODE_ORDER, 0, 24};
	order->entries[0] = (struct xg_order_entry){other, 0, position};
	xg_stream_end(stream, 24);
	xg_stream_flush(stream);
}

static void a_circle_of_waits_ends_the_stream_that_closes_it(void **state)
{
	struct xg_stream_group *group = xg_stream_group_create();
	struct pair pairs[3];
	struct host hosts[3];
	int broken = 0;

	(void)state;
	memset(&pair_positions, 0, sizeof(pair_positions));
	for (uint32_t i = 0; i < 3; i++) {
		pair_init(&pairs[i], group, i + 1, false);
		start_host(&hosts[i], &pairs[i]);
	}
	for (uint32_t i = 0; i < 3; i++)
		send_order(pairs[i].guest, (i + 1) % 3 + 1, 1000);
	/* Once one is out, the others wait for what still can come; a kill ends that. */
	while (broken == 0) {
		for (uint32_t i = 0; i < 3; i++) {
			xg_stream_flush(pairs[i].guest);
			broken += xg_stream_is_lost(pairs[i].guest);
		}
		sched_yield();
	}
	xg_stream_group_kill(group);
	for (uint32_t i = 0; i < 3; i++)
		pthread_join(hosts[i].thread, NULL);
	broken = 0;
	for (uint32_t i = 0; i < 3; i++)
		broken += hosts[i].end == XG_STREAM_BROKEN;
	assert_int_equal(broken, 1);
	for (uint32_t i = 0; i < 3; i++)
		pair_finish(&pairs[i]);
	xg_stream_group_unref(group);
}

static void a_wait_ends_when_the_other_stream_does(void **state)
{
	struct fixture *f = *state;
	struct pair other;
	uint64_t sum = 0;

	pair_init(&other, f->group, 2, false);
	send_order(f->pair.guest, 2, 1000000);
	send_order(f->pair.guest, 3, 1000000);
	send_fake(f->pair.guest, OP_ADD, XG_RECORD_REPLY, 2, (uint64_t)1, (uint64_t)2);
	pair_finish(&other);
	assert_true(xg_stream_call(f->pair.guest, &sum));
	assert_int_equal(sum, 3);
}

static void killing_the_client_ends_every_wait(void **state)
{
	struct xg_stream_group *group = xg_stream_group_create();
	struct pair pairs[2];
	struct host hosts[2];

	(void)state;
	memset(&pair_positions, 0, sizeof(pair_positions));
	for (uint32_t i = 0; i < 2; i++) {
		pair_init(&pairs[i], group, i + 1, false);
		start_host(&hosts[i], &pairs[i]);
	}
	/* One waits for the other, which waits for records. */
	send_order(pairs[0].guest, 2, 1000);
	xg_stream_group_kill(group);
	for (uint32_t i = 0; i < 2; i++) {
		pthread_join(hosts[i].thread, NULL);
		assert_int_equal(hosts[i].end, XG_STREAM_CLOSED);
		pair_finish(&pairs[i]);
	}
	xg_stream_group_unref(group);
}

#define ON_A_STREAM(test)  cmocka_unit_test_setup_teardown(test, set_up, tear_down)
#define WITHOUT_BULK(test) cmocka_unit_test_setup_teardown(test, set_up_without_bulk, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_A_STREAM(records_arrive_in_order),
		ON_A_STREAM(calls_bring_results),
		ON_A_STREAM(inputs_of_every_size_arrive),
		WITHOUT_BULK(inputs_of_every_size_arrive),
		ON_A_STREAM(inputs_stay_until_they_are_replayed),
		WITHOUT_BULK(inputs_stay_until_they_are_replayed),
		ON_A_STREAM(missing_inputs_arrive_as_none),
		ON_A_STREAM(outputs_of_every_size_come_back),
		WITHOUT_BULK(outputs_of_every_size_come_back),
		ON_A_STREAM(an_output_that_is_passed_over_does_not_shift_the_next),
		ON_A_STREAM(swaps_are_awaited_and_their_errors_taken_once),
		ON_A_STREAM(a_lost_stream_swallows_commands),
		ON_A_STREAM(what_was_published_before_a_close_is_replayed),
		cmocka_unit_test(streams_are_replayed_in_the_order_that_was_known),
		ON_A_STREAM(a_wait_wakes_the_stream_that_it_waits_for),
		cmocka_unit_test(a_circle_of_waits_ends_the_stream_that_closes_it),
		ON_A_STREAM(a_wait_ends_when_the_other_stream_does),
		cmocka_unit_test(killing_the_client_ends_every_wait),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

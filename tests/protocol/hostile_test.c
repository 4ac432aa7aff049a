/* SPDX-License-Identifier: MIT */
/*
 * A guest that breaks the rules of the ring: each broken record ends its stream with the rule's
 * name; and one that rewrites indices, sizes and contents while they are read does no harm: every
 * record that comes out is whole, aligned and within bounds. The guest here writes the shared
 * memory by hand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <pthread.h>
#include <sched.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

#include "host/stream.h"
#include "ring.h"
#include "spin.h"
#include "xenglass/ring.h"

#define RING_SIZE  XG_RING_SIZE_MIN
#define REPLY_SIZE XG_REPLY_SIZE_MIN
#define BULK_SIZE  XG_BULK_SIZE_MIN

struct fixture {
	struct xg_stream_group *group;
	struct xg_host_stream *stream;
	struct xg_stream_page *page; /* as the guest has mapped it */
	void *host_region;
	uint8_t *data;
	uint8_t *bulk;
	size_t region_size;
	int guest_fds[2];
};

/* The host's end sees the region at one address and the guest writes it at another, as between
 * processes. */
static void *map_region(int fd, size_t size)
{
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	assert_ptr_not_equal(memory, MAP_FAILED);
	return memory;
}

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	struct xg_limits limits = XG_LIMITS_DEFAULT;
	const struct xg_port port = {eventfd(0, EFD_NONBLOCK), eventfd(0, EFD_NONBLOCK)};
	const char *rule;

	limits.staged_bytes = 100000;
	f->group = xg_stream_group_create();
	f->region_size = xg_stream_region_size(RING_SIZE, REPLY_SIZE);

	const int fd = memfd_create("test", 0);

	assert_int_equal(ftruncate(fd, (off_t)f->region_size), 0);
	f->page = map_region(fd, f->region_size);
	f->host_region = map_region(fd, f->region_size);
	f->data = (uint8_t *)f->page + XG_STREAM_PAGE_SIZE;
	f->bulk = mmap(NULL, BULK_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	f->guest_fds[0] = dup(port.wait_fd);
	f->guest_fds[1] = dup(port.notify_fd);

	const struct xg_host_stream_setup setup = {
		.group = f->group,
		.id = 1,
		.region = f->host_region,
		.region_size = f->region_size,
		.untrusted_ring_size = RING_SIZE,
		.untrusted_reply_size = REPLY_SIZE,
		.port = port,
		.limits = &limits,
	};

	close(fd);
	f->stream = xg_host_stream_create(&setup, &rule);
	assert_non_null(f->stream);
	assert_true(xg_host_stream_set_bulk(f->stream, f->bulk, BULK_SIZE));
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	xg_host_stream_destroy(f->stream);
	xg_stream_group_unref(f->group);
	munmap(f->page, f->region_size);
	munmap(f->host_region, f->region_size);
	munmap(f->bulk, BULK_SIZE);
	close(f->guest_fds[0]);
	close(f->guest_fds[1]);
	free(f);
	return 0;
}

static void write_record(
	struct fixture *f, uint32_t at, uint16_t opcode, uint16_t flags, uint32_t size)
{
	const struct xg_record record = {opcode, flags, size};

	memcpy(f->data + at, &record, sizeof(record));
}

static void assert_broken(struct fixture *f, const char *rule)
{
	struct xg_record_view view;

	assert_int_equal(xg_host_stream_next(f->stream, &view), XG_STREAM_BROKEN);
	assert_string_equal(xg_host_stream_rule(f->stream), rule);
}

/* As soon as tail octets of a record at the ring's start are published. */
static void assert_refused(
	struct fixture *f, struct xg_record record, uint32_t tail, const char *rule)
{
	memcpy(f->data, &record, sizeof(record));
	atomic_store(&f->page->ring.tail, tail);
	assert_broken(f, rule);
}

static void a_tail_beyond_the_ring_is_refused(void **state)
{
	struct fixture *f = *state;

	atomic_store(&f->page->ring.tail, RING_SIZE + 8);
	assert_broken(f, "ring: the tail is not within the ring");
}

static void a_tail_before_the_head_is_refused(void **state)
{
	struct fixture *f = *state;

	atomic_store(&f->page->ring.tail, (uint32_t)-8);
	assert_broken(f, "ring: the tail is not within the ring");
}

static void a_tail_between_records_is_refused(void **state)
{
	struct fixture *f = *state;

	atomic_store(&f->page->ring.tail, 12);
	assert_broken(f, "ring: the tail is not aligned");
}

static void a_record_without_a_size_is_refused(void **state)
{
	assert_refused(*state, (struct xg_record){7, 0, 0}, 16,
		"ring: a record's size is not a multiple of 8");
}

static void a_record_of_odd_size_is_refused(void **state)
{
	assert_refused(*state, (struct xg_record){7, 0, 12}, 16,
		"ring: a record's size is not a multiple of 8");
}

static void a_record_that_was_not_published_whole_is_refused(void **state)
{
	assert_refused(*state, (struct xg_record){7, 0, 24}, 16,
		"ring: a record goes beyond what was published");
}

static void a_record_above_the_largest_size_is_refused(void **state)
{
	assert_refused(*state, (struct xg_record){7, 0, XG_RECORD_SIZE_MAX + 8},
		XG_RECORD_SIZE_MAX + 8, "ring: a record is too large");
}

/* Moves the host to offset by records that it takes. */
static void move_to(struct fixture *f, uint32_t offset)
{
	struct xg_record_view view;
	uint32_t at = 0;

	while (at < offset) {
		const uint32_t size = offset - at < 32768 ? offset - at : 32768;

		write_record(f, at, 7, 0, size);
		at += size;
		atomic_store(&f->page->ring.tail, at);
		assert_int_equal(xg_host_stream_next(f->stream, &view), XG_STREAM_RECORD);
		xg_host_stream_consume(f->stream);
	}
}

static void a_record_beyond_the_rings_end_is_refused(void **state)
{
	struct fixture *f = *state;

	move_to(f, RING_SIZE - 16);
	write_record(f, RING_SIZE - 16, 7, 0, 24);
	atomic_store(&f->page->ring.tail, RING_SIZE + 64);
	assert_broken(f, "ring: a record goes beyond the ring's end");
}

static void padding_that_ends_early_is_refused(void **state)
{
	struct fixture *f = *state;

	move_to(f, RING_SIZE - 32);
	write_record(f, RING_SIZE - 32, XG_OPCODE_PAD, 0, 24);
	atomic_store(&f->page->ring.tail, RING_SIZE);
	assert_broken(f, "ring: padding ends before the ring's end");
}

static void an_unknown_flag_is_refused(void **state)
{
	assert_refused(*state, (struct xg_record){7, 2, 16}, 16,
		"stream: a flag of the record is unknown");
}

static void an_unknown_record_of_the_transport_is_refused(void **state)
{
	assert_refused(
		*state, (struct xg_record){0xffff, 0, 16}, 16, "stream: the opcode is unknown");
}

static void a_fetch_that_wants_no_reply_is_refused(void **state)
{
	assert_refused(*state,
		(struct xg_record){XG_OPCODE_FETCH, 0, sizeof(struct xg_fetch_record)},
		sizeof(struct xg_fetch_record), "stream: a record has the wrong reply flag");
}

static void an_order_of_odd_length_is_refused(void **state)
{
	assert_refused(*state, (struct xg_record){XG_OPCODE_ORDER, 0, 8 + 24}, 8 + 24,
		"order: the record's size does not fit its entries");
}

static void assert_order_refused(struct fixture *f, struct xg_order_entry entry, const char *rule)
{
	const struct xg_record record = {XG_OPCODE_ORDER, 0, sizeof(record) + sizeof(entry)};

	memcpy(f->data + sizeof(record), &entry, sizeof(entry));
	assert_refused(f, record, record.size, rule);
}

static void an_order_that_waits_for_itself_is_refused(void **state)
{
	assert_order_refused(*state, (struct xg_order_entry){1, 0, 1000},
		"order: streams wait for each other in a circle");
}

static void an_order_with_padding_that_is_not_zero_is_refused(void **state)
{
	assert_order_refused(
		*state, (struct xg_order_entry){2, 1, 8}, "order: padding is not zero");
}

static void write_stage(struct fixture *f, uint32_t record_size, struct xg_data data)
{
	write_record(f, 0, XG_OPCODE_STAGE, 0, record_size);
	memcpy(f->data + 8, &data, sizeof(data));
	atomic_store(&f->page->ring.tail, record_size);
}

static void staging_more_than_the_record_holds_is_refused(void **state)
{
	write_stage(*state, 32, (struct xg_data){24, XG_PLACE_INLINE});
	assert_broken(*state, "stage: the size does not fit the record");
}

static void staging_a_size_that_wraps_is_refused(void **state)
{
	write_stage(*state, 16, (struct xg_data){UINT32_MAX, XG_PLACE_INLINE});
	assert_broken(*state, "stage: the size does not fit the record");
}

static void staging_from_beyond_the_bulk_region_is_refused(void **state)
{
	write_stage(*state, 16, (struct xg_data){BULK_SIZE, XG_PLACE_BULK});
	assert_broken(*state, "payload: the place is not within the bulk region");
}

static void staging_beyond_the_quota_is_refused(void **state)
{
	struct fixture *f = *state;

	for (uint32_t i = 0; i < 2; i++) {
		const struct xg_data data = {60000, XG_PLACE_BULK};

		write_record(f, i * 16, XG_OPCODE_STAGE, 0, 16);
		memcpy(f->data + i * 16 + 8, &data, sizeof(data));
	}
	atomic_store(&f->page->ring.tail, 32);
	assert_broken(f, "payload: more is staged than the quota allows");
}

static void places_out_of_bounds_are_refused(void **state)
{
	static const struct {
		struct xg_data place;
		const char *rule;
	} inputs[] =
		{
			{{8, XG_PLACE_NULL}, "payload: no bytes, but a size"},
			{{9, XG_PLACE_INLINE}, "payload: not within the record"},
			{{UINT32_MAX, XG_PLACE_INLINE}, "payload: not within the record"},
			{{1, XG_PLACE_STAGED}, "payload: less is staged than the command takes"},
			{{1, 3}, "payload: the place is unknown"},
			{{1, 63}, "payload: the place is unknown"},
			{{BULK_SIZE - 4095, 64},
				"payload: the place is not within the bulk region"},
			{{1, UINT32_MAX}, "payload: the place is not within the bulk region"},
			{{UINT32_MAX, UINT32_MAX},
				"payload: the place is not within the bulk region"},
		},
	  outputs[] = {
		  {{8, XG_PLACE_NULL}, "payload: no place, but a capacity"},
		  {{REPLY_SIZE - 15, XG_PLACE_INLINE},
			  "payload: outputs are larger than the reply area"},
		  {{UINT32_MAX, XG_PLACE_INLINE},
			  "payload: outputs are larger than the reply area"},
		  {{200000, XG_PLACE_STAGED}, "payload: an output is larger than the quota allows"},
		  {{1, 2000}, "payload: the place is not within the bulk region"},
	  };
	struct fixture *f = *state;
	struct xg_record_view view;

	write_record(f, 0, 7, XG_RECORD_REPLY, 16);
	atomic_store(&f->page->ring.tail, 16);
	assert_int_equal(xg_host_stream_next(f->stream, &view), XG_STREAM_RECORD);
	for (size_t i = 0; i < sizeof(inputs) / sizeof(inputs[0]); i++) {
		assert_null(xg_host_stream_input(f->stream, &view, inputs[i].place, 8));
		assert_string_equal(xg_host_stream_rule(f->stream), inputs[i].rule);
	}
	assert_null(xg_host_stream_input(
		f->stream, &view, (struct xg_data){0, XG_PLACE_INLINE}, UINT32_MAX));
	for (size_t i = 0; i < sizeof(outputs) / sizeof(outputs[0]); i++) {
		assert_null(xg_host_stream_output(f->stream, outputs[i].place));
		assert_string_equal(xg_host_stream_rule(f->stream), outputs[i].rule);
	}
}

/* Beside the fixture's own, in the same region. */
static struct xg_host_stream_setup second_stream(
	const struct fixture *f, const struct xg_limits *limits)
{
	return (struct xg_host_stream_setup){
		.group = f->group,
		.id = 2,
		.region = f->page,
		.region_size = f->region_size,
		.untrusted_ring_size = RING_SIZE,
		.untrusted_reply_size = REPLY_SIZE,
		.port = XG_PORT_NONE,
		.limits = limits,
	};
}

static void sizes_of_a_stream_out_of_bounds_are_refused(void **state)
{
	static const uint32_t sizes[][2] = {
		{0, REPLY_SIZE},
		{RING_SIZE / 2, REPLY_SIZE},
		{RING_SIZE + 8, REPLY_SIZE},
		{1u << 31, REPLY_SIZE},
		{512 << 10, REPLY_SIZE},
		{RING_SIZE, 0},
		{RING_SIZE, 8},
		{RING_SIZE, REPLY_SIZE + 4},
		{RING_SIZE, UINT32_MAX},
	};
	const struct xg_limits limits = XG_LIMITS_DEFAULT;
	struct fixture *f = *state;
	struct xg_host_stream_setup setup = second_stream(f, &limits);
	const char *rule;

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		setup.untrusted_ring_size = sizes[i][0];
		setup.untrusted_reply_size = sizes[i][1];
		setup.region_size = (size_t)4096 + sizes[i][0] + sizes[i][1];
		rule = NULL;
		assert_null(xg_host_stream_create(&setup, &rule));
		assert_non_null(rule);
	}
	setup.id = 1;
	setup.untrusted_ring_size = RING_SIZE;
	setup.untrusted_reply_size = REPLY_SIZE;
	setup.region_size = f->region_size;
	assert_null(xg_host_stream_create(&setup, &rule));
	assert_string_equal(rule, "stream: the number is taken");
}

static void streams_beyond_the_clients_quota_are_refused(void **state)
{
	struct xg_limits limits = XG_LIMITS_DEFAULT;
	struct fixture *f = *state;
	const struct xg_host_stream_setup setup = second_stream(f, &limits);
	const char *rule;

	limits.streams_per_client = 1;
	assert_null(xg_host_stream_create(&setup, &rule));
	assert_string_equal(rule, "stream: too many streams");
	limits.streams_per_client = 2;

	struct xg_host_stream *second = xg_host_stream_create(&setup, &rule);

	assert_non_null(second);
	xg_host_stream_destroy(second);
}

static void bulk_beyond_the_clients_quota_is_refused(void **state)
{
	struct xg_limits limits = XG_LIMITS_DEFAULT;
	struct fixture *f = *state;
	struct xg_host_stream_setup setup = second_stream(f, &limits);
	const char *rule;

	limits.bulk_bytes = 2 * BULK_SIZE;

	struct xg_host_stream *second = xg_host_stream_create(&setup, &rule);

	assert_false(xg_host_stream_set_bulk(second, f->bulk, 2 * BULK_SIZE));
	assert_true(xg_host_stream_set_bulk(second, f->bulk, BULK_SIZE));
	assert_false(xg_host_stream_set_bulk(second, f->bulk, BULK_SIZE));
	setup.id = 3;

	struct xg_host_stream *third = xg_host_stream_create(&setup, &rule);

	assert_false(xg_host_stream_set_bulk(third, f->bulk, BULK_SIZE));
	xg_host_stream_destroy(second);
	assert_true(xg_host_stream_set_bulk(third, f->bulk, BULK_SIZE));
	xg_host_stream_destroy(third);
}

/*
 * Scribbles over everything that a guest can reach. Most of it looks right, so that the host gets
 * on, until one of the few wild writes is read.
 */
struct scribbler {
	struct fixture *fixture;
	uint32_t seed;
	_Atomic bool stop;
};

static uint32_t draw(struct scribbler *scribbler, uint32_t below)
{
	scribbler->seed = scribbler->seed * 1664525u + 1013904223u;
	return (uint32_t)((uint64_t)scribbler->seed * below >> 32);
}

static void scribble(struct scribbler *scribbler)
{
	static const uint16_t opcodes[] = {
		7, 7, 7, 7, 7, XG_OPCODE_STAGE, XG_OPCODE_FETCH, XG_OPCODE_ORDER};
	struct fixture *f = scribbler->fixture;
	const uint32_t head =
		atomic_load_explicit(&f->page->ring.head, memory_order_relaxed) % RING_SIZE;
	const uint32_t at = draw(scribbler, RING_SIZE / 16) * 16;
	const uint32_t kind = draw(scribbler, 1000);
	const struct xg_data data = {draw(scribbler, 12), draw(scribbler, 100)};

	if (kind < 2)
		write_record(f, head, 7, 1, 8 * draw(scribbler, 9000));
	else if (kind < 4)
		write_record(f, at, opcodes[draw(scribbler, 8)], 0, 8 * draw(scribbler, 8));
	else if (kind < 6)
		atomic_store(&f->page->ring.tail, draw(scribbler, UINT32_MAX));
	else if (kind < 100)
		atomic_store(&f->page->ring.producer_waits, draw(scribbler, 3));
	else if (kind < 200)
		atomic_store(&f->page->ring.consumer_waits, draw(scribbler, 3));
	else if (kind < 500)
		memcpy(f->data + at + 8, &data, sizeof(data));
	else if (kind < 700)
		write_record(f, at, 7, draw(scribbler, 2), 16);
	else
		atomic_store(&f->page->ring.tail, head + 16 * draw(scribbler, 16));
	eventfd_write(f->guest_fds[0], 1);
}

static void *run_scribbler(void *argument)
{
	struct scribbler *scribbler = argument;

	while (!atomic_load_explicit(&scribbler->stop, memory_order_relaxed))
		scribble(scribbler);
	return NULL;
}

/* Takes records as a replay would; how many came before a rule was broken. */
static uint32_t take_records(struct fixture *f, uint32_t most)
{
	struct xg_record_view view;
	uint32_t taken = 0;

	while (taken < most && xg_host_stream_next(f->stream, &view) == XG_STREAM_RECORD) {
		const struct xg_record *record = view.record;
		struct xg_data place = {0, 0};

		assert_int_equal(record->size, view.size);
		assert_int_equal(record->opcode, view.opcode);
		assert_true(
			view.size >= 8 && view.size <= XG_RECORD_SIZE_MAX && view.size % 8 == 0);
		if (view.size >= 16)
			memcpy(&place, record + 1, sizeof(place));

		const uint8_t *bytes = xg_host_stream_input(f->stream, &view, place, 8);
		uint8_t *output = xg_host_stream_output(f->stream, place);
		volatile uint8_t last = 0;

		if (bytes && place.size > 0)
			last = bytes[place.size - 1];
		if (output && place.size > 0)
			output[place.size - 1] = last;
		if (view.wants_reply)
			xg_host_stream_reply(f->stream, last);
		xg_host_stream_consume(f->stream);
		taken++;
	}
	return taken;
}

static void a_guest_that_rewrites_what_is_read_does_no_harm(void **state)
{
	uint64_t taken = 0;

	tear_down(state);
	for (uint32_t round = 0; round < 400; round++) {
		struct scribbler scribbler = {.seed = round};
		pthread_t thread;

		set_up(state);
		scribbler.fixture = *state;
		for (uint32_t at = 0; at < RING_SIZE; at += 16)
			write_record(*state, at, 7, 0, 16);
		pthread_create(&thread, NULL, run_scribbler, &scribbler);
		taken += take_records(*state, 2000);
		scribbler.stop = true;
		pthread_join(thread, NULL);
		if (round < 399)
			tear_down(state);
	}
	/* It was not all over before it began. */
	assert_true(taken > 0);
}

static void *run_reader(void *argument)
{
	struct xg_record_view view;

	while (xg_host_stream_next(argument, &view) == XG_STREAM_RECORD)
		xg_host_stream_consume(argument);
	return NULL;
}

/* Fires the port of a reader that waits, so many times, and for nothing. */
static void fire(struct fixture *f, uint32_t times)
{
	for (uint32_t i = 0; i < times; i++) {
		while (atomic_load(&f->page->ring.consumer_waits) == 0)
			sched_yield();
		atomic_store(&f->page->ring.consumer_waits, 0);
		eventfd_write(f->guest_fds[0], 1);
	}
}

/* 64 are free; then the reader rests for 1, 2, 4 ms and so on. */
static void a_port_that_fires_for_nothing_costs_its_guest_time(void **state)
{
	struct fixture *f = *state;
	const uint64_t begin_ns = xg_spin_now_ns();
	pthread_t thread;

	pthread_create(&thread, NULL, run_reader, f->stream);
	fire(f, 64 + 7);
	assert_true(xg_spin_now_ns() - begin_ns >= 63 * UINT64_C(1000000));
	/* One that rests can be told to end. */
	fire(f, 3);
	xg_host_stream_close(f->stream);
	pthread_join(thread, NULL);
}

/* A guest that never stops publishing cannot keep its stream alive. */
static void a_killed_stream_shows_nothing_more(void **state)
{
	struct fixture *f = *state;
	const void *records;

	for (uint32_t at = 0; at < 32; at += 16)
		write_record(f, at, 1, 0, 16);
	atomic_store(&f->page->ring.tail, 32);
	assert_int_equal(xg_host_stream_glance(f->stream, XG_GLANCE_MAX, &records), 32);
	xg_host_stream_pass(f->stream, 16);
	assert_int_equal(xg_host_stream_glance(f->stream, XG_GLANCE_MAX, &records), 16);
	assert_int_equal(xg_host_stream_glance(f->stream, 8, &records), 8);
	xg_stream_group_kill(f->group);
	assert_int_equal(xg_host_stream_glance(f->stream, XG_GLANCE_MAX, &records), 0);
}

int main(void)
{
#define BROKEN_BY(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		BROKEN_BY(a_tail_beyond_the_ring_is_refused),
		BROKEN_BY(a_tail_before_the_head_is_refused),
		BROKEN_BY(a_tail_between_records_is_refused),
		BROKEN_BY(a_record_without_a_size_is_refused),
		BROKEN_BY(a_record_of_odd_size_is_refused),
		BROKEN_BY(a_record_that_was_not_published_whole_is_refused),
		BROKEN_BY(a_record_above_the_largest_size_is_refused),
		BROKEN_BY(a_record_beyond_the_rings_end_is_refused),
		BROKEN_BY(padding_that_ends_early_is_refused),
		BROKEN_BY(an_unknown_flag_is_refused),
		BROKEN_BY(an_unknown_record_of_the_transport_is_refused),
		BROKEN_BY(a_fetch_that_wants_no_reply_is_refused),
		BROKEN_BY(an_order_of_odd_length_is_refused),
		BROKEN_BY(an_order_that_waits_for_itself_is_refused),
		BROKEN_BY(an_order_with_padding_that_is_not_zero_is_refused),
		BROKEN_BY(staging_more_than_the_record_holds_is_refused),
		BROKEN_BY(staging_a_size_that_wraps_is_refused),
		BROKEN_BY(staging_from_beyond_the_bulk_region_is_refused),
		BROKEN_BY(staging_beyond_the_quota_is_refused),
		BROKEN_BY(places_out_of_bounds_are_refused),
		BROKEN_BY(sizes_of_a_stream_out_of_bounds_are_refused),
		BROKEN_BY(streams_beyond_the_clients_quota_are_refused),
		BROKEN_BY(bulk_beyond_the_clients_quota_is_refused),
		BROKEN_BY(a_killed_stream_shows_nothing_more),
		BROKEN_BY(a_guest_that_rewrites_what_is_read_does_no_harm),
		BROKEN_BY(a_port_that_fires_for_nothing_costs_its_guest_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

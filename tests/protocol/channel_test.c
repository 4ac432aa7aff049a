/* SPDX-License-Identifier: MIT */
/*
 * The link and the control channel: what one side shares, the other maps; messages arrive whole and
 * in order, however many wait; the peer's death is seen after what it sent before.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>

#include "channel.h"
#include "hello.h"
#include "links.h"
#include "ring.h"
#include "spin.h"
#include "xenglass/control.h"
#include "xenglass/wire.h"

struct fixture {
	struct xg_link *guest_link;
	struct xg_link *host_link;
	struct xg_channel *guest;
	struct xg_channel *host;
};

static int set_up_links(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	links_make(&f->guest_link, &f->host_link);
	*state = f;
	return 0;
}

static int set_up(void **state)
{
	struct fixture *f;

	set_up_links(state);
	f = *state;
	f->guest = xg_channel_create_guest(f->guest_link);
	f->host = xg_channel_create_host(f->host_link, -1);
	assert_non_null(f->guest);
	assert_non_null(f->host);
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	xg_channel_destroy(f->guest);
	xg_channel_destroy(f->host);
	xg_link_destroy(f->guest_link);
	xg_link_destroy(f->host_link);
	free(f);
	return 0;
}

static void a_region_is_mapped_by_its_number(void **state)
{
	struct fixture *f = *state;
	struct xg_region region;

	assert_true(xg_link_share(f->guest_link, 8192, &region));
	memcpy(region.memory, "hello", 6);
	assert_null(xg_link_map(f->host_link, region.number + 1, 8192));

	char *memory = xg_link_map(f->host_link, region.number, 8192);

	assert_non_null(memory);
	assert_string_equal(memory, "hello");
	xg_link_unmap(f->host_link, memory, 8192);
	xg_region_finish(&region);
}

static void a_region_of_another_size_is_not_mapped(void **state)
{
	struct fixture *f = *state;
	struct xg_region region;

	assert_true(xg_link_share(f->guest_link, 8192, &region));
	assert_null(xg_link_map(f->host_link, region.number, 16384));
	xg_region_finish(&region);
}

static void what_is_no_port_is_not_bound(void **state)
{
	struct fixture *f = *state;
	struct xg_port port = XG_PORT_NONE;

	assert_false(xg_link_port_bind(f->host_link, 1, &port));
	assert_int_equal(port.wait_fd, -1);
}

static void a_notification_is_seen(void **state)
{
	struct fixture *f = *state;
	struct xg_port guest, host;
	uint32_t number;

	assert_true(xg_link_port_create(f->guest_link, &guest, &number));
	assert_true(xg_link_port_bind(f->host_link, number, &host));
	xg_port_notify(&guest);
	assert_int_equal(xg_port_wait(&host, -1, 0, -1), XG_PORT_NOTIFIED);
	xg_port_notify(&host);
	assert_int_equal(xg_port_wait(&guest, -1, 0, -1), XG_PORT_NOTIFIED);
	xg_port_finish(&guest);
	xg_port_finish(&host);
}

static void a_notification_from_before_the_binding_is_seen(void **state)
{
	struct fixture *f = *state;
	struct xg_port guest, host;
	uint32_t number;

	assert_true(xg_link_port_create(f->guest_link, &guest, &number));
	xg_port_notify(&guest);
	assert_true(xg_link_port_bind(f->host_link, number, &host));
	assert_int_equal(xg_port_wait(&host, -1, 0, 0), XG_PORT_NOTIFIED);
	xg_port_finish(&host);
	xg_port_finish(&guest);
}

static void messages_arrive_whole(void **state)
{
	struct fixture *f = *state;
	struct xg_message message;
	uint8_t *bytes = malloc(XG_CONTROL_MESSAGE_MAX);

	memset(bytes, 0x5a, XG_CONTROL_MESSAGE_MAX);
	for (size_t size = 0; size < 40; size++) {
		const struct iovec parts[] = {{bytes, size / 3}, {bytes, size - size / 3}};

		assert_true(xg_channel_sendv(f->guest, 7, parts, 2));
	}
	assert_true(xg_channel_send(f->guest, 0xffff, bytes, XG_CONTROL_MESSAGE_MAX));
	for (size_t size = 0; size < 40; size++) {
		assert_int_equal(xg_channel_receive(f->host, &message), XG_CHANNEL_MESSAGE);
		assert_int_equal(message.type, 7);
		assert_int_equal(message.size, size);
		assert_memory_equal(message.payload, bytes, size);
	}
	assert_int_equal(xg_channel_receive(f->host, &message), XG_CHANNEL_MESSAGE);
	assert_int_equal(message.type, 0xffff);
	assert_int_equal(message.size, XG_CONTROL_MESSAGE_MAX);
	assert_int_equal(xg_channel_receive(f->host, &message), XG_CHANNEL_EMPTY);
	free(bytes);
}

#define WAKE_UPS 50

static long sleeps(void)
{
	struct rusage usage;

	assert_int_equal(getrusage(RUSAGE_THREAD, &usage), 0);
	return usage.ru_nvcsw;
}

static void who_is_woken_for_something_does_not_rest(void **state)
{
	struct fixture *f = *state;
	struct pollfd fd = {xg_channel_fd(f->host), POLLIN, 0};
	struct xg_message message;
	long slept = 0;

	assert_int_equal(xg_channel_receive(f->host, &message), XG_CHANNEL_EMPTY);
	for (int i = 0; i < WAKE_UPS; i++) {
		assert_true(xg_channel_send(f->guest, 7, "x", 1));
		xg_channel_flush(f->guest);
		assert_int_equal(poll(&fd, 1, 0), 1);
		slept -= sleeps();
		xg_channel_wake(f->host);
		assert_int_equal(xg_channel_receive(f->host, &message), XG_CHANNEL_MESSAGE);
		assert_int_equal(xg_channel_receive(f->host, &message), XG_CHANNEL_EMPTY);
		slept += sleeps();
	}
	/* What stands in for a hypervisor may take a lock that another thread has. */
	assert_true(slept < WAKE_UPS);
}

/* More than a socket holds of them, if they are left there. */
#define NOTIFICATIONS 2000

static void a_guest_hears_of_each_message_however_many_notifications_came(void **state)
{
	struct fixture *f = *state;
	struct pollfd fd = {xg_channel_fd(f->guest), POLLIN, 0};
	struct xg_message message;

	assert_int_equal(xg_channel_receive(f->guest, &message), XG_CHANNEL_EMPTY);
	for (int i = 0; i < NOTIFICATIONS; i++) {
		assert_true(xg_channel_send(f->host, 7, "x", 1));
		xg_channel_flush(f->host);
		assert_int_equal(poll(&fd, 1, 0), 1);
		xg_channel_wake(f->guest);
		assert_int_equal(xg_channel_receive(f->guest, &message), XG_CHANNEL_MESSAGE);
		assert_int_equal(xg_channel_receive(f->guest, &message), XG_CHANNEL_EMPTY);
	}
}

#define FILLING 0x5a

/* Receives count messages whose payload begins with their number. */
struct receiver {
	struct xg_channel *channel;
	uint32_t count;
	bool in_order;
};

static void *run_receiver(void *argument)
{
	struct receiver *receiver = argument;
	struct xg_message message;

	for (uint32_t i = 0; i < receiver->count; i++) {
		if (xg_channel_receive_wait(receiver->channel, &message, -1) != XG_CHANNEL_MESSAGE)
			return NULL;
		receiver->in_order &= memcmp(message.payload, &i, sizeof(i)) == 0;
		for (uint32_t at = sizeof(i); at < message.size; at++)
			receiver->in_order &= ((const uint8_t *)message.payload)[at] == FILLING;
	}
	return NULL;
}

static void send_numbers(struct fixture *f, uint32_t from, uint32_t to)
{
	uint8_t *bytes = malloc(5000);

	memset(bytes, FILLING, 5000);
	for (uint32_t i = from; i < to; i++) {
		memcpy(bytes, &i, sizeof(i));
		assert_true(xg_channel_send(f->guest, 1, bytes, 4 + i * 7 % 2000));
		assert_true(xg_channel_send(f->host, 1, bytes, 4 + i * 11 % 2000));
	}
	/* The last ones may be too few to wake a receiver by themselves. */
	xg_channel_flush(f->guest);
	xg_channel_flush(f->host);
	free(bytes);
}

static void both_ways_keep_their_order_beyond_what_the_rings_hold(void **state)
{
	struct fixture *f = *state;
	struct receiver receivers[2] = {{f->host, 40000, true}, {f->guest, 40000, true}};
	pthread_t threads[2];

	/* Half is queued before anybody reads: 20 times what a ring holds. */
	send_numbers(f, 0, 20000);
	assert_true(xg_channel_queued_bytes(f->guest) > XG_CONTROL_RING_SIZE);
	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, run_receiver, &receivers[i]);
	send_numbers(f, 20000, 40000);
	/* What is queued moves only as long as its sender's side is served. */
	while (xg_channel_queued_bytes(f->guest) + xg_channel_queued_bytes(f->host) > 0) {
		xg_channel_flush(f->guest);
		xg_channel_flush(f->host);
		sched_yield();
	}
	for (int i = 0; i < 2; i++) {
		pthread_join(threads[i], NULL);
		assert_true(receivers[i].in_order);
	}
}

static void sending_to_one_that_does_not_read_fails_in_the_end(void **state)
{
	struct fixture *f = *state;
	uint8_t *bytes = calloc(1, XG_CONTROL_MESSAGE_MAX);
	uint32_t sent = 0;

	while (xg_channel_send(f->guest, 1, bytes, XG_CONTROL_MESSAGE_MAX))
		sent++;
	assert_true(sent > 100);
	assert_true(sent < 5000);
	free(bytes);
}

static void death_is_seen_after_the_last_message(void **state)
{
	struct fixture *f = *state;
	struct xg_message message;

	assert_true(xg_channel_send(f->guest, 9, "x", 1));
	xg_channel_destroy(f->guest);
	xg_link_destroy(f->guest_link);
	f->guest = NULL;
	f->guest_link = NULL;
	assert_int_equal(xg_channel_receive_wait(f->host, &message, -1), XG_CHANNEL_MESSAGE);
	assert_int_equal(message.type, 9);
	assert_int_equal(xg_channel_receive_wait(f->host, &message, -1), XG_CHANNEL_CLOSED);
	assert_false(xg_channel_send(f->host, 1, NULL, 0));
}

/* The guest's end of the channel by hand: what the host makes of one record. */
static void assert_breaks(struct fixture *f, struct xg_record record, const char *rule)
{
	struct xg_region region;
	struct xg_port port;
	struct xg_message message;
	uint32_t number;

	assert_true(xg_link_share(f->guest_link, XG_CONTROL_REGION_SIZE, &region));
	assert_true(xg_link_port_create(f->guest_link, &port, &number));
	xg_link_publish(f->guest_link, region.number, number);
	f->host = xg_channel_create_host(f->host_link, -1);
	assert_non_null(f->host);

	struct xg_control_page *page = region.memory;

	memcpy((uint8_t *)region.memory + XG_STREAM_PAGE_SIZE, &record, sizeof(record));
	atomic_store(&page->to_host.tail, 16);
	assert_int_equal(xg_channel_receive(f->host, &message), XG_CHANNEL_BROKEN);
	assert_string_equal(xg_channel_rule(f->host), rule);
	xg_port_finish(&port);
	xg_region_finish(&region);
}

static void a_message_that_claims_too_much_padding_is_refused(void **state)
{
	assert_breaks(*state, (struct xg_record){9, 8, 16},
		"channel: a message's padding is longer than its size");
}

static void an_empty_message_that_claims_padding_is_refused(void **state)
{
	assert_breaks(*state, (struct xg_record){9, 7, 8},
		"channel: a message's padding is longer than its size");
}

static void a_message_that_goes_beyond_what_was_sent_is_refused(void **state)
{
	assert_breaks(*state, (struct xg_record){9, 0, 24},
		"ring: a record goes beyond what was published");
}

static void the_host_does_not_wait_for_ever_for_a_silent_guest(void **state)
{
	struct fixture *f = *state;

	assert_null(xg_channel_create_host(f->host_link, 1));
	xg_link_destroy(f->guest_link);
	f->guest_link = NULL;
	assert_null(xg_channel_create_host(f->host_link, -1));
}

/* Who fires its port until the host waits no more, or gives up. */
struct storm {
	struct xg_port port;
	_Atomic bool is_over;
	bool gave_up;
};

static void *run_storm(void *argument)
{
	struct storm *storm = argument;
	const uint64_t end_ns = xg_spin_now_ns() + UINT64_C(30000000000);

	while (!atomic_load(&storm->is_over) && !storm->gave_up) {
		xg_port_notify(&storm->port);
		storm->gave_up = xg_spin_now_ns() > end_ns;
	}
	return NULL;
}

static void the_host_waits_no_longer_for_a_guest_that_fires_its_port(void **state)
{
	struct fixture *f = *state;
	struct storm storm = {.port = XG_PORT_NONE};
	struct xg_region region;
	struct xg_message message;
	pthread_t thread;
	uint32_t number;

	assert_true(xg_link_share(f->guest_link, XG_CONTROL_REGION_SIZE, &region));
	assert_true(xg_link_port_create(f->guest_link, &storm.port, &number));
	xg_link_publish(f->guest_link, region.number, number);
	f->host = xg_channel_create_host(f->host_link, -1);
	assert_non_null(f->host);
	pthread_create(&thread, NULL, run_storm, &storm);
	assert_int_equal(xg_channel_receive_wait(f->host, &message, 200), XG_CHANNEL_EMPTY);
	atomic_store(&storm.is_over, true);
	pthread_join(thread, NULL);
	assert_false(storm.gave_up);
	xg_port_finish(&storm.port);
	xg_region_finish(&region);
}

static void versions_that_differ_are_named(void **state)
{
	const struct xg_limits limits = XG_LIMITS_DEFAULT;
	struct xg_control_hello hello;
	char why[256];

	(void)state;
	xg_hello_init(&hello, 0, &limits);
	assert_true(xg_hello_agree(&hello, "the guest", "the host", why, sizeof(why)));
	hello.ledger_length += 5;
	hello.ledger_hash ^= 1;
	assert_true(xg_hello_agree(&hello, "the guest", "the host", why, sizeof(why)));
	hello.ledger_length -= 5;
	assert_false(xg_hello_agree(&hello, "the guest", "the host", why, sizeof(why)));
	xg_hello_init(&hello, 0, &limits);
	hello.major = 77;
	hello.minor = 3;
	assert_false(xg_hello_agree(&hello, "the guest", "the host", why, sizeof(why)));
	assert_non_null(strstr(why, "77.3"));
	assert_non_null(strstr(why, "the host"));
}

static void limits_out_of_bounds_are_not_believed(void **state)
{
	struct xg_limits limits = XG_LIMITS_DEFAULT;

	(void)state;
	assert_true(xg_limits_are_sane(&limits));
	limits.ring_size = 3 << 16;
	assert_false(xg_limits_are_sane(&limits));
	limits = (struct xg_limits)XG_LIMITS_DEFAULT;
	limits.reply_size = 0;
	assert_false(xg_limits_are_sane(&limits));
	limits = (struct xg_limits)XG_LIMITS_DEFAULT;
	limits.bulk_size = UINT32_MAX;
	assert_false(xg_limits_are_sane(&limits));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_region_is_mapped_by_its_number, set_up_links, tear_down),
		cmocka_unit_test_setup_teardown(
			a_region_of_another_size_is_not_mapped, set_up_links, tear_down),
		cmocka_unit_test_setup_teardown(
			what_is_no_port_is_not_bound, set_up_links, tear_down),
		cmocka_unit_test_setup_teardown(a_notification_is_seen, set_up_links, tear_down),
		cmocka_unit_test_setup_teardown(
			a_notification_from_before_the_binding_is_seen, set_up_links, tear_down),
		cmocka_unit_test_setup_teardown(messages_arrive_whole, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			who_is_woken_for_something_does_not_rest, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_guest_hears_of_each_message_however_many_notifications_came, set_up,
			tear_down),
		cmocka_unit_test_setup_teardown(
			both_ways_keep_their_order_beyond_what_the_rings_hold, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			sending_to_one_that_does_not_read_fails_in_the_end, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			death_is_seen_after_the_last_message, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			an_empty_message_that_claims_padding_is_refused, set_up_links, tear_down),
		cmocka_unit_test_setup_teardown(
			a_message_that_claims_too_much_padding_is_refused, set_up_links, tear_down),
		cmocka_unit_test_setup_teardown(a_message_that_goes_beyond_what_was_sent_is_refused,
			set_up_links, tear_down),
		cmocka_unit_test_setup_teardown(the_host_does_not_wait_for_ever_for_a_silent_guest,
			set_up_links, tear_down),
		cmocka_unit_test_setup_teardown(
			the_host_waits_no_longer_for_a_guest_that_fires_its_port, set_up_links,
			tear_down),
		cmocka_unit_test(versions_that_differ_are_named),
		cmocka_unit_test(limits_out_of_bounds_are_not_believed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

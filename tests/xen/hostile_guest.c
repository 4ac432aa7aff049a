/* SPDX-License-Identifier: MIT */
/*
 * A guest whose root means harm, against the host process and xenglassd of a real dom0: it stands
 * in for xenglass-guestd, which must not run. hostile.py runs it, and looks at what others notice.
 *
 * usage: hostile_guest numbers | linger | storm | states | store NODE | burn
 *
 * numbers and linger end by themselves, and say what they did; the others say that they have begun,
 * and end when they are killed.
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "channel.h"
#include "hello.h"
#include "hostile_link.h"
#include "ring.h"
#include "xenglass/control.h"

enum {
	WAIT_MS = 600000,
	RING_SIZE = XG_RING_SIZE_MIN,
	REPLY_SIZE = XG_REPLY_SIZE_MIN,
	BULK_PAGES = 1024, /* more than a page of references */
	PAGES_MANY = 512,  /* a page cannot be mapped more than some hundred times */
	STREAMS_MAX = 64,
	STORM_STREAMS = 24,
	LOOKS_US = 20000, /* time for the host to look, on an emulated processor */
};

static struct hostile_link hostile;
static struct xg_channel *channel;

struct stream {
	uint32_t id;
	struct xg_region region;
	struct xg_port port;
	struct xg_stream_page *page;
	struct xg_producer producer;
};

static void check(bool is_true, const char *what)
{
	if (!is_true)
		fail(what);
}

/* Honest work. */

static void greet(void)
{
	struct xg_control_hello hello;
	struct xg_message message;

	channel = xg_channel_create_guest(hostile.link);
	xg_port_notify(&hostile.port);
	xg_hello_init(&hello, 0, NULL);
	xg_channel_send(channel, XG_CONTROL_HELLO, &hello, sizeof(hello));
	xg_channel_flush(channel);
	check(xg_channel_receive_wait(channel, &message, WAIT_MS) == XG_CHANNEL_MESSAGE &&
			message.type == XG_CONTROL_HELLO,
		"the host greets");
}

static void open_client(uint32_t client)
{
	const struct xg_control_client_open open = {.client = client, .pid = client, .cookie = 1};

	xg_channel_send(channel, XG_CONTROL_CLIENT_OPEN, &open, sizeof(open));
}

/* Waits for a message of one of two types; true if it is the first. word is its third. */
static bool is_answered(uint32_t yes, uint32_t no, uint32_t *word)
{
	struct xg_message message;

	xg_channel_flush(channel);
	while (xg_channel_receive_wait(channel, &message, WAIT_MS) == XG_CHANNEL_MESSAGE) {
		uint32_t words[3] = {0};

		memcpy(words, message.payload, message.size < 12 ? message.size : 12);
		*word = words[2];
		if (message.type == yes || message.type == no)
			return message.type == yes;
	}
	fail("the host answers");
}

static bool ask_stream(const struct xg_control_stream_open *open)
{
	uint32_t word;

	xg_channel_send(channel, XG_CONTROL_STREAM_OPEN, open, sizeof(*open));
	return is_answered(XG_CONTROL_STREAM_READY, XG_CONTROL_STREAM_LOST, &word);
}

static bool ask_bulk(uint32_t stream, uint32_t region, uint32_t size)
{
	const struct xg_control_bulk_open open = {1, stream, region, size};
	uint32_t is_taken;

	xg_channel_send(channel, XG_CONTROL_BULK_OPEN, &open, sizeof(open));
	is_answered(XG_CONTROL_BULK_READY, 0, &is_taken);
	return is_taken != 0;
}

static void open_stream(struct stream *stream, uint32_t id)
{
	uint32_t port;

	*stream = (struct stream){.id = id};
	xg_link_share(hostile.link, xg_stream_region_size(RING_SIZE, REPLY_SIZE), &stream->region);
	xg_link_port_create(hostile.link, &stream->port, &port);
	stream->page = stream->region.memory;
	xg_producer_init(&stream->producer, &stream->page->ring,
		(uint8_t *)stream->region.memory + XG_STREAM_PAGE_SIZE, RING_SIZE);

	const struct xg_control_stream_open open = {
		1, id, stream->region.number, port, RING_SIZE, REPLY_SIZE};

	check(ask_stream(&open), "a stream");
}

static void close_stream(struct stream *stream)
{
	const struct xg_control_stream close = {1, stream->id};
	uint32_t word;

	xg_channel_send(channel, XG_CONTROL_STREAM_CLOSE, &close, sizeof(close));
	is_answered(XG_CONTROL_STREAM_CLOSED, 0, &word);
	xg_port_finish(&stream->port);
	xg_region_finish(&stream->region);
}

/* A record that waits for what has been reached: the host takes it, and goes on. */
static void use_stream(struct stream *stream)
{
	struct {
		struct xg_record head;
		struct xg_order_entry entry;
	} record = {{XG_OPCODE_ORDER, 0, sizeof(record)}, {.stream = stream->id}};

	check(xg_producer_seek(&stream->producer, sizeof(record)) == XG_RING_READY, "room");
	memcpy(xg_producer_room(&stream->producer, sizeof(record)), &record, sizeof(record));
	xg_producer_publish(&stream->producer, sizeof(record));
	xg_port_notify(&stream->port);
	while (atomic_load(&stream->page->ring.head) != (uint32_t)stream->producer.tail)
		usleep(LOOKS_US);
}

/* The attacks. */

/* What the root page says, before it is true: each is looked at when the port fires. */
static void lie_in_the_root_page(void)
{
	struct pages own, foreign;

	pages_grant(&own, (uint16_t)hostile.backend_domain, 8);
	pages_grant(&foreign, (uint16_t)(hostile.own_domain + 1), 2);

	struct xg_xen_directory *of_nothing = own.memory;
	struct xg_xen_directory *of_others = (void *)((uint8_t *)own.memory + XG_XEN_PAGE_SIZE);

	for (uint32_t i = 0; i < XG_XEN_REFS_PER_PAGE; i++)
		of_others->refs[i] = foreign.refs[0];
	of_nothing->next = own.refs[0];

	const struct xg_port bound = hostile.port;
	const struct xg_port others = hostile_port((uint16_t)(hostile.own_domain + 1));
	const uint32_t regions[] = {0, 1, 8, 99999999, UINT32_MAX, hostile.root_pages.refs[0],
		foreign.refs[0], own.refs[0], own.refs[1]};
	const uint32_t ports[] = {
		0, 1, 4096, UINT32_MAX, bound.event_channel, others.event_channel};

	for (uint32_t i = 0; i < sizeof(regions) / sizeof(regions[0]); i++) {
		for (uint32_t j = 0; j < sizeof(ports) / sizeof(ports[0]); j++) {
			xg_link_publish(hostile.link, regions[i], ports[j]);
			xg_port_notify(&hostile.port);
			usleep(LOOKS_US);
		}
	}
	pages_revoke(&foreign);
	pages_revoke(&own);
}

/* Streams whose memory, port or sizes are none. */
static void lie_in_messages(void)
{
	const uint32_t size = xg_stream_region_size(RING_SIZE, REPLY_SIZE) / XG_XEN_PAGE_SIZE;
	struct pages pages;
	struct stream stream;

	open_stream(&stream, 1);
	pages_grant(&pages, (uint16_t)hostile.backend_domain, 2);

	const uint32_t region = pages_repeat(&pages, 1, size);
	const struct xg_port port = hostile_port((uint16_t)hostile.backend_domain);
	const uint32_t free_port = port.event_channel;
	const struct xg_control_stream_open lies[] = {
		{1, 2, 99999999, free_port, RING_SIZE, REPLY_SIZE},
		{1, 2, UINT32_MAX, free_port, RING_SIZE, REPLY_SIZE},
		{1, 2, stream.region.number, free_port, XG_RING_SIZE_MAX, REPLY_SIZE},
		{1, 2, region, free_port, 0x80000000, 0x80000000},
		{1, 2, region, free_port, 0, 0},
		{1, 2, region, free_port, RING_SIZE, REPLY_SIZE + 1},
		{1, 2, region, free_port, RING_SIZE + REPLY_SIZE, 0},
		{1, 2, region, 0, RING_SIZE, REPLY_SIZE},
		{1, 2, region, UINT32_MAX, RING_SIZE, REPLY_SIZE},
		{1, 2, region, stream.port.event_channel, RING_SIZE, REPLY_SIZE},
		{1, 2, region, hostile.port.event_channel, RING_SIZE, REPLY_SIZE},
		{1, 2, region, hostile.control_port.event_channel, RING_SIZE, REPLY_SIZE},
		{9, 2, region, free_port, RING_SIZE, REPLY_SIZE},
	};

	for (uint32_t i = 0; i < sizeof(lies) / sizeof(lies[0]); i++)
		check(!ask_stream(&lies[i]), "a refusal");
	check(!ask_bulk(1, region, 0), "no bulk region of nothing");
	check(!ask_bulk(1, region, UINT32_MAX), "no bulk region of all memory");
	check(!ask_bulk(1, region, XG_BULK_SIZE_MAX), "no bulk region beyond the pages");
	check(!ask_bulk(7, region, size * XG_XEN_PAGE_SIZE), "no bulk region without a stream");
	/* A page may be there twice; its stream reads what it writes, and may end. */
	(void)ask_stream(
		&(struct xg_control_stream_open){1, 2, region, free_port, RING_SIZE, REPLY_SIZE});
	use_stream(&stream);
	pages_revoke(&pages);
	close_stream(&stream);
}

/* As many pages as the backend maps, which are few, but mapped again and again; then no more. */
static void map_until_the_end(void)
{
	const uint32_t all = XG_XEN_PAGES_MAX / BULK_PAGES;
	static struct stream streams[STREAMS_MAX];
	struct pages pages;
	uint32_t count = 0;

	pages_grant(&pages, (uint16_t)hostile.backend_domain,
		PAGES_MANY + xg_xen_directory_pages(BULK_PAGES));

	const uint32_t region = pages_repeat(&pages, PAGES_MANY, BULK_PAGES);

	do {
		open_stream(&streams[count], 100 + count);
	} while (ask_bulk(100 + count++, region, BULK_PAGES * XG_XEN_PAGE_SIZE) && count < all);
	check(count > all / 2 && count < all, "an end to what is mapped");
	for (uint32_t i = 0; i < count; i++)
		close_stream(&streams[i]);

	/* A directory that is its own next page. */
	((struct xg_xen_directory *)pages.memory)[PAGES_MANY].next = region;
	open_stream(&streams[0], 99);
	check(ask_bulk(99, region, BULK_PAGES * XG_XEN_PAGE_SIZE), "a circle that repeats");
	close_stream(&streams[0]);
	pages_revoke(&pages);
}

static void wait_lost(struct stream *stream)
{
	uint32_t word;

	xg_port_notify(&stream->port);
	check(is_answered(XG_CONTROL_STREAM_LOST, 0, &word), "the stream's end");
	check(is_answered(XG_CONTROL_STREAM_CLOSED, 0, &word), "the stream's memory");
	xg_port_finish(&stream->port);
	xg_region_finish(&stream->region);
}

static void move_indices(void)
{
	static const uint32_t tails[] = {4, RING_SIZE + 8, 0xfffffff8, 0x80000000};
	struct stream stream;
	uint32_t id = 40;

	for (uint32_t i = 0; i < sizeof(tails) / sizeof(tails[0]); i++) {
		open_stream(&stream, id++);
		atomic_store(&stream.page->ring.tail, tails[i]);
		wait_lost(&stream);
	}
	open_stream(&stream, id++);
	use_stream(&stream);
	atomic_store(&stream.page->ring.tail, 0);
	wait_lost(&stream);

	open_stream(&stream, id++);
	for (uint32_t i = 0; i < 200000; i++) {
		atomic_store(&stream.page->ring.tail, i * 2654435761u);
		if (i % 1000 == 0)
			xg_port_notify(&stream.port);
	}
	wait_lost(&stream);
}

/* The guest takes back what the host has mapped and waits on. */
static void revoke_under_the_reader(void)
{
	struct stream revoked, other;

	open_stream(&revoked, 60);
	open_stream(&other, 61);
	use_stream(&revoked);
	xg_region_finish(&revoked.region);
	xg_port_notify(&revoked.port);
	use_stream(&other);
	xg_port_finish(&revoked.port);
	use_stream(&other);
	close_stream(&revoked);
	close_stream(&other);
}

/* All that one host process can be told. */
static void numbers(void)
{
	hostile_link_connect(&hostile);
	lie_in_the_root_page();
	greet();
	printf("the host has seen the root page\n");
	open_client(1);
	lie_in_messages();
	printf("it has refused false numbers\n");
	map_until_the_end();
	printf("it maps no more than it may\n");
	move_indices();
	printf("it has ended streams with false indices\n");
	revoke_under_the_reader();
	printf("it has done without revoked pages\n");
	/* Dead, and alive again; what it was is not told by closing anything. */
	atomic_store(&hostile.root->guest_lives, 0);
	xg_port_notify(&hostile.port);
	check(hostile_link_wait(&hostile, XG_XENBUS_CLOSED), "the device's end");
	atomic_store(&hostile.root->guest_lives, 1);
}

/* Keeps the host in its beginning, where nothing is there to serve: its daemon must end it. */
static void linger(void)
{
	hostile_link_connect(&hostile);
	for (int i = 0; i < 100; i++) {
		xg_port_notify(&hostile.port);
		usleep(LOOKS_US);
	}
	hostile_link_set_state(&hostile, XG_XENBUS_CLOSING);
	while (xg_store_read_state(hostile.store, hostile.backend) != XG_XENBUS_CLOSED) {
		for (int i = 0; i < 50; i++) {
			xg_port_notify(&hostile.port);
			usleep(LOOKS_US);
		}
	}
}

/* All ports fire without end, and for nothing. */
static void storm(void)
{
	static struct stream streams[STORM_STREAMS];

	hostile_link_connect(&hostile);
	greet();
	open_client(1);
	for (uint32_t i = 0; i < STORM_STREAMS; i++)
		open_stream(&streams[i], 1 + i);
	printf("begun\n");
	for (;;) {
		xg_port_notify(&hostile.port);
		xg_port_notify(&hostile.control_port);
		for (uint32_t i = 0; i < STORM_STREAMS; i++)
			xg_port_notify(&streams[i].port);
	}
}

/* Calls for a host process that cannot live, as fast as the backend lets it. */
static void states(void)
{
	static const char *const nodes[] = {XG_XENSTORE_RING_REF, XG_XENSTORE_EVENT_CHANNEL};
	struct hostile_link *link = &hostile;

	link->store = xg_store_open();
	link->backend = xg_store_read(link->store, "device/" XG_XENSTORE_CLASS "/0", "backend");
	check(link->backend, "device");
	xg_store_write_number(link->store, "device/" XG_XENSTORE_CLASS "/0", XG_XENSTORE_CHOSEN, 1);
	for (int i = 0; i < 2; i++)
		xg_store_write_number(
			link->store, "device/" XG_XENSTORE_CLASS "/0", nodes[i], 4000000);
	printf("begun\n");
	for (;;) {
		hostile_link_set_state(link, XG_XENBUS_INITIALISING);
		hostile_link_set_state(link, XG_XENBUS_INITIALISED);
	}
}

/* Writes a node without end. */
static void store(const char *node)
{
	struct xg_store *handle = xg_store_open();

	printf("begun\n");
	for (uint32_t i = 0;; i++)
		check(xg_store_write_number(handle, "", node, i), "writing");
}

static _Noreturn void burn(void)
{
	printf("begun\n");
	for (volatile uint32_t i = 0;; i++)
		;
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";

	setlinebuf(stdout);
	if (strcmp(what, "numbers") == 0)
		numbers();
	else if (strcmp(what, "linger") == 0)
		linger();
	else if (strcmp(what, "storm") == 0)
		storm();
	else if (strcmp(what, "states") == 0)
		states();
	else if (strcmp(what, "store") == 0 && argc > 2)
		store(argv[2]);
	else if (strcmp(what, "burn") == 0)
		burn();
	else
		return 2;
	return EXIT_SUCCESS;
}

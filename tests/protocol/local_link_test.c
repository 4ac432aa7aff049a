/* SPDX-License-Identifier: MIT */
/*
 * The local link: a region is mapped once and only if it cannot shrink, and what a guest does to
 * the files of its ports does not hold its host up. channel_test.c has what is the same for all
 * links.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "channel.h"
#include "links.h"

struct fixture {
	struct xg_link *guest_link;
	struct xg_link *host_link;
};

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	links_make(&f->guest_link, &f->host_link);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	xg_link_destroy(f->guest_link);
	xg_link_destroy(f->host_link);
	free(f);
	return 0;
}

static void a_region_is_mapped_once(void **state)
{
	struct fixture *f = *state;
	struct xg_region region;

	assert_true(xg_link_share(f->guest_link, 8192, &region));

	char *memory = xg_link_map(f->host_link, region.number, 8192);

	assert_non_null(memory);
	assert_null(xg_link_map(f->host_link, region.number, 8192));
	xg_link_unmap(f->host_link, memory, 8192);
	xg_region_finish(&region);
}

/* Offers fd as region 1, as link_local.c would. */
static void offer_region(int socket, int fd)
{
	const uint32_t offer[2] = {1, 1};
	union {
		struct cmsghdr header;
		uint8_t bytes[CMSG_SPACE(sizeof(int))];
	} control = {0};
	struct iovec iov = {(void *)(uintptr_t)offer, sizeof(offer)};
	struct msghdr message = {
		.msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control),
	};

	control.header.cmsg_level = SOL_SOCKET;
	control.header.cmsg_type = SCM_RIGHTS;
	control.header.cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(&control.header), &fd, sizeof(fd));
	assert_int_equal(sendmsg(socket, &message, 0), sizeof(offer));
}

static void memory_that_could_shrink_is_not_mapped(void **state)
{
	struct fixture *f = *state;
	const int fd = memfd_create("test", MFD_ALLOW_SEALING);

	assert_int_equal(ftruncate(fd, 8192), 0);
	offer_region(xg_link_fd(f->guest_link), fd);
	assert_null(xg_link_map(f->host_link, 1, 8192));
	close(fd);
}

static void an_offer_that_is_garbage_ends_the_link(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(send(xg_link_fd(f->guest_link), "garbage", 7, 0), 7);
	assert_false(xg_link_dispatch(f->host_link));
}

/* Which is seen while the region is looked for: nothing more comes that a wait would end with. */
static void a_host_does_not_wait_for_a_link_that_garbage_has_ended(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(send(xg_link_fd(f->guest_link), "garbage", 7, 0), 7);
	assert_null(xg_channel_create_host(f->host_link, 2000));
	assert_int_equal(errno, ECONNRESET);
}

static void a_notification_is_seen_once(void **state)
{
	struct fixture *f = *state;
	struct xg_port guest, host;
	uint32_t number;

	assert_true(xg_link_port_create(f->guest_link, &guest, &number));
	assert_true(xg_link_port_bind(f->host_link, number, &host));
	xg_port_notify(&guest);
	xg_port_notify(&guest);
	assert_int_equal(xg_port_wait(&host, -1, 0, -1), XG_PORT_NOTIFIED);
	assert_int_equal(xg_port_wait(&host, -1, 0, 0), XG_PORT_TIMEOUT);
	xg_port_notify(&host);
	assert_int_equal(xg_port_wait(&guest, -1, 0, -1), XG_PORT_NOTIFIED);
	xg_port_finish(&guest);
	xg_port_finish(&host);
}

/* The count of notifications grows and grows: none is taken out by who asks for them. */
static void a_sleeper_wakes_for_each_notification(void **state)
{
	struct fixture *f = *state;
	struct xg_port guest, host;
	struct xg_sleeper sleeper;
	uint32_t number;

	assert_true(xg_link_port_create(f->guest_link, &guest, &number));
	assert_true(xg_link_port_bind(f->host_link, number, &host));
	xg_sleeper_init(&sleeper, &host, -1, 0);
	for (int i = 0; i < 5000; i++) {
		xg_port_notify(&guest);
		/* Now and then many of them find that they need not sleep. */
		if (i % 1000 >= 500)
			assert_int_equal(xg_sleeper_sleep(&sleeper, &host), XG_PORT_NOTIFIED);
	}
	xg_sleeper_finish(&sleeper);
	xg_port_finish(&host);
	xg_port_finish(&guest);
}

static void a_sleeper_hears_its_other_descriptor(void **state)
{
	struct fixture *f = *state;
	struct xg_port guest;
	struct xg_sleeper sleeper;
	uint32_t number;
	int fds[2];

	assert_true(xg_link_port_create(f->guest_link, &guest, &number));
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds), 0);
	xg_sleeper_init(&sleeper, &guest, fds[0], 0);
	close(fds[1]);
	assert_int_equal(xg_sleeper_sleep(&sleeper, &guest), XG_PORT_OTHER);
	xg_sleeper_finish(&sleeper);
	xg_port_finish(&guest);
	close(fds[0]);
}

/* The guest has the host's open files, and with them their flags. */
static void a_guest_cannot_make_its_host_wait(void **state)
{
	struct fixture *f = *state;
	struct xg_port guest, host;
	uint32_t number;

	assert_true(xg_link_port_create(f->guest_link, &guest, &number));
	assert_true(xg_link_port_bind(f->host_link, number, &host));
	assert_int_equal(fcntl(host.wait_fd, F_SETFL, 0), 0);
	assert_int_equal(fcntl(host.notify_fd, F_SETFL, 0), 0);
	xg_port_clear(&host);
	/* More than any socket takes that nobody reads. */
	for (int i = 0; i < 100000; i++)
		xg_port_notify(&host);
	assert_int_equal(xg_port_wait(&guest, -1, 0, -1), XG_PORT_NOTIFIED);
	assert_int_equal(xg_port_wait(&guest, -1, 0, 0), XG_PORT_TIMEOUT);
	xg_port_finish(&host);
	assert_int_equal(xg_port_wait(&guest, -1, 0, -1), XG_PORT_OTHER);
	xg_port_finish(&guest);
}

/* As xg_link_port_create, with files of the test's. True if the host binds to them. */
static bool binds_to(struct fixture *f, int wait_fd, int notify_fd)
{
	static uint32_t number = 1000;
	const uint32_t offer[2] = {2, ++number};
	const int fds[2] = {wait_fd, notify_fd};
	union {
		struct cmsghdr header;
		uint8_t bytes[CMSG_SPACE(sizeof(fds))];
	} control = {.header = {CMSG_LEN(sizeof(fds)), SOL_SOCKET, SCM_RIGHTS}};
	struct iovec iov = {(void *)(uintptr_t)offer, sizeof(offer)};
	const struct msghdr message = {.msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control)};
	struct xg_port port = XG_PORT_NONE;

	memcpy(CMSG_DATA(&control.header), fds, sizeof(fds));
	assert_int_equal(sendmsg(xg_link_fd(f->guest_link), &message, 0), sizeof(offer));

	const bool is_bound = xg_link_port_bind(f->host_link, number, &port);

	assert_true(xg_link_dispatch(f->host_link));
	xg_port_finish(&port);
	return is_bound;
}

static void a_port_of_files_that_could_hold_the_host_up_is_refused(void **state)
{
	struct fixture *f = *state;
	const int event = eventfd(0, 0), inotify = inotify_init1(0);
	const int inet = socket(AF_INET, SOCK_DGRAM, 0);
	int pipes[2], sockets[2];

	assert_int_equal(pipe(pipes), 0);
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, sockets), 0);
	assert_true(binds_to(f, event, sockets[0]));
	assert_false(binds_to(f, pipes[0], sockets[0]));
	assert_false(binds_to(f, sockets[1], sockets[0]));
	assert_false(binds_to(f, inotify, sockets[0]));
	assert_false(binds_to(f, event, pipes[1]));
	assert_false(binds_to(f, event, event));
	assert_false(binds_to(f, event, inet));

	const int all[] = {event, inotify, inet, pipes[0], pipes[1], sockets[0], sockets[1]};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		close(all[i]);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(a_region_is_mapped_once),
		TEST(memory_that_could_shrink_is_not_mapped),
		TEST(an_offer_that_is_garbage_ends_the_link),
		TEST(a_host_does_not_wait_for_a_link_that_garbage_has_ended),
		TEST(a_notification_is_seen_once),
		TEST(a_sleeper_wakes_for_each_notification),
		TEST(a_sleeper_hears_its_other_descriptor),
		TEST(a_guest_cannot_make_its_host_wait),
		TEST(a_port_of_files_that_could_hold_the_host_up_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

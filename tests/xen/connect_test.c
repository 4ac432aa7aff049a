/* SPDX-License-Identifier: MIT */
/*
 * A whole connection over Xen, again and again: xenglassd's domains in the test's thread, the
 * guest's daemon (its frontend, link and channel) in another, the host process in a process of its
 * own; the store and the hypervisor are fakes. Each of the three may end or die, and the next comes
 * to where the one before was.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/eventfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "channel.h"
#include "domains.h"
#include "fake_store.h"
#include "fake_xen.h"
#include "frontend.h"
#include "links_xen.h"
#include "xenglass/xenstore.h"

#define FRONTEND "/local/domain/5/device/xenglass/0"
#define BACKEND	 "/local/domain/0/backend/xenglass/5/0"

enum { PING = 7, PONG = 8 };

enum ending {
	END,   /* of its own accord */
	DIE,   /* as if killed */
	AWAIT, /* when the host has gone */
};

struct guest {
	enum ending ending;
	uint32_t pages_max;
	int signal_fd;
	pthread_t thread;
	struct xg_frontend *frontend;
	_Atomic bool is_connected, may_end, has_ended;
};

struct fixture {
	struct xg_policy policy;
	struct xg_domains *domains;
	pid_t host; /* forked before there are threads, and told by the pipe whom to serve */
	int host_pipe;
	uint32_t lie; /* added to the reference that the host is told */
	int starts;
	struct guest guest;
	uint32_t ended_mapped; /* before the test */
};

static _Noreturn void run_host(int pipe_fd)
{
	uint32_t numbers[2];
	struct xg_message message;
	enum xg_channel_state state;

	if (read(pipe_fd, numbers, sizeof(numbers)) != sizeof(numbers))
		_exit(2);

	struct xg_link *link = links_make_host(numbers[0], numbers[1], XG_XEN_PAGES_MAX);
	struct xg_channel *channel = link ? xg_channel_create_host(link, -1) : NULL;

	if (!channel)
		_exit(3);
	while ((state = xg_channel_receive_wait(channel, &message, -1)) == XG_CHANNEL_MESSAGE) {
		if (message.type == PING)
			xg_channel_send(channel, PONG, NULL, 0);
		xg_channel_flush(channel);
	}
	xg_channel_destroy(channel);
	xg_link_destroy(link);
	_exit(state == XG_CHANNEL_CLOSED ? 0 : 4);
}

static void prepare_host(struct fixture *f)
{
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	f->host = fork();
	if (f->host == 0) {
		close(ends[1]);
		run_host(ends[0]);
	}
	close(ends[0]);
	f->host_pipe = ends[1];
}

static int start(void *data, const struct xg_domain_call *call)
{
	struct fixture *f = data;
	const uint32_t numbers[] = {
		call->untrusted_ring_ref + f->lie, call->untrusted_event_channel};

	f->starts++;
	assert_int_equal(write(f->host_pipe, numbers, sizeof(numbers)), sizeof(numbers));
	return f->host;
}

/* It ends with its guest. */
static void stop(void *data, int host, bool asks)
{
}

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	char path[] = "/tmp/xg-policy-XXXXXX";
	const int fd = mkstemp(path);
	const struct xg_domains_setup setup = {
		.policy = &f->policy,
		.is_ready = true,
		.start = start,
		.stop = stop,
		.data = f,
	};

	assert_int_equal(write(fd, "work\n", 5), 5);
	close(fd);
	assert_true(xg_policy_read(&f->policy, path));
	unlink(path);
	f->ended_mapped = fake_xen_count().ended_mapped;
	fake_store_set("/local/domain/0/domid", "0");
	fake_store_set("/local/domain/5/domid", "5");
	fake_store_set("/local/domain/5/name", "work");
	fake_store_become(0);
	f->domains = xg_domains_create(&setup);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	xg_domains_destroy(f->domains);
	xg_policy_finish(&f->policy);
	fake_store_reset();
	free(f);
	assert_int_equal(fake_xen_count().grants, 0);
	assert_int_equal(fake_xen_count().mapped, 0);
	assert_int_equal(fake_xen_count().ports, 0);
	return 0;
}

static void play(struct guest *guest, struct xg_link *link, struct xg_channel *channel)
{
	struct xg_message message;

	xg_channel_send(channel, PING, NULL, 0);
	xg_channel_flush(channel);
	guest->is_connected = xg_frontend_receive_wait(guest->frontend, channel, &message, -1) ==
				      XG_CHANNEL_MESSAGE &&
			      message.type == PONG;
	if (!guest->is_connected)
		return;
	if (guest->ending == AWAIT)
		xg_frontend_receive_wait(guest->frontend, channel, &message, -1);
	while (guest->ending != AWAIT && !guest->may_end)
		usleep(100);
	if (guest->ending == END)
		xg_link_end(link, -1);
}

/* As xenglass-guestd over Xen, from its start to its end. Who is killed tells the store nothing. */
static void *run_guest(void *data)
{
	struct guest *guest = data;
	struct xg_link *link;
	struct xg_channel *channel;

	guest->frontend = xg_frontend_open(guest->signal_fd);
	link = xg_frontend_link(guest->frontend, guest->pages_max);
	channel = xg_channel_create_guest(link);
	if (channel && xg_frontend_connect(guest->frontend, link, guest->signal_fd))
		play(guest, link, channel);
	xg_channel_destroy(channel);
	xg_link_destroy(link);
	if (guest->ending != DIE) {
		xg_frontend_close(guest->frontend);
		guest->frontend = NULL;
	}
	guest->has_ended = true;
	return NULL;
}

static void start_guest(struct fixture *f, enum ending ending, uint32_t pages_max)
{
	prepare_host(f);
	f->guest = (struct guest){
		.ending = ending,
		.pages_max = pages_max,
		.signal_fd = eventfd(0, EFD_CLOEXEC),
	};
	fake_store_become(FAKE_XEN_GUEST);
	assert_int_equal(pthread_create(&f->guest.thread, NULL, run_guest, &f->guest), 0);
}

/* xenglassd goes on until that is so. */
static void serve_until(struct fixture *f, const _Atomic bool *is_so)
{
	struct pollfd fd = {xg_domains_fd(f->domains), POLLIN, 0};

	while (!*is_so) {
		xg_domains_dispatch(f->domains);
		poll(&fd, 1, 1);
	}
}

/* The host process ends with that status, or by that signal. */
static void reap_host(struct fixture *f, int wanted)
{
	int status;

	close(f->host_pipe);
	assert_int_equal(waitpid(f->host, &status, 0), f->host);
	assert_int_equal(status, wanted);
	xg_domains_host_gone(f->domains, f->host);
	xg_domains_dispatch(f->domains);
}

static void join_guest(struct fixture *f)
{
	serve_until(f, &f->guest.has_ended);
	pthread_join(f->guest.thread, NULL);
	close(f->guest.signal_fd);
	xg_domains_dispatch(f->domains);
}

/* A guest comes, and goes as it should. */
static void assert_works(struct fixture *f)
{
	start_guest(f, END, 1000);
	serve_until(f, &f->guest.is_connected);
	assert_string_equal(fake_store_get(FRONTEND "/state"), "4");
	assert_string_equal(fake_store_get(BACKEND "/state"), "4");
	f->guest.may_end = true;
	join_guest(f);
	assert_string_equal(fake_store_get(FRONTEND "/state"), "6");
	reap_host(f, 0);
	assert_int_equal(fake_xen_count().grants, 0);
	assert_int_equal(fake_xen_count().mapped, 0);
	assert_int_equal(fake_xen_count().ports, 0);
}

static void a_guest_comes_and_goes_and_leaves_nothing(void **state)
{
	struct fixture *f = *state;

	for (int i = 0; i < 5; i++)
		assert_works(f);
	assert_int_equal(f->starts, 5);
	assert_int_equal(fake_xen_count().ended_mapped, f->ended_mapped);
}

static void a_guest_finds_the_next_host(void **state)
{
	struct fixture *f = *state;

	for (int i = 0; i < 3; i++) {
		start_guest(f, AWAIT, 1000);
		serve_until(f, &f->guest.is_connected);
		assert_int_equal(kill(f->host, SIGKILL), 0);
		reap_host(f, SIGKILL);
		join_guest(f);
	}
	assert_works(f);
	assert_int_equal(fake_xen_count().ended_mapped, f->ended_mapped);
}

static void a_host_ends_with_its_guest(void **state)
{
	struct fixture *f = *state;

	for (int i = 0; i < 3; i++) {
		start_guest(f, DIE, 1000);
		serve_until(f, &f->guest.is_connected);
		f->guest.may_end = true;
		join_guest(f);
		assert_string_equal(fake_store_get(FRONTEND "/state"), "4");
		reap_host(f, 0);
		assert_string_equal(fake_store_get(BACKEND "/state"), "6");
		/* The next one finds what this one has left. */
		xg_frontend_close(f->guest.frontend);
		fake_store_set(FRONTEND "/state", "4");
	}
	assert_works(f);
}

static void a_host_that_finds_nothing_closes_the_device(void **state)
{
	struct fixture *f = *state;

	f->lie = 1;
	start_guest(f, AWAIT, 1000);
	while (f->starts == 0)
		xg_domains_dispatch(f->domains);
	reap_host(f, 3 << 8);
	join_guest(f);
	assert_false(f->guest.is_connected);
	f->lie = 0;
	assert_works(f);
}

/* Not even the control channel has room. */
static void a_guest_without_pages_leaves_the_device(void **state)
{
	struct fixture *f = *state;

	start_guest(f, END, 514);
	join_guest(f);
	assert_false(f->guest.is_connected);
	assert_int_equal(f->starts, 0);
	close(f->host_pipe);
	assert_int_equal(waitpid(f->host, NULL, 0), f->host);
	assert_string_equal(fake_store_get(FRONTEND "/state"), "6");
	assert_works(f);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(a_guest_comes_and_goes_and_leaves_nothing),
		TEST(a_guest_finds_the_next_host),
		TEST(a_host_ends_with_its_guest),
		TEST(a_host_that_finds_nothing_closes_the_device),
		TEST(a_guest_without_pages_leaves_the_device),
	};

	xg_log_init("connect-test", XG_LOG_ERROR);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

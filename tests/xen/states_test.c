/* SPDX-License-Identifier: MIT */
/*
 * The two ends of a device in xenstore, through every change of state, against a store in this
 * process. No host process is started: what would start one is counted.
 */
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/log.h"
#include "domains.h"
#include "fake_store.h"
#include "frontend.h"
#include "link/xen_link.h"
#include "link/xen_store.h"

#define FRONTEND "/local/domain/5/device/xenglass/0"
#define BACKEND	 "/local/domain/0/backend/xenglass/5/0"

struct fixture {
	char policy_path[64];
	struct xg_policy policy;
	struct xg_domains *domains;
	struct xg_domain_call call; /* the last one */
	int starts, stops;
	int kills; /* stops that did not ask */
	int host;  /* what start answers */
	uint32_t look_ms, pause_ms, patience_ms;
};

/* The link is not made: only its address is written. */
struct xg_link *xg_link_xen_create_guest(uint16_t backend, uint16_t own_domain, uint32_t pages_max)
{
	assert_int_equal(backend, 0);
	assert_int_equal(own_domain, 5);
	return (struct xg_link *)(uintptr_t)pages_max;
}

void xg_link_xen_address(const struct xg_link *link, uint32_t *ring_ref, uint32_t *event_channel)
{
	*ring_ref = 77;
	*event_channel = 9;
}

static int start(void *data, const struct xg_domain_call *call)
{
	struct fixture *f = data;

	f->starts++;
	f->call = *call;
	return f->host;
}

static void stop(void *data, int host, bool asks)
{
	struct fixture *f = data;

	assert_int_equal(host, f->host);
	f->stops += asks;
	f->kills += !asks;
}

static void begin_as(struct fixture *f, unsigned domain)
{
	const struct xg_domains_setup setup = {
		.policy = &f->policy,
		.has_screen = true,
		.is_ready = true,
		.start = start,
		.stop = stop,
		.data = f,
		.look_ms = f->look_ms,
		.pause_ms = f->pause_ms,
		.patience_ms = f->patience_ms,
	};

	fake_store_become(domain);
	f->domains = xg_domains_create(&setup);
	assert_non_null(f->domains);
	xg_domains_dispatch(f->domains);
}

static void begin(struct fixture *f)
{
	begin_as(f, 0);
}

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	static const char text[] = "# known domains\n"
				   "work colour=cc0000 label=Work clipboard=copy quota.contexts=3\n"
				   "late attach=no\n";

	strcpy(f->policy_path, "/tmp/xg-policy-XXXXXX");

	const int fd = mkstemp(f->policy_path);

	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
	assert_true(xg_policy_read(&f->policy, f->policy_path));
	f->host = 1234;
	fake_store_set("/local/domain/0/domid", "0");
	fake_store_set("/local/domain/0/name", "Domain-0");
	fake_store_set("/local/domain/5/domid", "5");
	fake_store_set("/local/domain/5/name", "work");
	begin(f);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	xg_domains_destroy(f->domains);
	xg_policy_finish(&f->policy);
	fake_store_reset();
	unlink(f->policy_path);
	free(f);
	return 0;
}

/* The frontend's part, by hand. */
static void write_frontend(struct fixture *f, const char *node, const char *text)
{
	char path[128];

	snprintf(path, sizeof(path), FRONTEND "/%s", node);
	fake_store_set(path, text);
	xg_domains_dispatch(f->domains);
}

static void call(struct fixture *f)
{
	write_frontend(f, "version", "1");
	write_frontend(f, "ring-ref", "77");
	write_frontend(f, "event-channel", "9");
	write_frontend(f, "state", "3");
}

static void domain_of_the_policy_gets_a_device(void **state)
{
	assert_string_equal(fake_store_get(FRONTEND "/backend"), BACKEND);
	assert_string_equal(fake_store_get(FRONTEND "/backend-id"), "0");
	assert_string_equal(fake_store_get(FRONTEND "/state"), "1");
	assert_string_equal(fake_store_get(BACKEND "/frontend"), FRONTEND);
	assert_string_equal(fake_store_get(BACKEND "/frontend-id"), "5");
	assert_string_equal(fake_store_get(BACKEND "/domain"), "work");
	assert_string_equal(fake_store_get(BACKEND "/versions"), "1");
	assert_string_equal(fake_store_get(BACKEND "/feature-present"), "1");
	assert_string_equal(fake_store_get(BACKEND "/state"), "2");
	assert_true(fake_store_is_permitted(FRONTEND, 5, 0));
	assert_true(fake_store_is_permitted(BACKEND, 0, 5));
}

static void domain_outside_the_policy_gets_nothing(void **state)
{
	struct fixture *f = *state;

	fake_store_set("/local/domain/6/name", "stranger");
	xg_domains_dispatch(f->domains);
	assert_string_equal(fake_store_get("/local/domain/6/device/xenglass/0/state"), "");
	assert_non_null(xg_domains_attach(f->domains, "stranger"));
}

static void frontend_that_calls_gets_a_host(void **state)
{
	struct fixture *f = *state;
	const char *problem;

	call(f);
	assert_int_equal(f->starts, 1);
	assert_int_equal(f->call.number, 5);
	assert_int_equal(f->call.untrusted_ring_ref, 77);
	assert_int_equal(f->call.untrusted_event_channel, 9);
	assert_string_equal(f->call.policy->label, "Work");
	assert_string_equal(f->call.policy->clipboard, "copy");
	assert_string_equal(f->call.policy->quotas[0], "contexts=3");
	assert_string_equal(fake_store_get(BACKEND "/state"), "4");
	write_frontend(f, "state", "4");
	assert_int_equal(f->starts, 1);
	assert_int_equal(f->stops, 0);
	assert_int_equal(xg_domains_host(f->domains, "work", &problem), 1234);
}

static void host_that_cannot_start_closes_the_device(void **state)
{
	struct fixture *f = *state;

	f->host = 0;
	call(f);
	assert_string_equal(fake_store_get(BACKEND "/state"), "6");
}

static void nodes_without_sense_close_the_device(void **state)
{
	struct fixture *f = *state;
	static const struct {
		const char *node, *text;
	} wrong[] = {
		{"version", "2"},
		{"version", ""},
		{"version", NULL},
		{"ring-ref", "-1"},
		{"ring-ref", "77x"},
		{"ring-ref", "4294967296"},
		{"ring-ref", NULL},
		{"event-channel", "99999999999999999999999"},
		{"event-channel", " 9"},
		{"event-channel", NULL},
	};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		write_frontend(f, "version", "1");
		write_frontend(f, "ring-ref", "77");
		write_frontend(f, "event-channel", "9");
		write_frontend(f, wrong[i].node, wrong[i].text);
		write_frontend(f, "state", "3");
		assert_string_equal(fake_store_get(BACKEND "/state"), "6");
		write_frontend(f, "state", "1");
		assert_string_equal(fake_store_get(BACKEND "/state"), "2");
	}
	assert_int_equal(f->starts, 0);
}

static void states_without_sense_start_and_end_nothing(void **state)
{
	struct fixture *f = *state;
	static const char *const wrong[] = {"", "0", "2", "4", "5", "6", "7", "8", "-3", "3 ", "x"};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		write_frontend(f, "state", wrong[i]);
	write_frontend(f, "state", NULL);
	assert_int_equal(f->starts, 0);
	assert_int_equal(f->stops, 0);
	assert_string_equal(fake_store_get(BACKEND "/state"), "2");
}

static void frontend_that_goes_can_come_again(void **state)
{
	static const char *const leaves[] = {"5", "6", "1", "", NULL};
	struct fixture *f = *state;

	for (int i = 0; i < (int)(sizeof(leaves) / sizeof(leaves[0])); i++) {
		call(f);
		write_frontend(f, "state", "4");
		assert_int_equal(f->starts, i + 1);
		write_frontend(f, "state", leaves[i]);
		assert_int_equal(f->stops, i + 1);
		assert_string_equal(fake_store_get(BACKEND "/state"), "5");
		xg_domains_dispatch(f->domains);
		assert_int_equal(f->stops, i + 1);
		xg_domains_host_gone(f->domains, 1234);
		write_frontend(f, "state", "1");
		assert_string_equal(fake_store_get(BACKEND "/state"), "2");
	}
}

static void host_that_dies_closes_the_device(void **state)
{
	struct fixture *f = *state;

	call(f);
	write_frontend(f, "state", "4");
	xg_domains_host_gone(f->domains, 1234);
	assert_string_equal(fake_store_get(BACKEND "/state"), "6");
	assert_int_equal(f->stops, 0);
	write_frontend(f, "state", "1");
	assert_string_equal(fake_store_get(BACKEND "/state"), "2");
	call(f);
	assert_int_equal(f->starts, 2);
}

static void nothing_is_offered_without_a_compositor(void **state)
{
	struct fixture *f = *state;

	/* It goes, and who was about to come is told so. */
	xg_domains_set_ready(f->domains, false);
	assert_string_equal(fake_store_get(BACKEND "/state"), "6");
	call(f);
	assert_int_equal(f->starts, 0);
	write_frontend(f, "state", "1");
	assert_string_equal(fake_store_get(BACKEND "/state"), "6");
	xg_domains_set_ready(f->domains, true);
	assert_string_equal(fake_store_get(BACKEND "/state"), "2");

	/* It goes with a guest, whose host process goes too. */
	call(f);
	assert_int_equal(f->starts, 1);
	xg_domains_set_ready(f->domains, false);
	assert_string_equal(fake_store_get(BACKEND "/state"), "4");
	xg_domains_host_gone(f->domains, 1234);
	write_frontend(f, "state", "1");
	assert_string_equal(fake_store_get(BACKEND "/state"), "6");

	/* A device that is made meanwhile is not offered either. */
	fake_store_set("/local/domain/7/name", "late");
	xg_domains_dispatch(f->domains);
	assert_null(xg_domains_attach(f->domains, "late"));
	assert_string_equal(fake_store_get("/local/domain/0/backend/xenglass/7/0/state"), "1");
	xg_domains_set_ready(f->domains, true);
	assert_string_equal(fake_store_get("/local/domain/0/backend/xenglass/7/0/state"), "2");
	assert_string_equal(fake_store_get(BACKEND "/state"), "2");
}

static void domain_that_is_destroyed_leaves_nothing(void **state)
{
	struct fixture *f = *state;
	char text[256];

	call(f);
	fake_store_set("/local/domain/5", NULL);
	xg_domains_dispatch(f->domains);
	assert_int_equal(f->stops, 1);
	xg_domains_host_gone(f->domains, 1234);
	assert_string_equal(fake_store_get(BACKEND "/state"), "");
	assert_string_equal(fake_store_get("/local/domain/5/device/xenglass/0/state"), "");
	xg_domains_list(f->domains, text, sizeof(text));
	assert_string_equal(text, "");
}

static void daemon_that_restarts_goes_on_with_its_guests(void **state)
{
	struct fixture *f = *state;

	call(f);
	write_frontend(f, "state", "4");
	xg_domains_host_gone(f->domains, 1234);
	xg_domains_destroy(f->domains);
	begin(f);
	assert_string_equal(fake_store_get(BACKEND "/state"), "6");
	assert_int_equal(f->starts, 1);
	write_frontend(f, "state", "1");
	assert_string_equal(fake_store_get(BACKEND "/state"), "2");
	call(f);
	assert_int_equal(f->starts, 2);
}

static void device_comes_and_goes_by_hand(void **state)
{
	struct fixture *f = *state;

	fake_store_set("/local/domain/7/name", "late");
	xg_domains_dispatch(f->domains);
	assert_string_equal(fake_store_get("/local/domain/7/device/xenglass/0/state"), "");
	assert_null(xg_domains_attach(f->domains, "late"));
	assert_string_equal(fake_store_get("/local/domain/7/device/xenglass/0/state"), "1");
	assert_null(xg_domains_detach(f->domains, "late"));
	assert_string_equal(fake_store_get("/local/domain/7/device/xenglass/0/state"), "");
	call(f);
	assert_null(xg_domains_detach(f->domains, "work"));
	assert_int_equal(f->stops, 1);
	xg_domains_host_gone(f->domains, 1234);
	assert_string_equal(fake_store_get(FRONTEND "/state"), "");
	assert_null(xg_domains_attach(f->domains, "work"));
	assert_string_equal(fake_store_get(BACKEND "/state"), "2");
}

static void write_policy(const struct fixture *f, struct xg_policy *policy, const char *text)
{
	FILE *file = fopen(f->policy_path, "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
	assert_true(xg_policy_read(policy, f->policy_path));
}

static void policy_can_be_read_again(void **state)
{
	struct fixture *f = *state;
	struct xg_policy before = f->policy;

	fake_store_set("/local/domain/6/name", "new");
	call(f);
	assert_string_equal(fake_store_get(BACKEND "/state"), "4");
	write_policy(f, &f->policy, "work\nnew\n");
	xg_domains_set_policy(f->domains, &f->policy);
	xg_policy_finish(&before);
	assert_string_equal(fake_store_get("/local/domain/0/backend/xenglass/6/0/state"), "2");
	assert_string_equal(fake_store_get(BACKEND "/state"), "4");
	assert_int_equal(f->stops, 0);

	/* Who is not named any more loses what it has. */
	before = f->policy;
	write_policy(f, &f->policy, "new\n");
	xg_domains_set_policy(f->domains, &f->policy);
	xg_policy_finish(&before);
	assert_int_equal(f->stops, 1);
	assert_string_equal(fake_store_get(FRONTEND "/state"), "");
	xg_domains_host_gone(f->domains, 1234);
	assert_string_equal(fake_store_get(BACKEND "/state"), "");
}

static void device_attached_by_hand_outlives_the_daemon(void **state)
{
	static const char folder[] = "/local/domain/0/backend/xenglass/7/0/state";
	struct fixture *f = *state;

	fake_store_set("/local/domain/7/name", "late");
	xg_domains_dispatch(f->domains);
	assert_null(xg_domains_attach(f->domains, "late"));
	assert_string_equal(fake_store_get(folder), "2");
	xg_domains_destroy(f->domains);
	begin(f);
	assert_string_equal(fake_store_get(folder), "2");
	assert_null(xg_domains_detach(f->domains, "late"));
	assert_string_equal(fake_store_get(folder), "");
}

static void leftovers_of_domains_that_are_gone_are_removed(void **state)
{
	struct fixture *f = *state;

	xg_domains_destroy(f->domains);
	fake_store_set("/local/domain/0/backend/xenglass/9/0/state", "4");
	begin(f);
	assert_string_equal(fake_store_get("/local/domain/0/backend/xenglass/9/0/state"), "");
	assert_string_equal(fake_store_get(BACKEND "/state"), "2");
}

static void device_that_is_made_anew_is_offered_anew(void **state)
{
	struct fixture *f = *state;

	call(f);
	write_frontend(f, "state", "4");
	assert_null(xg_domains_detach(f->domains, "work"));
	assert_null(xg_domains_attach(f->domains, "work"));
	assert_int_equal(f->stops, 1);
	xg_domains_dispatch(f->domains);
	assert_int_equal(f->stops, 1);
	xg_domains_host_gone(f->domains, 1234);
	assert_string_equal(fake_store_get(BACKEND "/state"), "2");
	call(f);
	assert_int_equal(f->starts, 2);
}

/* What dom0's daemon writes for a guest that the domain "gpu", number 7, serves. */
#define FAR "/local/domain/7/backend/xenglass/5/0"

static void restart(struct fixture *f, unsigned domain, const char *policy)
{
	xg_domains_destroy(f->domains);
	xg_policy_finish(&f->policy);
	write_policy(f, &f->policy, policy);
	begin_as(f, domain);
}

static void device_can_be_of_a_driver_domain(void **state)
{
	struct fixture *f = *state;
	const char *problem = NULL;
	char text[256];

	restart(f, 0, "work backend=gpu\n");
	assert_string_equal(fake_store_get(BACKEND "/state"), "");
	assert_string_equal(fake_store_get(FRONTEND "/state"), "");
	xg_domains_list(f->domains, text, sizeof(text));
	assert_string_equal(text, "work 5 unserved 0\n");

	fake_store_set("/local/domain/7/name", "gpu");
	xg_domains_dispatch(f->domains);
	assert_string_equal(fake_store_get(FRONTEND "/backend"), FAR);
	assert_string_equal(fake_store_get(FRONTEND "/backend-id"), "7");
	assert_string_equal(fake_store_get(FRONTEND "/state"), "1");
	assert_string_equal(fake_store_get(FAR "/frontend"), FRONTEND);
	assert_string_equal(fake_store_get(FAR "/frontend-id"), "5");
	assert_string_equal(fake_store_get(FAR "/domain"), "work");
	assert_string_equal(fake_store_get(FAR "/state"), "1");
	assert_true(fake_store_is_permitted(FRONTEND, 5, 7));
	assert_true(fake_store_is_permitted(FRONTEND "/state", 5, 7));
	assert_true(fake_store_is_permitted(FAR, 7, 5));
	assert_true(fake_store_is_permitted(FAR "/state", 7, 5));
	assert_int_equal(xg_domains_host(f->domains, "work", &problem), 0);
	assert_non_null(strstr(problem, "driver domain"));
	fake_store_set(FAR "/state", "4");
	xg_domains_list(f->domains, text, sizeof(text));
	assert_string_equal(text, "work 5 connected gpu\n");

	/* Dom0's daemon can be restarted while it serves. */
	restart(f, 0, "work backend=gpu\n");
	assert_string_equal(fake_store_get(FAR "/state"), "4");

	/* It goes, and another comes by that name. */
	fake_store_set("/local/domain/7", NULL);
	xg_domains_dispatch(f->domains);
	assert_string_equal(fake_store_get(FRONTEND "/state"), "");
	fake_store_set("/local/domain/8/name", "gpu");
	xg_domains_dispatch(f->domains);
	assert_string_equal(
		fake_store_get(FRONTEND "/backend"), "/local/domain/8/backend/xenglass/5/0");
	assert_string_equal(fake_store_get("/local/domain/8/backend/xenglass/5/0/state"), "1");

	/* The guest goes. */
	fake_store_set("/local/domain/5", NULL);
	xg_domains_dispatch(f->domains);
	assert_string_equal(fake_store_get("/local/domain/8/backend/xenglass/5/0/state"), "");
	assert_int_equal(f->starts, 0);
}

/* As dom0's toolstack writes it, for the driver domain 7. */
static void give_device(const char *name)
{
	struct xg_store *dom0;

	fake_store_become(0);
	dom0 = xg_store_open();
	xg_store_write(dom0, "", FAR, "");
	xg_store_permit(dom0, FAR, 7, 5);
	xg_store_write(dom0, "", FRONTEND, "");
	xg_store_permit(dom0, FRONTEND, 5, 7);
	xg_store_write(dom0, FAR, "domain", name);
	xg_store_write(dom0, FRONTEND, "state", "1");
	xg_store_write(dom0, FAR, "state", "1");
	xg_store_close(dom0);
}

static void driver_domain_serves_what_stands_in_its_folder(void **state)
{
	struct fixture *f = *state;
	char text[256];

	xg_domains_destroy(f->domains);
	fake_store_set("/local/domain/0/backend", NULL);
	fake_store_set(FRONTEND, NULL);
	fake_store_set("/local/domain/7/domid", "7");
	begin_as(f, 7);
	assert_non_null(xg_domains_attach(f->domains, "work"));
	assert_non_null(xg_domains_detach(f->domains, "work"));
	give_device("work");
	xg_domains_dispatch(f->domains);
	assert_string_equal(fake_store_get(FAR "/state"), "2");
	call(f);
	assert_int_equal(f->starts, 1);
	assert_int_equal(f->call.number, 5);
	assert_string_equal(f->call.policy->label, "Work");
	assert_string_equal(fake_store_get(FAR "/state"), "4");
	write_frontend(f, "state", "4");
	xg_domains_list(f->domains, text, sizeof(text));
	assert_string_equal(text, "work 5 connected 1234\n");

	/* Its daemon is restarted, as after a kill: the state is an old one. */
	xg_domains_host_gone(f->domains, 1234);
	xg_domains_destroy(f->domains);
	fake_store_set(FAR "/state", "4");
	begin_as(f, 7);
	assert_string_equal(fake_store_get(FAR "/state"), "6");
	write_frontend(f, "state", "1");
	assert_string_equal(fake_store_get(FAR "/state"), "2");

	/* The guest is destroyed, and dom0 takes the device away. */
	call(f);
	assert_int_equal(f->starts, 2);
	fake_store_set(FRONTEND, NULL);
	xg_domains_dispatch(f->domains);
	assert_int_equal(f->stops, 1);
	fake_store_set(FAR, NULL);
	xg_domains_dispatch(f->domains);
	xg_domains_host_gone(f->domains, 1234);
	assert_string_equal(fake_store_get(FAR "/state"), "");
	xg_domains_list(f->domains, text, sizeof(text));
	assert_string_equal(text, "");
	assert_int_equal(fake_store_denials(), 0);
}

static void driver_domain_refuses_whom_its_policy_does_not_name(void **state)
{
	struct fixture *f = *state;

	xg_domains_destroy(f->domains);
	fake_store_set(FRONTEND, NULL);
	fake_store_set("/local/domain/7/domid", "7");
	begin_as(f, 7);
	give_device("stranger");
	xg_domains_dispatch(f->domains);
	assert_string_equal(fake_store_get(FAR "/state"), "6");
	call(f);
	assert_int_equal(f->starts, 0);
	assert_string_equal(fake_store_get(FAR "/state"), "6");
	assert_int_equal(fake_store_denials(), 0);
}

/* The daemon again, which is kept to other times. */
static void begin_anew(struct fixture *f, uint32_t look_ms, uint32_t pause_ms, uint32_t patience_ms)
{
	xg_domains_destroy(f->domains);
	f->look_ms = look_ms;
	f->pause_ms = pause_ms;
	f->patience_ms = patience_ms;
	begin(f);
}

static void wait_readable(struct fixture *f)
{
	struct pollfd changed = {.fd = xg_domains_fd(f->domains), .events = POLLIN};

	assert_int_equal(poll(&changed, 1, -1), 1);
	xg_domains_dispatch(f->domains);
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000;
}

static void frontend_that_comes_again_and_again_is_slowed_down(void **state)
{
	enum { PAUSE_MS = 50 };
	static const char *const refs[] = {"77", "no number"};
	struct fixture *f = *state;
	const int64_t begin_ms = now_ms();

	begin_anew(f, 0, PAUSE_MS, 0);
	for (int i = 1; i <= 4; i++) {
		write_frontend(f, "state", "1");
		while (strcmp(fake_store_get(BACKEND "/state"), "2") != 0)
			wait_readable(f);
		write_frontend(f, "version", "1");
		write_frontend(f, "event-channel", "9");
		write_frontend(f, "ring-ref", refs[i % 2]);
		write_frontend(f, "state", "3");
		xg_domains_host_gone(f->domains, 1234);
		assert_string_equal(fake_store_get(BACKEND "/state"), "6");
	}
	assert_int_equal(f->starts, 2);
	assert_true(now_ms() - begin_ms >= 3 * PAUSE_MS);
}

static void changes_are_looked_at_now_and_then(void **state)
{
	enum { LOOK_MS = 20 };
	struct fixture *f = *state;

	begin_anew(f, LOOK_MS, 0, 0);

	const int64_t begin_ms = now_ms();

	for (int i = 0; i < 10; i++)
		write_frontend(f, "state", "1");
	assert_true(now_ms() - begin_ms >= 9 * LOOK_MS);
}

static void host_that_does_not_end_is_made_to(void **state)
{
	struct fixture *f = *state;

	begin_anew(f, 0, 0, 20);
	write_frontend(f, "state", "1");
	call(f);
	write_frontend(f, "state", "5");
	assert_int_equal(f->stops, 1);
	while (f->kills == 0)
		wait_readable(f);
	assert_int_equal(f->stops, 1);
	/* The same when the domain has gone. */
	fake_store_set("/local/domain/5", NULL);
	while (f->kills < 3)
		wait_readable(f);
	xg_domains_host_gone(f->domains, 1234);
}

/* The guest's daemon, in a thread of its own. */
struct guest {
	int signal_fd;
	struct xg_frontend *frontend;
	bool is_connected;
};

static void *run_frontend(void *data)
{
	struct guest *guest = data;

	guest->frontend = xg_frontend_open(guest->signal_fd);
	if (guest->frontend)
		guest->is_connected = xg_frontend_connect(
			guest->frontend, xg_frontend_link(guest->frontend, 16), guest->signal_fd);
	return NULL;
}

static pthread_t start_guest(struct guest *guest)
{
	pthread_t thread;

	*guest = (struct guest){.signal_fd = eventfd(0, EFD_CLOEXEC)};
	fake_store_become(5);
	assert_int_equal(pthread_create(&thread, NULL, run_frontend, guest), 0);
	return thread;
}

static void finish_guest(struct guest *guest, pthread_t thread)
{
	pthread_join(thread, NULL);
	xg_frontend_close(guest->frontend);
	close(guest->signal_fd);
}

static void both_ends_find_each_other_again_and_again(void **state)
{
	struct fixture *f = *state;
	struct guest guest;

	for (int i = 0; i < 3; i++) {
		const pthread_t thread = start_guest(&guest);

		while (f->starts == i)
			xg_domains_dispatch(f->domains);
		pthread_join(thread, NULL);
		assert_true(guest.is_connected);
		assert_true(xg_frontend_is_served(guest.frontend));
		assert_int_equal(f->call.untrusted_ring_ref, 77);
		assert_string_equal(fake_store_get(FRONTEND "/state"), "4");
		xg_frontend_close(guest.frontend);
		close(guest.signal_fd);
		assert_string_equal(fake_store_get(FRONTEND "/state"), "6");
		xg_domains_dispatch(f->domains);
		assert_int_equal(f->stops, i + 1);
		xg_domains_host_gone(f->domains, 1234);
	}
}

static void frontend_sees_that_its_device_is_gone(void **state)
{
	struct fixture *f = *state;
	struct guest guest;
	const pthread_t thread = start_guest(&guest);

	while (f->starts == 0)
		xg_domains_dispatch(f->domains);
	pthread_join(thread, NULL);
	assert_true(xg_frontend_is_served(guest.frontend));

	struct pollfd change = {xg_frontend_fd(guest.frontend), POLLIN, 0};

	assert_int_equal(poll(&change, 1, 0), 0);
	fake_store_set(BACKEND, NULL);
	assert_int_equal(poll(&change, 1, 0), 1);
	assert_false(xg_frontend_is_served(guest.frontend));
	xg_frontend_close(guest.frontend);
	close(guest.signal_fd);
	xg_domains_dispatch(f->domains);
	xg_domains_host_gone(f->domains, 1234);
}

static void frontend_that_is_refused_says_so(void **state)
{
	struct fixture *f = *state;
	struct guest guest;

	f->host = 0;

	const pthread_t thread = start_guest(&guest);

	while (f->starts == 0)
		xg_domains_dispatch(f->domains);
	finish_guest(&guest, thread);
	assert_false(guest.is_connected);
}

static void frontend_speaks_no_other_version(void **state)
{
	struct guest guest;

	fake_store_set(BACKEND "/versions", "2,31");
	finish_guest(&guest, start_guest(&guest));
	assert_null(guest.frontend);
}

static void frontend_that_waits_can_be_ended(void **state)
{
	struct guest guest;

	fake_store_set(FRONTEND, NULL);

	const pthread_t thread = start_guest(&guest);

	eventfd_write(guest.signal_fd, 1);
	finish_guest(&guest, thread);
	assert_null(guest.frontend);
}

static void policy_without_sense_is_refused(void **state)
{
	static const char *const wrong[] = {
		"a\na\n",
		"a colour=red\n",
		"a colour=12345g\n",
		"a label=\n",
		"a/b\n",
		"a-name-that-is-far-too-long-for-a-label\n",
		"a backend=\n",
		"a clipboard=maybe\n",
		"a quota.contexts\n",
		"a attach=maybe\n",
		"a what\n",
	};
	char path[] = "/tmp/xg-policy-XXXXXX";
	const int fd = mkstemp(path);
	struct xg_policy policy = {0};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_int_equal(ftruncate(fd, 0), 0);
		assert_int_equal(
			pwrite(fd, wrong[i], strlen(wrong[i]), 0), (ssize_t)strlen(wrong[i]));
		assert_false(xg_policy_read(&policy, path));
	}
	close(fd);
	unlink(path);
	assert_false(xg_policy_read(&policy, path));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(domain_of_the_policy_gets_a_device),
		TEST(domain_outside_the_policy_gets_nothing),
		TEST(frontend_that_calls_gets_a_host),
		TEST(host_that_cannot_start_closes_the_device),
		TEST(nodes_without_sense_close_the_device),
		TEST(states_without_sense_start_and_end_nothing),
		TEST(frontend_that_goes_can_come_again),
		TEST(host_that_dies_closes_the_device),
		TEST(nothing_is_offered_without_a_compositor),
		TEST(domain_that_is_destroyed_leaves_nothing),
		TEST(daemon_that_restarts_goes_on_with_its_guests),
		TEST(device_comes_and_goes_by_hand),
		TEST(policy_can_be_read_again),
		TEST(device_attached_by_hand_outlives_the_daemon),
		TEST(leftovers_of_domains_that_are_gone_are_removed),
		TEST(device_that_is_made_anew_is_offered_anew),
		TEST(device_can_be_of_a_driver_domain),
		TEST(driver_domain_serves_what_stands_in_its_folder),
		TEST(driver_domain_refuses_whom_its_policy_does_not_name),
		TEST(frontend_that_comes_again_and_again_is_slowed_down),
		TEST(changes_are_looked_at_now_and_then),
		TEST(host_that_does_not_end_is_made_to),
		TEST(both_ends_find_each_other_again_and_again),
		TEST(frontend_sees_that_its_device_is_gone),
		TEST(frontend_that_is_refused_says_so),
		TEST(frontend_speaks_no_other_version),
		TEST(frontend_that_waits_can_be_ended),
		cmocka_unit_test(policy_without_sense_is_refused),
	};

	xg_log_init("states-test", XG_LOG_ERROR);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

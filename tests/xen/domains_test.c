/* SPDX-License-Identifier: MIT */
/* Which domains get a device, from whom, and what is left when they go: the toolstack's part, the
 * policy, and driver domains. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/log.h"
#include "fake_store.h"
#include "fixture.h"
#include "link/xen_store.h"

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

static void domain_that_is_destroyed_leaves_nothing(void **state)
{
	struct fixture *f = *state;
	char text[256];

	fixture_call(f);
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

	fixture_call(f);
	fixture_write_frontend(f, "state", "4");
	xg_domains_host_gone(f->domains, 1234);
	xg_domains_destroy(f->domains);
	fixture_begin(f);
	assert_string_equal(fake_store_get(BACKEND "/state"), "6");
	assert_int_equal(f->starts, 1);
	fixture_write_frontend(f, "state", "1");
	assert_string_equal(fake_store_get(BACKEND "/state"), "2");
	fixture_call(f);
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
	fixture_call(f);
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
	fixture_call(f);
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
	fixture_begin(f);
	assert_string_equal(fake_store_get(folder), "2");
	assert_null(xg_domains_detach(f->domains, "late"));
	assert_string_equal(fake_store_get(folder), "");
}

static void leftovers_of_domains_that_are_gone_are_removed(void **state)
{
	struct fixture *f = *state;

	xg_domains_destroy(f->domains);
	fake_store_set("/local/domain/0/backend/xenglass/9/0/state", "4");
	fixture_begin(f);
	assert_string_equal(fake_store_get("/local/domain/0/backend/xenglass/9/0/state"), "");
	assert_string_equal(fake_store_get(BACKEND "/state"), "2");
}

static void device_that_is_made_anew_is_offered_anew(void **state)
{
	struct fixture *f = *state;

	fixture_call(f);
	fixture_write_frontend(f, "state", "4");
	assert_null(xg_domains_detach(f->domains, "work"));
	assert_null(xg_domains_attach(f->domains, "work"));
	assert_int_equal(f->stops, 1);
	xg_domains_dispatch(f->domains);
	assert_int_equal(f->stops, 1);
	xg_domains_host_gone(f->domains, 1234);
	assert_string_equal(fake_store_get(BACKEND "/state"), "2");
	fixture_call(f);
	assert_int_equal(f->starts, 2);
}

/* What dom0's daemon writes for a guest that the domain "gpu", number 7, serves. */
#define FAR "/local/domain/7/backend/xenglass/5/0"

static void restart(struct fixture *f, unsigned domain, const char *policy)
{
	xg_domains_destroy(f->domains);
	xg_policy_finish(&f->policy);
	write_policy(f, &f->policy, policy);
	fixture_begin_as(f, domain);
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
	fixture_begin_as(f, 7);
	assert_non_null(xg_domains_attach(f->domains, "work"));
	assert_non_null(xg_domains_detach(f->domains, "work"));
	give_device("work");
	xg_domains_dispatch(f->domains);
	assert_string_equal(fake_store_get(FAR "/state"), "2");
	fixture_call(f);
	assert_int_equal(f->starts, 1);
	assert_int_equal(f->call.number, 5);
	assert_string_equal(f->call.policy->label, "Work");
	assert_string_equal(fake_store_get(FAR "/state"), "4");
	fixture_write_frontend(f, "state", "4");
	xg_domains_list(f->domains, text, sizeof(text));
	assert_string_equal(text, "work 5 connected 1234\n");

	/* Its daemon is restarted, as after a kill: the state is an old one. */
	xg_domains_host_gone(f->domains, 1234);
	xg_domains_destroy(f->domains);
	fake_store_set(FAR "/state", "4");
	fixture_begin_as(f, 7);
	assert_string_equal(fake_store_get(FAR "/state"), "6");
	fixture_write_frontend(f, "state", "1");
	assert_string_equal(fake_store_get(FAR "/state"), "2");

	/* The guest is destroyed, and dom0 takes the device away. */
	fixture_call(f);
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
	fixture_begin_as(f, 7);
	give_device("stranger");
	xg_domains_dispatch(f->domains);
	assert_string_equal(fake_store_get(FAR "/state"), "6");
	fixture_call(f);
	assert_int_equal(f->starts, 0);
	assert_string_equal(fake_store_get(FAR "/state"), "6");
	assert_int_equal(fake_store_denials(), 0);
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

#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(domain_of_the_policy_gets_a_device),
		TEST(domain_outside_the_policy_gets_nothing),
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
		cmocka_unit_test(policy_without_sense_is_refused),
	};

	xg_log_init("domains-test", XG_LOG_ERROR);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

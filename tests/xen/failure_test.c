/* SPDX-License-Identifier: MIT */
/*
 * Both ends of the link over Xen when a call fails, each one that can: errno says why, and nothing
 * is left.
 */
#include "link_fixture.h"

#include <errno.h>

static void each_call_that_fails_leaves_nothing_of_a_guests_end(void **state)
{
	const struct held before = count_held();
	struct xg_link *guest;
	int step = -1;

	do {
		fake_xen_fail(++step, ENFILE);
		guest = links_make_guest(100);
		if (guest)
			break;
		assert_int_equal(errno, ENFILE);
		assert_true(fake_xen_has_failed());
		assert_held(&before);
	} while (true);
	assert_false(fake_xen_has_failed());
	assert_true(step > 8);
	xg_link_destroy(guest);
	assert_held(&before);
}

/* All but the last, which wakes the guest and cannot fail. */
static void each_call_that_fails_leaves_nothing_of_a_hosts_end(void **state)
{
	struct xg_link *guest = links_make_guest(100);
	const struct held before = count_held();
	struct xg_link *host;
	int step = -1;

	do {
		fake_xen_fail(++step, ENFILE);
		host = links_join(guest);
		if (host)
			break;
		assert_int_equal(errno, ENFILE);
		assert_true(fake_xen_has_failed());
		assert_held(&before);
	} while (true);
	assert_true(fake_xen_has_failed());
	assert_int_equal(step, 7);
	xg_link_destroy(host);
	assert_held(&before);
	xg_link_destroy(guest);
}

static void each_call_that_fails_leaves_nothing_of_a_region(void **state)
{
	struct fixture *f = *state;
	const struct held before = count_held();
	struct xg_region region = {.fd = -77};
	int step = -1;

	do {
		fake_xen_fail(++step, ENFILE);
		if (xg_link_share(f->guest, 2000 * PAGE, &region))
			break;
		assert_int_equal(errno, ENFILE);
		assert_int_equal(region.fd, -77);
		assert_true(fake_xen_has_failed());
		assert_held(&before);
	} while (true);
	assert_false(fake_xen_has_failed());
	assert_true(step > 5);
	/* Two directory pages, and the thing itself; only the allocation may end the process. */
	for (step = 1;; step++) {
		const struct held shared = count_held();

		fake_xen_fail(step, ENFILE);

		void *memory = xg_link_map(f->host, region.number, 2000 * PAGE);

		if (memory) {
			xg_link_unmap(f->host, memory, 2000 * PAGE);
			break;
		}
		assert_true(fake_xen_has_failed());
		assert_held(&shared);
	}
	assert_false(fake_xen_has_failed());
	assert_int_equal(step, 4);
	xg_region_finish(&region);
	assert_held(&before);
	/* Nothing of what failed has been counted. */
	assert_true(xg_link_share(f->guest, 32768 * PAGE, &region));
	xg_region_finish(&region);
}

static void each_call_that_fails_leaves_nothing_of_a_port(void **state)
{
	struct fixture *f = *state;
	const struct held before = count_held();
	struct xg_port guest = XG_PORT_NONE, host = XG_PORT_NONE;
	uint32_t number;
	int step = -1;

	do {
		fake_xen_fail(++step, ENFILE);
		if (xg_link_port_create(f->guest, &guest, &number))
			break;
		assert_int_equal(errno, ENFILE);
		assert_int_equal(guest.wait_fd, -1);
		assert_true(fake_xen_has_failed());
		assert_held(&before);
	} while (true);
	assert_false(fake_xen_has_failed());
	assert_int_equal(step, 4);

	const struct held offered = count_held();

	for (step = 0;; step++) {
		fake_xen_fail(step, ENFILE);
		if (xg_link_port_bind(f->host, number, &host))
			break;
		assert_int_equal(host.wait_fd, -1);
		assert_true(fake_xen_has_failed());
		assert_held(&offered);
	}
	assert_false(fake_xen_has_failed());
	assert_int_equal(step, 4);
	xg_port_finish(&guest);
	xg_port_finish(&host);
	assert_held(&before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_call_that_fails_leaves_nothing_of_a_guests_end),
		TEST(each_call_that_fails_leaves_nothing_of_a_hosts_end),
		TEST(each_call_that_fails_leaves_nothing_of_a_region),
		TEST(each_call_that_fails_leaves_nothing_of_a_port),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

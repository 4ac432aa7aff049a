/* SPDX-License-Identifier: MIT */
/*
 * A link over the fake hypervisor, for the tests of one, and the count of what is held: descriptors
 * in this process, grants, mappings and ports in the hypervisor.
 */
#ifndef XG_TESTS_XEN_LINK_FIXTURE_H
#define XG_TESTS_XEN_LINK_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fake_xen.h"
#include "links_xen.h"
#include "xenglass/xenstore.h"

#define PAGE XG_XEN_PAGE_SIZE

struct fixture {
	struct xg_link *guest, *host;
};

/* Of a test. After the last one nothing may be held. */
int link_set_up(void **state);
int link_tear_down(void **state);

#define TEST(function) cmocka_unit_test_setup_teardown(function, link_set_up, link_tear_down)

struct held {
	struct fake_xen_counts counts;
	int fds;
};

struct held count_held(void);

/* As much is held as then. */
void assert_held(const struct held *before);

#endif

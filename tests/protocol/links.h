/* SPDX-License-Identifier: MIT */
/*
 * Both ends of a link, for tests of what stands on it. Each kind of link has its own file that
 * makes them: such a test is built once with links_local.c and once with ../xen/links_xen.c.
 */
#ifndef XG_TESTS_LINKS_H
#define XG_TESTS_LINKS_H

#include "link/link.h"

/* In the test's thread, before it has others. */
void links_make(struct xg_link **guest, struct xg_link **host);

#endif

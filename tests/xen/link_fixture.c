/* SPDX-License-Identifier: MIT */
/* See link_fixture.h. */
#include "link_fixture.h"

#include <dirent.h>

struct held count_held(void)
{
	struct held held = {.counts = fake_xen_count()};
	DIR *folder = opendir("/proc/self/fd");

	while (readdir(folder))
		held.fds++;
	closedir(folder);
	held.counts.ended_mapped = 0;
	return held;
}

void assert_held(const struct held *before)
{
	const struct held now = count_held();

	assert_int_equal(now.fds, before->fds);
	assert_int_equal(now.counts.grants, before->counts.grants);
	assert_int_equal(now.counts.mapped, before->counts.mapped);
	assert_int_equal(now.counts.ports, before->counts.ports);
}

int link_set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	f->guest = links_make_guest(FAKE_XEN_LIMIT);
	f->host = links_join(f->guest);
	assert_non_null(f->host);
	*state = f;
	return 0;
}

int link_tear_down(void **state)
{
	struct fixture *f = *state;

	fake_xen_set_limit(FAKE_XEN_LIMIT);
	xg_link_destroy(f->guest);
	xg_link_destroy(f->host);
	free(f);
	assert_int_equal(fake_xen_count().grants, 0);
	assert_int_equal(fake_xen_count().mapped, 0);
	assert_int_equal(fake_xen_count().ports, 0);
	return 0;
}

/* SPDX-License-Identifier: MIT */
/* See fixture.h. */
#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "fake_store.h"
#include "link/xen_link.h"

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

void fixture_begin_as(struct fixture *f, unsigned domain)
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

void fixture_begin(struct fixture *f)
{
	fixture_begin_as(f, 0);
}

int fixture_setup(void **state)
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
	fixture_begin(f);
	*state = f;
	return 0;
}

int fixture_teardown(void **state)
{
	struct fixture *f = *state;

	xg_domains_destroy(f->domains);
	xg_policy_finish(&f->policy);
	fake_store_reset();
	unlink(f->policy_path);
	free(f);
	return 0;
}

void fixture_write_frontend(struct fixture *f, const char *node, const char *text)
{
	char path[128];

	snprintf(path, sizeof(path), FRONTEND "/%s", node);
	fake_store_set(path, text);
	xg_domains_dispatch(f->domains);
}

void fixture_call(struct fixture *f)
{
	fixture_write_frontend(f, "version", "1");
	fixture_write_frontend(f, "ring-ref", "77");
	fixture_write_frontend(f, "event-channel", "9");
	fixture_write_frontend(f, "state", "3");
}

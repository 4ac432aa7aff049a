/* SPDX-License-Identifier: MIT */
/*
 * xenglassd's domains against a xenstore in this process (fake_store.h), for tests: domain 5,
 * called "work", and a policy that names it. No host process is started: what would start one is
 * counted.
 */
#ifndef XG_TESTS_XEN_FIXTURE_H
#define XG_TESTS_XEN_FIXTURE_H

#include <stdint.h>

#include "domains.h"

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

/* For cmocka: the daemon has looked once, in dom0. */
int fixture_setup(void **state);
int fixture_teardown(void **state);

/* The daemon begins again, in that domain; the one before must be destroyed. */
void fixture_begin_as(struct fixture *f, unsigned domain);
void fixture_begin(struct fixture *f);

/* The frontend's part, by hand: a node, NULL removes it; and all that asks for a host process. */
void fixture_write_frontend(struct fixture *f, const char *node, const char *text);
void fixture_call(struct fixture *f);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * The guests that are domains of Xen. Two roles, which dom0 has both: the toolstack's (toolstack.h)
 * gives devices to those that the policy names, the backend's (backend.h) serves the devices of
 * this domain. A driver domain is a backend only. Host processes are started and ended by who calls
 * this. One thread.
 *
 * A guest can change its nodes as fast as it likes: what that costs is bounded by the times below.
 */
#ifndef XG_DAEMON_DOMAINS_H
#define XG_DAEMON_DOMAINS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "policy.h"

struct xg_domains;

/* A frontend that asks for a host process; the last two are as it wrote them. */
struct xg_domain_call {
	const struct xg_policy_guest *policy;
	uint16_t number;
	uint32_t untrusted_ring_ref;
	uint32_t untrusted_event_channel;
};

struct xg_domains_setup {
	const struct xg_policy *policy;
	bool has_screen; /* windows can be shown */
	bool is_ready;	 /* as xg_domains_set_ready says */
	/* Starts a host process; 0 if that cannot be, which has been said. */
	int (*start)(void *data, const struct xg_domain_call *call);
	/* Has the host process of that id end, by asking first; xg_domains_host_gone tells that it
	 * has. */
	void (*stop)(void *data, int host, bool asks);
	void *data;
	uint32_t look_ms;     /* from one look at what has changed to the next, at least */
	uint32_t pause_ms;    /* from a device's end to its next offer, at least */
	uint32_t patience_ms; /* from asking a host process to end to making it, 0: for ever */
};

/* What a guest is kept to: its daemon waits as long by itself. */
#define XG_DOMAINS_TIMES .look_ms = 50, .pause_ms = 3000, .patience_ms = 5000

/* NULL, with one log line, if there is no xenstore. */
struct xg_domains *xg_domains_create(const struct xg_domains_setup *setup);

/* Closes the devices; host processes have ended by then. NULL is legal. */
void xg_domains_destroy(struct xg_domains *domains);

/* Readable when xg_domains_dispatch has work. */
int xg_domains_fd(const struct xg_domains *domains);
void xg_domains_dispatch(struct xg_domains *domains);

/* The host process of that id has ended. */
void xg_domains_host_gone(struct xg_domains *domains, int host);

/* Whether frontends may come. Who has come stays until its host process ends. */
void xg_domains_set_ready(struct xg_domains *domains, bool is_ready);

/*
 * Another policy, to which all that is kept of the one before is changed. A domain that it does not
 * name loses its device; what it says of one that is connected counts when that connects again.
 */
void xg_domains_set_policy(struct xg_domains *domains, const struct xg_policy *policy);

/* Gives or takes a domain's device. NULL, or why that cannot be. */
const char *xg_domains_attach(struct xg_domains *domains, const char *name);
const char *xg_domains_detach(struct xg_domains *domains, const char *name);

/* The host process of a domain; 0, and *problem, if it has none here. */
int xg_domains_host(const struct xg_domains *domains, const char *name, const char **problem);

/* Appends a line, "NAME NUMBER STATE HOST", for each domain of the policy that is there. */
void xg_domains_list(const struct xg_domains *domains, char *text, size_t size);

#endif

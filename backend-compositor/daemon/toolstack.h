/* SPDX-License-Identifier: MIT */
/*
 * Which domains have a device, in dom0: finds the domains that are there, and writes and removes
 * the device's nodes of those that the policy names, on the side of the frontend and of the
 * backend, which is this domain or the driver domain that the policy names. One thread.
 */
#ifndef XG_DAEMON_TOOLSTACK_H
#define XG_DAEMON_TOOLSTACK_H

#include <stddef.h>
#include <stdint.h>

struct xg_backend;
struct xg_policy;
struct xg_store;
struct xg_toolstack;

/* The store and the policy must outlive the toolstack. */
struct xg_toolstack *xg_toolstack_create(
	struct xg_store *store, uint16_t own_number, const struct xg_policy *policy);

/* Devices stay as they are. NULL is legal. */
void xg_toolstack_destroy(struct xg_toolstack *toolstack);

/* Follows what has changed. */
void xg_toolstack_dispatch(struct xg_toolstack *toolstack);

/* Another policy: devices come and go as it says. */
void xg_toolstack_set_policy(struct xg_toolstack *toolstack, const struct xg_policy *policy);

/* Gives or takes a domain's device. NULL, or why that cannot be. */
const char *xg_toolstack_attach(struct xg_toolstack *toolstack, const char *name);
const char *xg_toolstack_detach(struct xg_toolstack *toolstack, const char *name);

/* Why a domain has no host process here. */
const char *xg_toolstack_explain(const struct xg_toolstack *toolstack, const char *name);

/* Appends a line for each domain of the policy that is there, "NAME NUMBER STATE HOST"; HOST is the
 * driver domain for those that are served by one. own is what serves the others. */
void xg_toolstack_list(const struct xg_toolstack *toolstack, const struct xg_backend *own,
	char *text, size_t size);

#endif

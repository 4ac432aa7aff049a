/* SPDX-License-Identifier: MIT */
/*
 * The devices that this domain serves: those that stand in its own folder of xenstore, whoever is
 * the toolstack. Takes each through the states of include/xenglass/xenstore.h, as the policy says
 * of the domain whose it is; host processes are started and ended by who calls this. It touches
 * nothing that is not a backend's, so it works in a driver domain. One thread.
 */
#ifndef XG_DAEMON_BACKEND_H
#define XG_DAEMON_BACKEND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "xenglass/xenstore.h"

struct xg_backend;
struct xg_domains_setup;
struct xg_policy;
struct xg_store;

/* "connected" and so on. */
const char *xg_backend_describe(enum xg_xenbus_state state);

/* The store and the setup must outlive the backend. */
struct xg_backend *xg_backend_create(
	struct xg_store *store, uint16_t own_number, const struct xg_domains_setup *setup);

/* Closes the devices that are there; host processes have ended by then. NULL is legal. */
void xg_backend_destroy(struct xg_backend *backend);

/* Follows what has changed in the store or in the setup. */
void xg_backend_dispatch(struct xg_backend *backend);

/* Another policy: who is connected stays so, unless it is not named any more. */
void xg_backend_set_policy(struct xg_backend *backend, const struct xg_policy *policy);

/* The host process of that id has ended. */
void xg_backend_host_gone(struct xg_backend *backend, int host);

/* When to dispatch though nothing changes, by xg_backend_now_ms; INT64_MAX: never. */
int64_t xg_backend_due_ms(const struct xg_backend *backend);
int64_t xg_backend_now_ms(void);

/* How a domain's device stands, in a word, and its host process (0: none). NULL: it has none here;
 * host is then untouched. */
const char *xg_backend_state(const struct xg_backend *backend, uint16_t number, int *host);

/* The host process of the domain of that name; 0: none. */
int xg_backend_host(const struct xg_backend *backend, const char *name);

/* Appends a line, "NAME NUMBER STATE HOST", for each device to the text. */
void xg_backend_list(const struct xg_backend *backend, char *text, size_t size);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * Xenstore, as a device's two ends use it: nodes of a folder, read and written as text or numbers,
 * and watches. What comes from another domain is untrusted_ until checked, by who calls this.
 *
 * One thread at a time. Requests block for the store's answer, which is the host's own daemon's.
 */
#ifndef XG_LINK_XEN_STORE_H
#define XG_LINK_XEN_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "xenglass/xenstore.h"

/* As long as a path can be, with its end. */
#define XG_STORE_PATH_SIZE 512

struct xg_store;

/* NULL with errno set on failure; ENOSYS: built without Xen's libraries. */
struct xg_store *xg_store_open(void);
void xg_store_close(struct xg_store *store);

/* The text of folder/node, to be freed; NULL if there is none. folder "" is the root. */
char *xg_store_read(struct xg_store *store, const char *folder, const char *node);

/* A decimal number of up to 32 bits. False: there is none; value is then untouched. */
bool xg_store_read_number(
	struct xg_store *store, const char *folder, const char *node, uint32_t *untrusted_value);

/* XG_XENBUS_UNKNOWN if the folder has no state, or none of those that there are. */
enum xg_xenbus_state xg_store_read_state(struct xg_store *store, const char *folder);

/* False with errno set: the folder is not ours, or the store refuses. */
bool xg_store_write(struct xg_store *store, const char *folder, const char *node, const char *text);
bool xg_store_write_number(
	struct xg_store *store, const char *folder, const char *node, uint32_t value);

/* Removes a folder with all that is in it, or a node. */
void xg_store_remove(struct xg_store *store, const char *path);

/* Lets the domain owner write the node, and reader read it (the owner: nobody else may). */
bool xg_store_permit(struct xg_store *store, const char *path, uint16_t owner, uint16_t reader);

/* Calls take for each name in the folder. */
void xg_store_list(struct xg_store *store, const char *folder,
	void (*take)(void *data, const char *untrusted_name), void *data);

/* From now on xg_store_fd is readable when something at or under the path has changed, and once at
 * the start. A watch on what is watched already, or vice versa, does nothing. */
bool xg_store_watch(struct xg_store *store, const char *path);
void xg_store_unwatch(struct xg_store *store, const char *path);
int xg_store_fd(const struct xg_store *store);

/* Forgets the changes so far. Does not block. */
void xg_store_clear(struct xg_store *store);

#endif

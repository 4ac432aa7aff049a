/* SPDX-License-Identifier: MIT */
/*
 * A xenstore in this process, for tests: it implements link/xen_store.h. All handles see one tree;
 * any thread may use them. What a test does to nodes behind everybody's back goes through these.
 */
#ifndef XG_TESTS_XEN_FAKE_STORE_H
#define XG_TESTS_XEN_FAKE_STORE_H

#include <stdbool.h>

/* Empties the tree. */
void fake_store_reset(void);

/* Writes a node, and tells who watches it; NULL removes it with all that is under it. */
void fake_store_set(const char *path, const char *text);

/* Tells who watches that special name, as @introduceDomain. */
void fake_store_announce(const char *name);

/* What stands there, or "". Valid until the node changes. */
const char *fake_store_get(const char *path);

/* Whether the path's own permission is: owned by owner, readable by reader. */
bool fake_store_is_permitted(const char *path, unsigned owner, unsigned reader);

/*
 * Handles opened from now on are of that domain: their paths are relative to its folder, and what
 * they may is as in xenstored. All is allowed to domain 0; another may read what is in its own
 * folder or permitted to it, and write what is permitted to it as the owner. What is made has the
 * permissions of the folder that it is made in.
 */
void fake_store_become(unsigned domain);

/* Whether some handle watches what the path is in. */
bool fake_store_is_watched(const char *path);

/* How often a handle was denied something. */
unsigned fake_store_denials(void);

#endif

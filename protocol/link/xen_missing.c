/* SPDX-License-Identifier: MIT */
/* What xen_store.c and xen_host.c are where Xen's libraries are missing: nothing can be opened. */
#include <errno.h>
#include <stdlib.h>

#include "link/xen_link.h"
#include "link/xen_store.h"

struct xg_link *xg_link_xen_create_host(const struct xg_link_xen_host *setup)
{
	errno = ENOSYS;
	return NULL;
}

struct xg_store *xg_store_open(void)
{
	errno = ENOSYS;
	return NULL;
}

void xg_store_close(struct xg_store *store)
{
}

char *xg_store_read(struct xg_store *store, const char *folder, const char *node)
{
	return NULL;
}

bool xg_store_write(struct xg_store *store, const char *folder, const char *node, const char *text)
{
	return false;
}

void xg_store_remove(struct xg_store *store, const char *path)
{
}

bool xg_store_permit(struct xg_store *store, const char *path, uint16_t owner, uint16_t reader)
{
	return false;
}

void xg_store_list(struct xg_store *store, const char *folder,
	void (*take)(void *data, const char *untrusted_name), void *data)
{
}

bool xg_store_watch(struct xg_store *store, const char *path)
{
	return false;
}

void xg_store_unwatch(struct xg_store *store, const char *path)
{
}

int xg_store_fd(const struct xg_store *store)
{
	return -1;
}

void xg_store_clear(struct xg_store *store)
{
}

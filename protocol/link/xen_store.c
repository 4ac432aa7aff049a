/* SPDX-License-Identifier: MIT */
/* See xen_store.h. Over libxenstore; watches are not told apart, because who is woken looks at all.
 */
#include "link/xen_store.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xenstore.h>

static const char watch_token[] = "xenglass";

static struct xs_handle *handle(const struct xg_store *store)
{
	return (struct xs_handle *)(uintptr_t)store;
}

struct xg_store *xg_store_open(void)
{
	return (struct xg_store *)xs_open(0);
}

void xg_store_close(struct xg_store *store)
{
	if (store)
		xs_close(handle(store));
}

/* False: longer than a path can be. */
static bool join(char path[XG_STORE_PATH_SIZE], const char *folder, const char *node)
{
	const char *between = folder[0] != '\0' ? "/" : "";
	const int size = snprintf(path, XG_STORE_PATH_SIZE, "%s%s%s", folder, between, node);

	errno = ENAMETOOLONG;
	return size > 0 && size < XG_STORE_PATH_SIZE;
}

char *xg_store_read(struct xg_store *store, const char *folder, const char *node)
{
	char path[XG_STORE_PATH_SIZE];
	unsigned size;

	/* What is read has a zero behind its end. */
	return join(path, folder, node) ? xs_read(handle(store), XBT_NULL, path, &size) : NULL;
}

bool xg_store_write(struct xg_store *store, const char *folder, const char *node, const char *text)
{
	char path[XG_STORE_PATH_SIZE];

	return join(path, folder, node) &&
	       xs_write(handle(store), XBT_NULL, path, text, (unsigned)strlen(text));
}

void xg_store_remove(struct xg_store *store, const char *path)
{
	xs_rm(handle(store), XBT_NULL, path);
}

bool xg_store_permit(struct xg_store *store, const char *path, uint16_t owner, uint16_t reader)
{
	struct xs_permissions permissions[] = {
		{.id = owner, .perms = XS_PERM_NONE},
		{.id = reader, .perms = XS_PERM_READ},
	};

	return xs_set_permissions(
		handle(store), XBT_NULL, path, permissions, owner == reader ? 1 : 2);
}

void xg_store_list(struct xg_store *store, const char *folder,
	void (*take)(void *data, const char *untrusted_name), void *data)
{
	unsigned count = 0;
	char **names = xs_directory(handle(store), XBT_NULL, folder, &count);

	for (unsigned i = 0; names && i < count; i++)
		take(data, names[i]);
	free(names);
}

bool xg_store_watch(struct xg_store *store, const char *path)
{
	return xs_watch(handle(store), path, watch_token) || errno == EEXIST;
}

void xg_store_unwatch(struct xg_store *store, const char *path)
{
	xs_unwatch(handle(store), path, watch_token);
}

int xg_store_fd(const struct xg_store *store)
{
	return xs_fileno(handle(store));
}

void xg_store_clear(struct xg_store *store)
{
	char **change;

	while ((change = xs_check_watch(handle(store))))
		free(change);
}

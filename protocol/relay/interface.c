/* SPDX-License-Identifier: MIT */
/* See interface.h. The generated table is sorted by name. */
#include "relay/interface.h"

#include <stdlib.h>
#include <string.h>

static int compare(const void *name, const void *interface)
{
	return strcmp(name, ((const struct xg_interface *)interface)->wayland->name);
}

const struct xg_interface *xg_interface_find(const char *name)
{
	return bsearch(name, xg_interfaces, XG_INTERFACE_COUNT, sizeof(xg_interfaces[0]), compare);
}

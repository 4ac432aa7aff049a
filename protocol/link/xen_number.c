/* SPDX-License-Identifier: MIT */
/* Numbers in xenstore, which are decimal text. See xen_store.h. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "link/xen_store.h"

bool xg_store_read_number(
	struct xg_store *store, const char *folder, const char *node, uint32_t *untrusted_value)
{
	char *text = xg_store_read(store, folder, node);
	bool is_number = false;

	if (text && text[0] >= '0' && text[0] <= '9') {
		char *end;

		errno = 0;
		const unsigned long long value = strtoull(text, &end, 10);

		is_number = *end == '\0' && errno == 0 && value <= UINT32_MAX;
		if (is_number)
			*untrusted_value = (uint32_t)value;
	}
	free(text);
	return is_number;
}

enum xg_xenbus_state xg_store_read_state(struct xg_store *store, const char *folder)
{
	uint32_t state;

	if (!xg_store_read_number(store, folder, XG_XENSTORE_STATE, &state) ||
		state > XG_XENBUS_CLOSED)
		return XG_XENBUS_UNKNOWN;
	return (enum xg_xenbus_state)state;
}

bool xg_store_write_number(
	struct xg_store *store, const char *folder, const char *node, uint32_t value)
{
	char text[16];

	snprintf(text, sizeof(text), "%u", value);
	return xg_store_write(store, folder, node, text);
}

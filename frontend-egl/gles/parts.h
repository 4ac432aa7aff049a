/* SPDX-License-Identifier: MIT */
/*
 * xgParts: an image or a buffer's contents that goes as several commands, of which the first may be
 * refused in place of all.
 */
#ifndef XG_GLES_PARTS_H
#define XG_GLES_PARTS_H

#include <stdbool.h>

#include "connection.h"
#include "process.h"
#include "xg_opcodes.h"

/* An older host does not. */
static inline bool xg_host_knows_parts(void)
{
	const struct xg_connection *connection = xg_process_connection();

	return connection && xg_connection_ledger_length(connection) >= XG_OP_xgParts;
}

#endif

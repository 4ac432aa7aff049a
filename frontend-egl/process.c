/* SPDX-License-Identifier: MIT */
/* See process.h. */
#include "process.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/timeline.h"
#include "connection.h"
#include "stats.h"
#include "xenglass/rendezvous.h"
#include "xg_opcodes.h"
#include "xg_tables.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct xg_connection *connection;

static const char *opcode_name(uint32_t opcode)
{
	return opcode <= XG_OPCODE_LAST ? xg_calls[opcode].name : NULL;
}

bool xg_process_can_connect(void)
{
	const char *path = secure_getenv(XG_APP_SOCKET_VARIABLE);

	return access(path && *path ? path : XG_APP_SOCKET_DEFAULT, R_OK | W_OK) == 0;
}

struct xg_connection *xg_process_connection(void)
{
	struct xg_connection *made;

	pthread_mutex_lock(&lock);
	if (!connection || xg_connection_is_lost(connection)) {
		xg_stats_set_names(opcode_name);
		xg_timeline_open();
		made = xg_process_can_connect() ? xg_connection_create() : NULL;
		if (made)
			connection = made;
	}
	made = connection;
	pthread_mutex_unlock(&lock);
	return made;
}

void xg_process_forked(void)
{
	pthread_mutex_init(&lock, NULL);
}

/* SPDX-License-Identifier: MIT */
/* See process.h. */
#include "process.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "connection.h"
#include "xenglass/rendezvous.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct xg_connection *connection;

bool xg_process_can_connect(void)
{
	const char *path = getenv(XG_APP_SOCKET_VARIABLE);

	return access(path && *path ? path : XG_APP_SOCKET_DEFAULT, R_OK | W_OK) == 0;
}

struct xg_connection *xg_process_connection(void)
{
	struct xg_connection *made;

	pthread_mutex_lock(&lock);
	if (!connection || xg_connection_is_lost(connection)) {
		made = xg_process_can_connect() ? xg_connection_create() : NULL;
		if (made)
			connection = made;
	}
	made = connection;
	pthread_mutex_unlock(&lock);
	return made;
}

/* SPDX-License-Identifier: MIT */
/* See links.h. */
#include "links.h"

#include <assert.h>
#include <sys/socket.h>

void links_make(struct xg_link **guest, struct xg_link **host)
{
	int fds[2];

	assert(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds) == 0);
	*guest = xg_link_adopt(fds[0]);
	*host = xg_link_adopt(fds[1]);
}

/* SPDX-License-Identifier: MIT */
/*
 * The link between a guest's daemon and its host process: it shares memory and ports, and sees the
 * peer's death. Memory is always the guest's. The guest shares a region or makes a port and tells
 * the number to the host by a message; the host maps or binds by that number.
 *
 * The local implementation (link_local.c) is a Unix SOCK_SEQPACKET socket that carries memfds and
 * the ports' fds; that of Xen (xen_link.h) is granted pages and event channels. One side's
 * functions are for one thread at a time, unless said otherwise.
 */
#ifndef XG_LINK_LINK_H
#define XG_LINK_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "link/port.h"

struct xg_link;

/* A region of the guest's memory, as the guest holds it. fd maps it in another process. */
struct xg_region {
	void *memory;
	size_t size;
	uint32_t number;
	int fd;
	uint32_t *pages_granted; /* the link's count, or NULL if it does not count */
	uint32_t pages;
};

/*
 * Guest: connects to the host process that listens at path. NULL with errno set on failure.
 * Blocks for as long as connect(2) does.
 */
struct xg_link *xg_link_connect(const char *path);

/* Either side: takes over a connected socket, also on failure (NULL with errno set). */
struct xg_link *xg_link_adopt(int fd);

/* Host: listens at path, which must not exist; -1 with errno set on failure. */
int xg_link_listen(const char *path);

/* Host: takes one connection; NULL with errno set. Blocks if none is there and fd is blocking. */
struct xg_link *xg_link_accept(int listen_fd);

/* Hangs up and frees. Ports live on, and what is mapped locally. NULL is legal. */
void xg_link_destroy(struct xg_link *link);

/* Readable when xg_link_dispatch has work, which includes the peer's hang-up. Owned by the link. */
int xg_link_fd(const struct xg_link *link);

/* Takes in what the peer has sent. False: the peer is gone, or broke a rule. Does not block. */
bool xg_link_dispatch(struct xg_link *link);

/* Whether that has been false: it may have been so within another call, and then xg_link_fd tells
 * nothing more. */
bool xg_link_is_dead(const struct xg_link *link);

/*
 * Guest: ends the link of its own accord, and waits until the host has let go of what it has
 * mapped, or has done nothing for timeout_ms. To be called before regions are finished: a kernel on
 * Xen takes back late and slowly, and out of what disks and networks need, what ends while it is
 * mapped.
 */
void xg_link_end(struct xg_link *link, int timeout_ms);

/*
 * Guest: makes zeroed memory of size bytes (a multiple of the page size) that the host can map.
 * False with errno set on failure; region is then untouched.
 */
bool xg_link_share(struct xg_link *link, size_t size, struct xg_region *region);

/* Guest: ends what xg_link_share began on this side, before the link's end. The host keeps what it
 * has mapped. */
void xg_region_finish(struct xg_region *region);

/* Guest: tells the host which region and port it is to look at first. */
void xg_link_publish(struct xg_link *link, uint32_t region, uint32_t port);

/* Host: what the guest has published; both are untrusted. */
void xg_link_root(struct xg_link *link, uint32_t *untrusted_region, uint32_t *untrusted_port);

/*
 * Host: maps the region with that number, once; size must be what the guest shared. NULL if there
 * is none, or it is not of that size, or the guest could still shrink it. Undone by
 * xg_link_unmap, before the link's end.
 */
void *xg_link_map(struct xg_link *link, uint32_t untrusted_number, size_t untrusted_size);
void xg_link_unmap(struct xg_link *link, void *memory, size_t size);

/*
 * Guest: makes a port for whoever will use it. false with errno set on failure. The caller owns
 * the port's fds.
 */
bool xg_link_port_create(struct xg_link *link, struct xg_port *port, uint32_t *number);

/* Host: binds to the port with that number, once. false if there is none. */
bool xg_link_port_bind(struct xg_link *link, uint32_t untrusted_number, struct xg_port *port);

#endif

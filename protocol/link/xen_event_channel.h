/* SPDX-License-Identifier: MIT */
/*
 * Xen's event channels through the kernel's /dev/xen/evtchn, one channel to a descriptor, so that
 * a descriptor is readable when its channel has been notified. See xen/evtchn.h of the kernel.
 *
 * An application gets such a descriptor from the guest's daemon; hence no library of Xen's is
 * needed here.
 */
#ifndef XG_LINK_XEN_EVENT_CHANNEL_H
#define XG_LINK_XEN_EVENT_CHANNEL_H

#include <stdbool.h>
#include <stdint.h>

/* A descriptor for one channel; -1 with errno set on failure. */
int xg_event_channel_open(void);

/* From now on the descriptor binds nothing but channels to that domain. Its own domain: nothing. */
bool xg_event_channel_restrict(int fd, uint16_t domain);

/* Makes a channel that the domain can bind to. Returns its number, 0 with errno set on failure. */
uint32_t xg_event_channel_offer(int fd, uint16_t domain);

/* Binds to the channel that the domain offers. Returns our number of it, 0 with errno set. */
uint32_t xg_event_channel_bind(int fd, uint16_t domain, uint32_t untrusted_number);

/* Neither blocks. False with errno set: the kernel does not do that. */
bool xg_event_channel_notify(int fd, uint32_t number);
void xg_event_channel_clear(int fd);

#endif

/* SPDX-License-Identifier: MIT */
/* See xen_event_channel.h. */
#include "link/xen_event_channel.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Xen's name, which the kernel's header takes for granted. */
typedef uint16_t domid_t;

#include <xen/evtchn.h>

int xg_event_channel_open(void)
{
	return open("/dev/xen/evtchn", O_RDWR | O_CLOEXEC | O_NONBLOCK);
}

bool xg_event_channel_restrict(int fd, uint16_t domain)
{
	struct ioctl_evtchn_restrict_domid restrict_to = {.domid = domain};

	return ioctl(fd, IOCTL_EVTCHN_RESTRICT_DOMID, &restrict_to) == 0;
}

uint32_t xg_event_channel_offer(int fd, uint16_t domain)
{
	struct ioctl_evtchn_bind_unbound_port bind = {.remote_domain = domain};
	const int number = ioctl(fd, IOCTL_EVTCHN_BIND_UNBOUND_PORT, &bind);

	return number > 0 ? (uint32_t)number : 0;
}

uint32_t xg_event_channel_bind(int fd, uint16_t domain, uint32_t untrusted_number)
{
	struct ioctl_evtchn_bind_interdomain bind = {
		.remote_domain = domain,
		.remote_port = untrusted_number,
	};
	const int number = ioctl(fd, IOCTL_EVTCHN_BIND_INTERDOMAIN, &bind);

	return number > 0 ? (uint32_t)number : 0;
}

bool xg_event_channel_notify(int fd, uint32_t number)
{
	struct ioctl_evtchn_notify notify = {.port = number};

	return ioctl(fd, IOCTL_EVTCHN_NOTIFY, &notify) == 0;
}

/*
 * A channel that has fired is masked until its number is written back. What comes in between is
 * pending, and fires then: nothing is missed.
 */
void xg_event_channel_clear(int fd)
{
	uint32_t number;
	ssize_t size;

	do {
		size = read(fd, &number, sizeof(number));
		if (size == sizeof(number))
			size = write(fd, &number, sizeof(number));
	} while (size < 0 && errno == EINTR);
}

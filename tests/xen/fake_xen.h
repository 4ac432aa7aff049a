/* SPDX-License-Identifier: MIT */
/*
 * A hypervisor for tests, in a process of its own: grants and event channels of any number of
 * domains, with the rules of Xen's and of the kernel's devices. A program that is linked with this
 * (meson.build says how) finds /dev/xen/gntalloc and /dev/xen/evtchn by open and ioctl, and
 * libxengnttab's functions; what it opens dies with its descriptors and mappings, so also with its
 * process. Any thread; forks welcome.
 *
 * What is as in reality:
 * - a reference is good for one domain, and for writing if it was granted so;
 * - pages that their granter lets go of while they are mapped stay granted until they are unmapped;
 * - gntalloc's pages end with the last descriptor and mapping of theirs, here up to a millisecond
 *   later; their notification is sent then, and that of a mapping when it is undone;
 * - a channel that has fired is masked until its number is written back, fires once more then if it
 *   was notified meanwhile, and fires when it is bound;
 * - a channel whose peer has closed is silent, and nobody is told.
 */
#ifndef XG_TESTS_XEN_FAKE_XEN_H
#define XG_TESTS_XEN_FAKE_XEN_H

#include <stdbool.h>
#include <stdint.h>

enum { FAKE_XEN_HOST = 0, FAKE_XEN_GUEST = 5 };

/* What this thread opens from now on is of that domain; FAKE_XEN_GUEST's before. */
void fake_xen_become(unsigned domain);

/* How many pages gntalloc has for a domain, from now on. */
void fake_xen_set_limit(uint32_t pages);
#define FAKE_XEN_LIMIT 40000u

/* What getpagesize(3) answers from now on. */
void fake_xen_set_page_size(int bytes);

/* Whether requests of this thread to devices fail from now on, with ENOTTY. */
void fake_xen_refuse_requests(bool refuses);

struct fake_xen_counts {
	uint32_t grants;       /* of all domains, those that end late included */
	uint32_t ended_mapped; /* ever: pages that their granter let go of while they were mapped */
	uint32_t mapped;       /* pages, as often as they are */
	uint32_t ports;	       /* open channels' ends */
};

/* After all that was closed or unmapped before. */
struct fake_xen_counts fake_xen_count(void);

/*
 * From now on in this process, the step-th of the calls that can fail (open, fcntl, mmap, calloc,
 * an ioctl of the devices, a function of libxengnttab; 0: the first) fails, and error is errno.
 * True if that call has come since it was last told so, which also forgets it.
 */
void fake_xen_fail(int step, int error);
bool fake_xen_has_failed(void);

#endif

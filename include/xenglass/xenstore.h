/* SPDX-License-Identifier: MIT */
/*
 * The device class "xenglass": what a guest's daemon (the frontend) and a host's (the backend) say
 * to each other in xenstore, and the two layouts in granted memory that the hypervisor's transport
 * adds to what ring.h and control.h describe. All numbers are decimal text.
 *
 * Frontend: /local/domain/GUEST/device/xenglass/0, which belongs to the guest; the backend's domain
 * may read it.
 *
 *   node                  written by    value
 *   backend               toolstack     the backend's path, below
 *   backend-id            toolstack     the domain of the backend
 *   state                 both at       XenbusState of the frontend; see below
 *                         first, then
 *                         frontend
 *   version               frontend      the one that it chose of the backend's versions
 *   ring-ref              frontend      grant reference of the root page
 *   event-channel         frontend      port of the link's event channel, unbound, for the backend
 *
 * Backend: /local/domain/BACKEND/backend/xenglass/GUEST/0, which belongs to the backend's domain;
 * the guest may read it.
 *
 *   frontend              toolstack     the frontend's path
 *   frontend-id           toolstack     the domain of the frontend
 *   domain                toolstack     that domain's name
 *   state                 both at       XenbusState of the backend
 *                         first, then
 *                         backend
 *   versions              backend       the versions that it speaks, with commas between
 *   feature-present       backend       1 if windows can be shown
 *   max-pages             backend       how many pages it maps at once, at most
 *
 * The toolstack is whoever may write in all domains' folders, in dom0: xenglassd there gives a
 * device to each domain that its policy names. It makes both folders, with these owners, and writes
 * both states as Initialising, the backend's last of all: a backend takes up a device once that is
 * there. BACKEND is dom0 itself, or a driver domain that the policy names, where another xenglassd
 * serves what stands in its own folder, by its own policy, which looks the device's domain up.
 * Devices do not end in xenstore by a state: the toolstack removes both folders, when either domain
 * is gone or the device is taken away. Each side then lets go of all that it had; a frontend that
 * finds a device again, on the same path or another, begins anew.
 *
 * States, numbered as in Xen's xenbus.h. One connection:
 *
 *   frontend               backend
 *   Initialising (1)       Initialising (1)
 *                          InitWait (2)      versions, features and limits are there, and windows
 *                                            can be shown now, if they can be at all
 *   Initialised (3)                          version, ring-ref and event-channel are there, and
 *                                            the root page is filled in
 *                          Connected (4)     its host process has mapped the root page
 *   Connected (4)
 *
 * Who ends it writes Closing (5), or is dead, which the root page tells; of a domain that was
 * destroyed only the missing folder does. The backend then lets go of all that it has mapped and
 * writes Closed (6). It goes on to InitWait when the frontend is, or comes to be, Initialising, but
 * not at once: some seconds after it has Closed. A backend that was restarted does so too: a
 * frontend that finds no InitWait waits for it. A backend that can show nothing for a while takes
 * InitWait back with Closed. A frontend whose nodes make no sense gets Closed, and so does one that
 * the backend's policy does not name.
 *
 * Everything that a frontend writes may be false, may change at any time and may vanish.
 */
#ifndef XENGLASS_XENSTORE_H
#define XENGLASS_XENSTORE_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#define XG_XENSTORE_CLASS   "xenglass"
#define XG_XENSTORE_VERSION 1u

/* The folder of each domain is in this one, by its number. */
#define XG_XENSTORE_DOMAINS "/local/domain"

#define XG_XENSTORE_BACKEND	  "backend"
#define XG_XENSTORE_BACKEND_ID	  "backend-id"
#define XG_XENSTORE_FRONTEND	  "frontend"
#define XG_XENSTORE_FRONTEND_ID	  "frontend-id"
#define XG_XENSTORE_DOMAIN	  "domain"
#define XG_XENSTORE_STATE	  "state"
#define XG_XENSTORE_VERSIONS	  "versions"
#define XG_XENSTORE_CHOSEN	  "version"
#define XG_XENSTORE_RING_REF	  "ring-ref"
#define XG_XENSTORE_EVENT_CHANNEL "event-channel"
#define XG_XENSTORE_PRESENT	  "feature-present"
#define XG_XENSTORE_MAX_PAGES	  "max-pages"

enum xg_xenbus_state {
	XG_XENBUS_UNKNOWN = 0, /* the node is not there, or is no state */
	XG_XENBUS_INITIALISING = 1,
	XG_XENBUS_INIT_WAIT = 2,
	XG_XENBUS_INITIALISED = 3,
	XG_XENBUS_CONNECTED = 4,
	XG_XENBUS_CLOSING = 5,
	XG_XENBUS_CLOSED = 6,
};

/* Pages are of this size, whatever the guest's processor. */
#define XG_XEN_PAGE_SIZE 4096u

/* How many pages a backend maps for one guest, unless it says otherwise. */
#define XG_XEN_PAGES_MAX 32768u

/*
 * The root page, which the guest grants for as long as the connection lasts. Each side has its
 * kernel clear its lives byte and notify the link's event channel when the page is unmapped: so
 * each sees the other's death, whatever the cause. A guest that ends of its own accord clears its
 * byte itself, and gives the host time to unmap everything.
 *
 *   0   control_region   number of the control channel's region (control.h)
 *   4   control_port     number of its port
 *   8   guest_lives      1
 *   64  host_lives       XG_XEN_HOST_AWAITED from the guest, 1 from the host
 */
#define XG_XEN_HOST_AWAITED 2u

struct xg_xen_root {
	_Atomic uint32_t control_region;
	_Atomic uint32_t control_port;
	_Atomic uint8_t guest_lives;
	uint8_t zero[55];
	_Atomic uint8_t host_lives;
};
_Static_assert(sizeof(struct xg_xen_root) == 68, "in shared memory");
_Static_assert(offsetof(struct xg_xen_root, guest_lives) == 8, "in shared memory");
_Static_assert(offsetof(struct xg_xen_root, host_lives) == 64, "in shared memory");

/*
 * A region's number is the grant reference of the first page of its directory, which lists the
 * references of all its pages, in order; next is the reference of the directory's next page, 0 in
 * the last. A port's number is that of the event channel which the guest offers.
 */
#define XG_XEN_REFS_PER_PAGE (XG_XEN_PAGE_SIZE / 4u - 1u)

struct xg_xen_directory {
	uint32_t next;
	uint32_t refs[XG_XEN_REFS_PER_PAGE];
};
_Static_assert(sizeof(struct xg_xen_directory) == XG_XEN_PAGE_SIZE, "in shared memory");

/* Pages of the directory of a region of so many pages. */
static inline uint32_t xg_xen_directory_pages(uint32_t pages)
{
	return (pages + XG_XEN_REFS_PER_PAGE - 1u) / XG_XEN_REFS_PER_PAGE;
}

#endif

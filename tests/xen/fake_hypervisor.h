/* SPDX-License-Identifier: MIT */
/*
 * The parts of the fake hypervisor's process: its loop and devices (fake_hypervisor.c), event
 * channels (fake_ports.c) and grants (fake_grants.c). One request is served at a time; its parts
 * answer 0 or an error of errno's.
 */
#ifndef XG_TESTS_XEN_FAKE_HYPERVISOR_H
#define XG_TESTS_XEN_FAKE_HYPERVISOR_H

#include <stdbool.h>
#include <stdint.h>

#include "fake_xen.h"
#include "fake_xen_wire.h"

enum { DOMAINS_MAX = 8, ANY_DOMAIN = -1 };

struct hypervisor {
	struct fake_xen_counts counts;
	struct fake_request request;
	int request_fd; /* beside it; -1: none */
	struct fake_answer answer;
	int answer_fds[FAKE_REGIONS_MAX];
	uint32_t answer_fd_count;
};

extern struct hypervisor hypervisor;

struct device {
	int fd; /* -1: unused */
	uint64_t cookie;
	uint32_t domain;
	int restricted_to;
};

/* Due when pages go: an octet to clear, a port to notify; -1: none. */
struct notice {
	int64_t octet, port;
};

bool fake_notice_set(struct notice *notice, uint32_t domain, int64_t octet, int64_t port);
void fake_notice_give(struct notice *notice, uint32_t domain, int fd, uint32_t page);

/* Takes in what was written to the devices, and which were closed, events unread or not. */
void fake_devices_sweep(void);

int fake_ports_restrict(struct device *device);
int fake_ports_offer(struct device *device);
int fake_ports_bind(struct device *device);
int fake_ports_notify(const struct device *device);
void fake_ports_unmask(const struct device *device, uint32_t number);
void fake_ports_close(const struct device *device);

int fake_grants_add(void);
int fake_grants_set_notice(void);
int fake_grants_map(struct device *device);
int fake_grants_unmap(const struct device *device);
void fake_grants_set_limit(uint32_t pages);
void fake_grants_close(const struct device *device);

/* Ends what was let go of. False: nobody has gntalloc's descriptors. */
bool fake_grants_sweep(void);

void fake_grants_init(void);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * Grants. gntalloc's pages are a file that its process has locked: the lock ends with the last
 * descriptor and mapping. See fake_hypervisor.h.
 */
#include "fake_hypervisor.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	REGIONS_MAX = 512,
	MAPPINGS_MAX = 512,
	GRANTS_MAX = 65536,
	FIRST_REF = 8,
};

struct region {
	uint32_t users; /* its granter, and its grants */
	int fd;
	uint64_t inode;
	uint32_t domain;
	bool is_let_go;
	struct notice notice;
};

struct grant {
	struct region *region; /* NULL: unused */
	uint32_t page;
	uint32_t grantee;
	bool is_writable;
	uint32_t mapped;
};

struct mapping {
	struct device *device; /* NULL: unused */
	uint32_t count;
	uint32_t *refs;
	struct notice notice;
};

static struct region regions[REGIONS_MAX];
static struct grant grants[GRANTS_MAX];
static struct mapping mappings[MAPPINGS_MAX];
static uint32_t limit = FAKE_XEN_LIMIT;
static uint32_t next_ref;

void fake_grants_init(void)
{
	for (uint32_t i = 0; i < REGIONS_MAX; i++)
		regions[i].fd = -1;
}

void fake_grants_set_limit(uint32_t pages)
{
	limit = pages;
}

static void put_region(struct region *region)
{
	if (--region->users > 0)
		return;
	close(region->fd);
	region->fd = -1;
}

static void end_grant(struct grant *grant)
{
	struct region *region = grant->region;

	grant->region = NULL;
	hypervisor.counts.grants--;
	put_region(region);
}

static bool is_held(const struct region *region)
{
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 1};

	assert(fcntl(region->fd, F_OFD_GETLK, &lock) == 0);
	return lock.l_type != F_UNLCK;
}

/* Who let go of it may have been told that a device was closed, which comes first hence. */
static void let_go(struct region *region)
{
	fake_devices_sweep();
	region->is_let_go = true;
	fake_notice_give(&region->notice, region->domain, region->fd, 0);
	for (uint32_t i = 0; i < GRANTS_MAX; i++) {
		if (grants[i].region != region)
			continue;
		if (grants[i].mapped == 0)
			end_grant(&grants[i]);
		else
			hypervisor.counts.ended_mapped++;
	}
	put_region(region);
}

/* False: nobody has gntalloc's descriptors. */
bool fake_grants_sweep(void)
{
	bool is_any = false;

	for (uint32_t i = 0; i < REGIONS_MAX; i++) {
		if (regions[i].fd < 0 || regions[i].is_let_go)
			continue;
		if (is_held(&regions[i]))
			is_any = true;
		else
			let_go(&regions[i]);
	}
	return is_any;
}

static void undo_mapping(struct mapping *mapping)
{
	const struct region *first = grants[mapping->refs[0]].region;

	fake_notice_give(&mapping->notice, mapping->device->domain, first->fd,
		grants[mapping->refs[0]].page);
	for (uint32_t i = 0; i < mapping->count; i++) {
		struct grant *grant = &grants[mapping->refs[i]];

		hypervisor.counts.mapped--;
		if (--grant->mapped == 0 && grant->region->is_let_go)
			end_grant(grant);
	}
	free(mapping->refs);
	mapping->device = NULL;
}

static struct region *find_region(uint64_t inode)
{
	for (uint32_t i = 0; i < REGIONS_MAX; i++) {
		if (regions[i].fd >= 0 && !regions[i].is_let_go && regions[i].inode == inode)
			return &regions[i];
	}
	return NULL;
}

/* The file by a description of our own, so that the granter's ends when he lets go of it. */
static struct region *make_region(void)
{
	struct region *region = regions;
	char path[32];
	struct stat status;

	while (region->fd >= 0)
		region++;
	assert(region < regions + REGIONS_MAX && hypervisor.request_fd >= 0);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", hypervisor.request_fd);
	*region = (struct region){
		.users = 1,
		.fd = open(path, O_RDWR | O_CLOEXEC),
		.domain = hypervisor.request.domain,
		.notice = {-1, -1},
	};
	assert(region->fd >= 0 && fstat(region->fd, &status) == 0);
	region->inode = status.st_ino;
	return region;
}

/* References are scattered, as those of a kernel that has run for a while. */
static uint32_t find_ref(void)
{
	do {
		next_ref = (next_ref + 40503) % GRANTS_MAX;
	} while (next_ref < FIRST_REF || grants[next_ref].region);
	return next_ref;
}

int fake_grants_add(void)
{
	const uint32_t first = hypervisor.request.args[2], count = hypervisor.request.args[3];
	struct region *region = find_region(hypervisor.request.object);
	uint32_t allocated = 0;

	for (uint32_t i = 0; i < GRANTS_MAX; i++) {
		const struct region *other = grants[i].region;

		allocated +=
			other && other->domain == hypervisor.request.domain && !other->is_let_go;
	}
	if (count > FAKE_ITEMS_MAX || allocated + count > limit)
		return ENOSPC;
	if (!region)
		region = make_region();
	for (uint32_t i = 0; i < count; i++) {
		const uint32_t ref = find_ref();

		grants[ref] = (struct grant){
			.region = region,
			.page = first + i,
			.grantee = hypervisor.request.args[0],
			.is_writable = hypervisor.request.args[1] != 0,
		};
		region->users++;
		hypervisor.counts.grants++;
		hypervisor.answer.items[hypervisor.answer.count++] = ref;
	}
	return 0;
}

/* Of the first page, which is all that is needed. */
int fake_grants_set_notice(void)
{
	struct region *region = find_region(hypervisor.request.object);

	if (!region || hypervisor.request.args[0] >= FAKE_PAGE_SIZE)
		return ENOENT;
	return fake_notice_set(&region->notice, region->domain, hypervisor.request.args[0],
		       hypervisor.request.args[1])
		       ? 0
		       : EINVAL;
}

static bool can_map(const struct device *device, const struct grant *grant)
{
	return grant->region && !grant->region->is_let_go &&
	       grant->region->domain == hypervisor.request.args[0] &&
	       grant->grantee == device->domain &&
	       (grant->is_writable || !hypervisor.request.args[1]);
}

/* The file's index among those that are answered. */
static uint32_t add_file(const struct region *region)
{
	uint32_t i = 0;

	while (i < hypervisor.answer_fd_count && hypervisor.answer_fds[i] != region->fd)
		i++;
	assert(i < FAKE_REGIONS_MAX);
	if (i == hypervisor.answer_fd_count)
		hypervisor.answer_fds[hypervisor.answer_fd_count++] = region->fd;
	return i;
}

int fake_grants_map(struct device *device)
{
	struct mapping *mapping = mappings;
	struct notice notice = {-1, -1};

	if (hypervisor.request.count == 0)
		return EINVAL;
	for (uint32_t i = 0; i < hypervisor.request.count; i++) {
		const uint32_t ref = hypervisor.request.items[i];

		if (ref >= GRANTS_MAX || !can_map(device, &grants[ref]))
			return EINVAL;
	}
	if (!fake_notice_set(&notice, device->domain, (int32_t)hypervisor.request.args[2],
		    (int32_t)hypervisor.request.args[3]))
		return EINVAL;
	while (mapping->device)
		mapping++;
	assert(mapping < mappings + MAPPINGS_MAX);
	*mapping = (struct mapping){
		.device = device,
		.count = hypervisor.request.count,
		.refs = malloc(hypervisor.request.count * sizeof(*mapping->refs)),
		.notice = notice,
	};
	memcpy(mapping->refs, hypervisor.request.items,
		hypervisor.request.count * sizeof(*mapping->refs));
	for (uint32_t i = 0; i < hypervisor.request.count; i++) {
		struct grant *grant = &grants[hypervisor.request.items[i]];

		grant->mapped++;
		hypervisor.counts.mapped++;
		hypervisor.answer.items[hypervisor.answer.count++] =
			add_file(grant->region) << 24 | grant->page;
	}
	hypervisor.answer.value = (uint32_t)(mapping - mappings);
	return 0;
}

int fake_grants_unmap(const struct device *device)
{
	if (hypervisor.request.args[0] >= MAPPINGS_MAX ||
		mappings[hypervisor.request.args[0]].device != device)
		return EINVAL;
	undo_mapping(&mappings[hypervisor.request.args[0]]);
	return 0;
}

void fake_grants_close(const struct device *device)
{
	for (uint32_t i = 0; i < MAPPINGS_MAX; i++) {
		if (mappings[i].device == device)
			undo_mapping(&mappings[i]);
	}
}

/* SPDX-License-Identifier: MIT */
/*
 * The link over Xen: regions of all sizes, pools and limits, and numbers and directories that lie
 * or change while they are read.
 */
#include "link_fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <xen/gntalloc.h>

#include "link/xen_link.h"

/* Of a large region a few pages. */
static uint32_t stride(uint32_t pages)
{
	return pages > 4096 ? 1021 : 1;
}

static void assert_shares(struct fixture *f, uint32_t pages)
{
	const size_t size = (size_t)pages * PAGE;
	struct xg_region region;

	assert_true(xg_link_share(f->guest, size, &region));
	assert_int_equal(region.size, size);
	for (uint32_t i = 0; i < pages; i += stride(pages))
		((uint32_t *)region.memory)[i * (PAGE / 4) + 1] = i + 1;

	uint32_t *mapped = xg_link_map(f->host, region.number, size);

	assert_non_null(mapped);
	for (uint32_t i = 0; i < pages; i += stride(pages)) {
		assert_int_equal(mapped[i * (PAGE / 4)], 0);
		assert_int_equal(mapped[i * (PAGE / 4) + 1], i + 1);
		mapped[i * (PAGE / 4)] = i + 2;
	}
	for (uint32_t i = 0; i < pages; i += stride(pages))
		assert_int_equal(((uint32_t *)region.memory)[i * (PAGE / 4)], i + 2);
	xg_link_unmap(f->host, mapped, size);
	xg_region_finish(&region);
}

static void the_last_page_of_a_directory_has_no_next(void **state)
{
	struct fixture *f = *state;
	struct xg_region region;

	assert_true(xg_link_share(f->guest, 1024 * PAGE, &region));

	const struct xg_xen_directory *directory =
		mmap(NULL, 2 * PAGE, PROT_READ, MAP_SHARED, region.fd, 1024 * PAGE);

	assert_int_not_equal(directory[0].next, 0);
	assert_int_equal(directory[1].next, 0);
	assert_int_not_equal(directory[1].refs[0], 0);
	assert_int_equal(directory[1].refs[1], 0);
	munmap((void *)(uintptr_t)directory, 2 * PAGE);
	xg_region_finish(&region);
}

static void regions_of_all_sizes_are_the_same_on_both_sides(void **state)
{
	static const uint32_t sizes[] = {
		1, 2, 513, 1022, 1023, 1024, 2045, 2046, 2047, 16384, XG_XEN_PAGES_MAX};
	const struct held before = count_held();

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		assert_shares(*state, sizes[i]);
		assert_held(&before);
	}
}

static void sizes_without_sense_are_refused(void **state)
{
	struct fixture *f = *state;
	const struct held before = count_held();
	struct xg_region region;

	assert_false(xg_link_share(f->guest, 0, &region));
	assert_false(xg_link_share(f->guest, PAGE - 1, &region));
	assert_false(xg_link_share(f->guest, PAGE + 1, &region));
	assert_false(xg_link_share(f->guest, SIZE_MAX & ~(size_t)(PAGE - 1), &region));
	assert_held(&before);
	assert_true(xg_link_share(f->guest, 2 * PAGE, &region));
	assert_null(xg_link_map(f->host, region.number, 0));
	assert_null(xg_link_map(f->host, region.number, PAGE + 1));
	assert_null(xg_link_map(f->host, region.number, 3 * PAGE));
	assert_null(xg_link_map(f->host, region.number, SIZE_MAX & ~(size_t)(PAGE - 1)));
	assert_int_equal(fake_xen_count().mapped, before.counts.mapped);
	xg_region_finish(&region);
}

/* The root page is one, and each region has a directory. */
static void the_pool_has_an_end(void **state)
{
	struct xg_link *guest = links_make_guest(12);
	const struct held before = count_held();
	struct xg_region region, second;

	assert_true(xg_link_share(guest, 8 * PAGE, &region));
	assert_false(xg_link_share(guest, 2 * PAGE, &second));
	assert_int_equal(errno, ENOMEM);
	assert_true(xg_link_share(guest, PAGE, &second));
	assert_false(xg_link_share(guest, PAGE, &second));
	xg_region_finish(&region);
	xg_region_finish(&second);
	assert_held(&before);
	assert_true(xg_link_share(guest, 10 * PAGE, &region));
	xg_region_finish(&region);
	xg_link_destroy(guest);
	assert_null(links_make_guest(0));
	assert_int_equal(errno, ENOMEM);
}

static void a_kernel_with_larger_pages_is_refused(void **state)
{
	fake_xen_set_page_size(65536);
	assert_null(links_make_guest(1000));
	assert_int_equal(errno, EOPNOTSUPP);
	fake_xen_set_page_size(PAGE);
}

static void the_kernels_limit_may_be_lower_than_the_pool(void **state)
{
	struct fixture *f = *state;
	struct xg_region region;

	fake_xen_set_limit(10);

	const struct held before = count_held();

	assert_false(xg_link_share(f->guest, 9 * PAGE, &region));
	assert_int_equal(errno, ENOSPC);
	assert_held(&before);
	assert_true(xg_link_share(f->guest, 8 * PAGE, &region));
	xg_region_finish(&region);
}

static void the_host_maps_no_more_than_its_limit(void **state)
{
	struct xg_link *guest = links_make_guest(100);
	uint32_t ring_ref, event_channel;
	struct xg_region regions[2];

	xg_link_xen_address(guest, &ring_ref, &event_channel);

	struct xg_link *host = links_make_host(ring_ref, event_channel, 6);

	assert_true(xg_link_share(guest, 4 * PAGE, &regions[0]));
	assert_true(xg_link_share(guest, 7 * PAGE, &regions[1]));
	assert_null(xg_link_map(host, regions[1].number, 7 * PAGE));

	void *memory = xg_link_map(host, regions[0].number, 4 * PAGE);

	assert_non_null(memory);
	assert_null(xg_link_map(host, regions[0].number, 4 * PAGE));
	/* What fails later must not count. */
	for (int i = 0; i < 5; i++)
		assert_null(xg_link_map(host, regions[0].number + 1, 2 * PAGE));
	xg_link_unmap(host, memory, 4 * PAGE);
	memory = xg_link_map(host, regions[1].number, 6 * PAGE);
	assert_non_null(memory);
	xg_link_unmap(host, memory, 6 * PAGE);
	for (int i = 0; i < 2; i++)
		xg_region_finish(&regions[i]);
	xg_link_destroy(host);
	xg_link_destroy(guest);
}

static void false_numbers_bring_no_host(void **state)
{
	struct xg_link *guest = links_make_guest(100);
	struct xg_region region;
	const struct held before = count_held();
	uint32_t ring_ref, event_channel;

	xg_link_xen_address(guest, &ring_ref, &event_channel);
	assert_null(links_make_host(0, event_channel, 100));
	assert_null(links_make_host(ring_ref + 1, event_channel, 100));
	assert_null(links_make_host(UINT32_MAX, event_channel, 100));
	assert_null(links_make_host(ring_ref, 0, 100));
	assert_null(links_make_host(ring_ref, event_channel + 1, 100));
	assert_null(links_make_host(ring_ref, UINT32_MAX, 100));
	assert_held(&before);

	/* One is enough. */
	struct xg_link *host = links_make_host(ring_ref, event_channel, 100);

	assert_non_null(host);
	assert_null(links_make_host(ring_ref, event_channel, 100));
	xg_link_destroy(host);
	assert_held(&before);
	/* Another region's first page is as good a root page as any. */
	assert_true(xg_link_share(guest, PAGE, &region));
	host = links_make_host(region.number, event_channel, 100);
	assert_non_null(host);
	assert_null(xg_link_map(host, 0, PAGE));
	xg_link_destroy(host);
	xg_region_finish(&region);
	xg_link_destroy(guest);
}

/* Pages as a guest could grant them that keeps to no rule. */
struct raw {
	int fd;
	uint32_t count;
	uint32_t *refs;
	struct xg_xen_directory *pages;
};

static struct raw grant_raw(uint16_t domain, uint16_t flags, uint32_t count)
{
	struct ioctl_gntalloc_alloc_gref *request = calloc(1, sizeof(*request) + 4 * count);
	struct raw raw = {open("/dev/xen/gntalloc", O_RDWR), count, calloc(count, 4), NULL};

	request->domid = domain;
	request->flags = flags;
	request->count = count;
	assert_int_equal(ioctl(raw.fd, IOCTL_GNTALLOC_ALLOC_GREF, request), 0);
	memcpy(raw.refs, request->gref_ids, 4 * count);
	raw.pages = mmap(NULL, (size_t)count * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, raw.fd, 0);
	assert_ptr_not_equal(raw.pages, MAP_FAILED);
	free(request);
	return raw;
}

static void end_raw(struct raw *raw)
{
	munmap(raw->pages, (size_t)raw->count * PAGE);
	close(raw->fd);
	free(raw->refs);
}

static void pages_of_others_are_not_mapped(void **state)
{
	struct fixture *f = *state;
	struct raw directory = grant_raw(FAKE_XEN_HOST, 0, 1);
	struct raw foreign = grant_raw(3, GNTALLOC_FLAG_WRITABLE, 1);
	struct raw constant = grant_raw(FAKE_XEN_HOST, 0, 1);
	struct raw fine = grant_raw(FAKE_XEN_HOST, GNTALLOC_FLAG_WRITABLE, 1);
	const uint32_t wrong[] = {0, 1, 8, UINT32_MAX, foreign.refs[0], constant.refs[0]};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		directory.pages->refs[0] = fine.refs[0];
		directory.pages->refs[1] = wrong[i];
		assert_null(xg_link_map(f->host, directory.refs[0], 2 * PAGE));
		assert_null(xg_link_map(f->host, wrong[i], PAGE));
	}
	directory.pages->refs[1] = fine.refs[0];

	/* A compiler may take them for two pages. */
	volatile char *memory = xg_link_map(f->host, directory.refs[0], 2 * PAGE);

	assert_non_null(memory);
	memory[0] = 'x';
	assert_int_equal(memory[PAGE], 'x');
	xg_link_unmap(f->host, (void *)memory, 2 * PAGE);
	end_raw(&directory);
	end_raw(&foreign);
	end_raw(&constant);
	end_raw(&fine);
}

static void directories_that_lie_end_somewhere(void **state)
{
	struct fixture *f = *state;
	const uint32_t count = 3 * XG_XEN_REFS_PER_PAGE;
	struct raw raw = grant_raw(FAKE_XEN_HOST, GNTALLOC_FLAG_WRITABLE, 2);

	for (uint32_t i = 0; i < XG_XEN_REFS_PER_PAGE; i++)
		raw.pages[0].refs[i] = raw.refs[1];
	/* In a circle: the same pages again and again. */
	raw.pages[0].next = raw.refs[0];

	void *memory = xg_link_map(f->host, raw.refs[0], (size_t)count * PAGE);

	assert_non_null(memory);
	xg_link_unmap(f->host, memory, (size_t)count * PAGE);
	/* Too early, and in the middle of nothing. */
	raw.pages[0].next = 0;
	assert_null(xg_link_map(f->host, raw.refs[0], (size_t)count * PAGE));
	raw.pages[0].next = 4711;
	assert_null(xg_link_map(f->host, raw.refs[0], (size_t)count * PAGE));
	assert_null(xg_link_map(f->host, raw.refs[0], (size_t)(count - 1) * PAGE));
	memory = xg_link_map(f->host, raw.refs[0], XG_XEN_REFS_PER_PAGE * PAGE);
	assert_non_null(memory);
	xg_link_unmap(f->host, memory, XG_XEN_REFS_PER_PAGE * PAGE);
	end_raw(&raw);
}

struct scribbler {
	struct raw *raw;
	_Atomic bool stop;
};

static void *run_scribbler(void *argument)
{
	struct scribbler *s = argument;

	for (uint32_t i = 0; !s->stop; i++) {
		volatile struct xg_xen_directory *page = &s->raw->pages[0];

		page->next = i % 3 ? s->raw->refs[0] : i;
		page->refs[i % XG_XEN_REFS_PER_PAGE] = i % 5 ? s->raw->refs[i % 2] : i;
	}
	return NULL;
}

static void directories_that_change_while_they_are_read_do_no_harm(void **state)
{
	struct fixture *f = *state;
	struct raw raw = grant_raw(FAKE_XEN_HOST, GNTALLOC_FLAG_WRITABLE, 2);
	struct scribbler scribbler = {.raw = &raw};
	const struct held before = count_held();
	uint32_t mapped = 0;
	pthread_t thread;

	for (uint32_t i = 0; i < XG_XEN_REFS_PER_PAGE; i++)
		raw.pages[0].refs[i] = raw.refs[1];
	pthread_create(&thread, NULL, run_scribbler, &scribbler);
	for (uint32_t i = 0; i < 200; i++) {
		const size_t size = (1 + i * 11) * PAGE;
		void *memory = xg_link_map(f->host, raw.refs[0], size);

		mapped += memory != NULL;
		if (memory)
			xg_link_unmap(f->host, memory, size);
	}
	scribbler.stop = true;
	pthread_join(thread, NULL);
	assert_in_range(mapped, 0, 200);
	assert_held(&before);
	end_raw(&raw);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(regions_of_all_sizes_are_the_same_on_both_sides),
		TEST(the_last_page_of_a_directory_has_no_next),
		TEST(sizes_without_sense_are_refused),
		TEST(the_pool_has_an_end),
		TEST(a_kernel_with_larger_pages_is_refused),
		TEST(the_kernels_limit_may_be_lower_than_the_pool),
		TEST(the_host_maps_no_more_than_its_limit),
		TEST(false_numbers_bring_no_host),
		TEST(pages_of_others_are_not_mapped),
		TEST(directories_that_lie_end_somewhere),
		TEST(directories_that_change_while_they_are_read_do_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

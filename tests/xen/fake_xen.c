/* SPDX-License-Identifier: MIT */
/*
 * See fake_xen.h: the kernel's devices, by wrapping what opens and controls them, and libxengnttab.
 * Who answers is a process that the first to ask has forked off.
 */
#include "fake_xen.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sanitizer/asan_interface.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <xen/gntalloc.h>
/* It says what a domid_t is, which the kernel's header takes for granted. */
#include <xengnttab.h>

#include <xen/evtchn.h>

#include "fake_xen_wire.h"

int __real_open64(const char *path, int flags, ...);
int __real_fcntl64(int fd, int command, ...);
int __real_ioctl(int fd, unsigned long command, ...);
void *__real_mmap64(void *address, size_t size, int prot, int flags, int fd, off_t offset);
void *__real_calloc(size_t count, size_t size);
int __wrap_open64(const char *path, int flags, ...);
int __wrap_fcntl64(int fd, int command, ...);
int __wrap_ioctl(int fd, unsigned long command, ...);
void *__wrap_mmap64(void *address, size_t size, int prot, int flags, int fd, off_t offset);
void *__wrap_calloc(size_t count, size_t size);
int __wrap_getpagesize(void);

static _Thread_local unsigned own_domain = FAKE_XEN_GUEST;
static _Thread_local bool is_refused;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct sockaddr_un address = {.sun_family = AF_UNIX};
static _Atomic int steps_to_failure = -1;
static int failure;
static int page_size = FAKE_PAGE_SIZE;

static void start(void)
{
	const int listen_fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	int life[2];

	snprintf(address.sun_path + 1, sizeof(address.sun_path) - 1, "xenglass-fake-xen-%d",
		(int)getpid());
	assert(listen_fd >= 0 && pipe2(life, O_CLOEXEC) == 0);
	assert(bind(listen_fd, (struct sockaddr *)&address, sizeof(address)) == 0);
	assert(listen(listen_fd, 64) == 0);
	if (fork() == 0) {
		dup2(listen_fd, STDIN_FILENO);
		dup2(life[0], STDOUT_FILENO);
		close_range(STDERR_FILENO + 1, ~0u, 0);
		fake_hypervisor_run(STDIN_FILENO, STDOUT_FILENO);
	}
	close(listen_fd);
	close(life[0]);
}

static void send_request(int fd, const struct fake_request *request, int beside)
{
	union {
		struct cmsghdr header;
		uint8_t bytes[CMSG_SPACE(sizeof(int))];
	} control = {.header = {CMSG_LEN(sizeof(int)), SOL_SOCKET, SCM_RIGHTS}};
	struct iovec iov = {(void *)(uintptr_t)request,
		offsetof(struct fake_request, items) + request->count * sizeof(uint32_t)};
	struct msghdr message = {.msg_iov = &iov, .msg_iovlen = 1};

	if (beside >= 0) {
		memcpy(CMSG_DATA(&control.header), &beside, sizeof(beside));
		message.msg_control = &control;
		message.msg_controllen = sizeof(control);
	}
	assert(sendmsg(fd, &message, MSG_NOSIGNAL) == (ssize_t)iov.iov_len);
}

/* The answer, to be freed, and the descriptors beside it. */
static struct fake_answer *receive_answer(int fd, int fds[FAKE_REGIONS_MAX])
{
	struct fake_answer *answer = malloc(sizeof(*answer));
	union {
		struct cmsghdr header;
		uint8_t bytes[CMSG_SPACE(FAKE_REGIONS_MAX * sizeof(int))];
	} control;
	struct iovec iov = {answer, sizeof(*answer)};
	struct msghdr message = {
		.msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control),
	};
	ssize_t size;

	do {
		size = recvmsg(fd, &message, MSG_CMSG_CLOEXEC);
	} while (size < 0 && errno == EINTR);
	assert(size >= (ssize_t)offsetof(struct fake_answer, items));
	for (uint32_t i = 0; i < FAKE_REGIONS_MAX; i++)
		fds[i] = -1;
	if (CMSG_FIRSTHDR(&message))
		memcpy(fds, CMSG_DATA(CMSG_FIRSTHDR(&message)),
			CMSG_FIRSTHDR(&message)->cmsg_len - CMSG_LEN(0));
	return answer;
}

/* Frees the request. NULL: errno is set. */
static struct fake_answer *ask(struct fake_request *request, int beside, int fds[FAKE_REGIONS_MAX])
{
	pthread_once(&once, start);

	const int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);

	request->domain = own_domain;
	while (connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0)
		assert(errno == EINTR || errno == EAGAIN);
	send_request(fd, request, beside);

	struct fake_answer *answer = receive_answer(fd, fds);

	free(request);
	close(fd);
	if (answer->error == 0)
		return answer;
	errno = answer->error;
	free(answer);
	return NULL;
}

static struct fake_request *make_request(enum fake_op op)
{
	struct fake_request *request = malloc(sizeof(*request));

	memset(request, 0, offsetof(struct fake_request, items));
	request->op = op;
	return request;
}

/* Number and no more is answered; -1 with errno set. */
static int ask_number(struct fake_request *request)
{
	int fds[FAKE_REGIONS_MAX];
	struct fake_answer *answer = ask(request, -1, fds);
	const int number = answer ? (int)answer->value : -1;

	free(answer);
	return number;
}

static int open_device(enum fake_op op)
{
	int fds[FAKE_REGIONS_MAX];

	free(ask(make_request(op), -1, fds));
	return fds[0];
}

static uint64_t cookie_of(int fd)
{
	struct stat status;

	return fstat(fd, &status) == 0 && S_ISSOCK(status.st_mode) ? status.st_ino : 0;
}

static int ask_device(int fd, enum fake_op op, uint32_t first, uint32_t second)
{
	struct fake_request *request = make_request(op);

	request->object = cookie_of(fd);
	request->args[0] = first;
	request->args[1] = second;
	return ask_number(request);
}

/* The lock tells when the last descriptor and mapping has gone. */
static int open_gntalloc(void)
{
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 1};
	const int fd = memfd_create("gntalloc", MFD_CLOEXEC);

	assert(fd >= 0 && __real_fcntl64(fd, F_OFD_SETLK, &lock) == 0);
	return fd;
}

static int grant(int fd, struct ioctl_gntalloc_alloc_gref *grant)
{
	struct fake_request *request = make_request(FAKE_GRANT);
	struct stat status;
	int fds[FAKE_REGIONS_MAX];

	assert(fstat(fd, &status) == 0);
	request->object = status.st_ino;
	request->args[0] = grant->domid;
	request->args[1] = grant->flags & GNTALLOC_FLAG_WRITABLE;
	request->args[2] = (uint32_t)(status.st_size / FAKE_PAGE_SIZE);
	request->args[3] = grant->count;

	struct fake_answer *answer = ask(request, fd, fds);

	if (!answer)
		return -1;
	assert(ftruncate(fd, status.st_size + (off_t)grant->count * FAKE_PAGE_SIZE) == 0);
	grant->index = (uint64_t)status.st_size;
	memcpy(grant->gref_ids, answer->items, grant->count * sizeof(uint32_t));
	free(answer);
	return 0;
}

static int set_grant_notice(int fd, const struct ioctl_gntalloc_unmap_notify *notify)
{
	struct fake_request *request = make_request(FAKE_GRANT_NOTIFY);
	struct stat status;

	assert(fstat(fd, &status) == 0);
	assert(notify->action == (UNMAP_NOTIFY_CLEAR_BYTE | UNMAP_NOTIFY_SEND_EVENT));
	request->object = status.st_ino;
	request->args[0] = (uint32_t)notify->index;
	request->args[1] = notify->event_channel_port;
	return ask_number(request);
}

void fake_xen_become(unsigned domain)
{
	own_domain = domain;
}

void fake_xen_set_limit(uint32_t pages)
{
	struct fake_request *request = make_request(FAKE_LIMIT);

	request->args[0] = pages;
	assert(ask_number(request) == 0);
}

struct fake_xen_counts fake_xen_count(void)
{
	int fds[FAKE_REGIONS_MAX];
	struct fake_answer *answer = ask(make_request(FAKE_COUNT), -1, fds);
	struct fake_xen_counts counts;

	memcpy(&counts, answer->items, sizeof(counts));
	free(answer);
	return counts;
}

void fake_xen_fail(int step, int error)
{
	failure = error;
	steps_to_failure = step;
}

bool fake_xen_has_failed(void)
{
	return atomic_exchange(&steps_to_failure, -1) < 0;
}

/* True: this call is the one that fails, and errno is set. */
static bool fails(void)
{
	if (steps_to_failure < 0 || atomic_fetch_sub(&steps_to_failure, 1) != 0)
		return false;
	errno = failure;
	return true;
}

int __wrap_open64(const char *path, int flags, ...)
{
	va_list args;

	va_start(args, flags);

	const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(args, mode_t) : 0;

	va_end(args);
	if (fails())
		return -1;
	if (strcmp(path, "/dev/xen/evtchn") == 0)
		return open_device(FAKE_PORT_OPEN);
	if (strcmp(path, "/dev/xen/gntalloc") == 0)
		return open_gntalloc();
	return __real_open64(path, flags, mode);
}

int __wrap_fcntl64(int fd, int command, ...)
{
	va_list args;

	va_start(args, command);

	void *argument = va_arg(args, void *);

	va_end(args);
	return fails() ? -1 : __real_fcntl64(fd, command, argument);
}

static int control_port(int fd, unsigned long command, void *argument)
{
	switch (command) {
	case IOCTL_EVTCHN_RESTRICT_DOMID:
		return ask_device(fd, FAKE_PORT_RESTRICT,
			((struct ioctl_evtchn_restrict_domid *)argument)->domid, 0);
	case IOCTL_EVTCHN_BIND_UNBOUND_PORT:
		return ask_device(fd, FAKE_PORT_OFFER,
			((struct ioctl_evtchn_bind_unbound_port *)argument)->remote_domain, 0);
	case IOCTL_EVTCHN_BIND_INTERDOMAIN:
		return ask_device(fd, FAKE_PORT_BIND,
			((struct ioctl_evtchn_bind_interdomain *)argument)->remote_domain,
			((struct ioctl_evtchn_bind_interdomain *)argument)->remote_port);
	default:
		return ask_device(
			fd, FAKE_PORT_NOTIFY, ((struct ioctl_evtchn_notify *)argument)->port, 0);
	}
}

void fake_xen_refuse_requests(bool refuses)
{
	is_refused = refuses;
}

int __wrap_ioctl(int fd, unsigned long command, ...)
{
	va_list args;

	if (is_refused) {
		errno = ENOTTY;
		return -1;
	}

	va_start(args, command);

	void *argument = va_arg(args, void *);

	va_end(args);
	switch (command) {
	case IOCTL_EVTCHN_RESTRICT_DOMID:
	case IOCTL_EVTCHN_BIND_UNBOUND_PORT:
	case IOCTL_EVTCHN_BIND_INTERDOMAIN:
	case IOCTL_EVTCHN_NOTIFY:
		return fails() ? -1 : control_port(fd, command, argument);
	case IOCTL_GNTALLOC_ALLOC_GREF:
		return fails() ? -1 : grant(fd, argument);
	case IOCTL_GNTALLOC_SET_UNMAP_NOTIFY:
		return fails() ? -1 : set_grant_notice(fd, argument);
	default:
		return __real_ioctl(fd, command, argument);
	}
}

/* A sanitizer may still think that this is what it had freed here. */
static void *map_clean(void *at, size_t size, int prot, int flags, int fd, off_t offset)
{
	void *memory = __real_mmap64(at, size, prot, flags, fd, offset);

	if (memory != MAP_FAILED)
		ASAN_UNPOISON_MEMORY_REGION(memory, size);
	return memory;
}

void *__wrap_mmap64(void *at, size_t size, int prot, int flags, int fd, off_t offset)
{
	return fails() ? MAP_FAILED : map_clean(at, size, prot, flags, fd, offset);
}

void *__wrap_calloc(size_t count, size_t size)
{
	return fails() ? NULL : __real_calloc(count, size);
}

int __wrap_getpagesize(void)
{
	return page_size;
}

void fake_xen_set_page_size(int bytes)
{
	page_size = bytes;
}

struct mapping {
	struct mapping *next;
	void *memory;
	uint32_t count;
	uint32_t number; /* the hypervisor's */
};

struct xengntdev_handle {
	int fd;
	struct mapping *mappings;
};

xengnttab_handle *xengnttab_open(struct xentoollog_logger *logger, unsigned flags)
{
	xengnttab_handle *handle;

	if (fails())
		return NULL;
	handle = malloc(sizeof(*handle));
	*handle = (xengnttab_handle){.fd = open_device(FAKE_MAPPER_OPEN)};
	return handle;
}

/* What is still mapped was forgotten. */
int xengnttab_close(xengnttab_handle *handle)
{
	assert(!handle->mappings);
	close(handle->fd);
	free(handle);
	return 0;
}

/* Pages of the files that were answered; those that stand together there go together. */
static void *map_items(const struct fake_answer *answer, const int *fds, int prot)
{
	uint8_t *memory = map_clean(NULL, (size_t)answer->count * FAKE_PAGE_SIZE, PROT_NONE,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	assert(memory != MAP_FAILED);
	for (uint32_t i = 0, next; i < answer->count; i = next) {
		const uint32_t item = answer->items[i];

		for (next = i + 1; next < answer->count; next++) {
			if (answer->items[next] != item + (next - i))
				break;
		}
		assert(__real_mmap64(memory + (size_t)i * FAKE_PAGE_SIZE,
			       (size_t)(next - i) * FAKE_PAGE_SIZE, prot, MAP_SHARED | MAP_FIXED,
			       fds[item >> 24],
			       (off_t)(item & 0xffffff) * FAKE_PAGE_SIZE) != MAP_FAILED);
	}
	return memory;
}

static void *map(xengnttab_handle *handle, uint32_t domain, uint32_t count, const uint32_t *refs,
	int prot, int32_t octet, int32_t port)
{
	struct fake_request *request;
	int fds[FAKE_REGIONS_MAX];

	if (fails())
		return NULL;
	request = make_request(FAKE_MAP);
	request->object = cookie_of(handle->fd);
	request->args[0] = domain;
	request->args[1] = (prot & PROT_WRITE) != 0;
	request->args[2] = (uint32_t)octet;
	request->args[3] = (uint32_t)port;
	request->count = count;
	assert(count <= FAKE_ITEMS_MAX);
	memcpy(request->items, refs, count * sizeof(*refs));

	struct fake_answer *answer = ask(request, -1, fds);

	if (!answer)
		return NULL;

	struct mapping *mapping = malloc(sizeof(*mapping));

	*mapping = (struct mapping){
		.next = handle->mappings,
		.memory = map_items(answer, fds, prot),
		.count = count,
		.number = answer->value,
	};
	handle->mappings = mapping;
	free(answer);
	for (uint32_t i = 0; i < FAKE_REGIONS_MAX; i++) {
		if (fds[i] >= 0)
			close(fds[i]);
	}
	return mapping->memory;
}

void *xengnttab_map_grant_ref(xengnttab_handle *handle, uint32_t domain, uint32_t ref, int prot)
{
	return map(handle, domain, 1, &ref, prot, -1, -1);
}

void *xengnttab_map_domain_grant_refs(
	xengnttab_handle *handle, uint32_t count, uint32_t domain, uint32_t *refs, int prot)
{
	return map(handle, domain, count, refs, prot, -1, -1);
}

void *xengnttab_map_grant_ref_notify(xengnttab_handle *handle, uint32_t domain, uint32_t ref,
	int prot, uint32_t octet, evtchn_port_t port)
{
	return map(handle, domain, 1, &ref, prot, (int32_t)octet, (int32_t)port);
}

int xengnttab_unmap(xengnttab_handle *handle, void *memory, uint32_t count)
{
	struct mapping **at = &handle->mappings;

	while (*at && (*at)->memory != memory)
		at = &(*at)->next;
	assert(*at && (*at)->count == count);

	struct mapping *mapping = *at;

	*at = mapping->next;
	munmap(memory, (size_t)count * FAKE_PAGE_SIZE);
	assert(ask_device(handle->fd, FAKE_UNMAP, mapping->number, 0) == 0);
	free(mapping);
	return 0;
}

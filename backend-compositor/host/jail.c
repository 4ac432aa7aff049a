/* SPDX-License-Identifier: MIT */
/*
 * See jail.h. The list holds what Mesa (llvmpipe with its just-in-time compiler, and the drivers
 * that speak to a render node), libwayland-client and we ourselves use; everything else answers
 * EPERM, so that a driver which only probes goes on without.
 *
 * Files are closed by Landlock (jail_files.c), where the kernel has it, and the compositor is
 * reached through a door (door.c), so that no socket need be made here.
 */
#include "jail.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <seccomp.h>

#include "base/log.h"
#include "jail_files.h"

#define MODULE "jail"

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) ||                         \
	__has_feature(memory_sanitizer)
#define IS_INSTRUMENTED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define IS_INSTRUMENTED 1
#endif
#ifndef IS_INSTRUMENTED
#define IS_INSTRUMENTED 0
#endif

/* A guest's quotas bound what it asks for; this bounds what the driver makes of it. */
#define MEMORY_MAX (UINT64_C(16) << 30)
#define FILES_MAX  UINT64_C(16384)

static const int allowed[] = {
	/* memory */
	SCMP_SYS(brk),
	SCMP_SYS(mmap),
	SCMP_SYS(munmap),
	SCMP_SYS(mremap),
	SCMP_SYS(mprotect),
	SCMP_SYS(madvise),
	SCMP_SYS(mincore),
	SCMP_SYS(msync),
	SCMP_SYS(membarrier),
	SCMP_SYS(memfd_create),
	SCMP_SYS(mbind),
	SCMP_SYS(get_mempolicy),
	SCMP_SYS(set_mempolicy),
	/* threads, time */
	SCMP_SYS(futex),
	SCMP_SYS(set_robust_list),
	SCMP_SYS(get_robust_list),
	SCMP_SYS(rseq),
	SCMP_SYS(set_tid_address),
	SCMP_SYS(sched_yield),
	SCMP_SYS(sched_getaffinity),
	SCMP_SYS(sched_setaffinity),
	SCMP_SYS(sched_getparam),
	SCMP_SYS(sched_getscheduler),
	SCMP_SYS(sched_setscheduler),
	SCMP_SYS(sched_get_priority_min),
	SCMP_SYS(sched_get_priority_max),
	SCMP_SYS(getpriority),
	SCMP_SYS(setpriority),
	SCMP_SYS(getcpu),
	SCMP_SYS(exit),
	SCMP_SYS(exit_group),
	SCMP_SYS(restart_syscall),
	SCMP_SYS(nanosleep),
	SCMP_SYS(clock_nanosleep),
	SCMP_SYS(clock_gettime),
	SCMP_SYS(clock_getres),
	SCMP_SYS(gettimeofday),
	SCMP_SYS(time),
	SCMP_SYS(times),
	SCMP_SYS(timerfd_create),
	SCMP_SYS(timerfd_settime),
	SCMP_SYS(timerfd_gettime),
	/* signals, which we send to ourselves only: see below */
	SCMP_SYS(rt_sigaction),
	SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(rt_sigreturn),
	SCMP_SYS(rt_sigtimedwait),
	SCMP_SYS(sigaltstack),
	SCMP_SYS(signalfd4),
	/* descriptors */
	SCMP_SYS(read),
	SCMP_SYS(write),
	SCMP_SYS(readv),
	SCMP_SYS(writev),
	SCMP_SYS(pread64),
	SCMP_SYS(preadv2),
	SCMP_SYS(pwrite64),
	SCMP_SYS(close),
	SCMP_SYS(close_range),
	SCMP_SYS(dup),
	SCMP_SYS(dup2),
	SCMP_SYS(dup3),
	SCMP_SYS(fcntl),
	SCMP_SYS(lseek),
	SCMP_SYS(pipe2),
	SCMP_SYS(eventfd2),
	SCMP_SYS(poll),
	SCMP_SYS(ppoll),
	SCMP_SYS(select),
	SCMP_SYS(pselect6),
	SCMP_SYS(epoll_create1),
	SCMP_SYS(epoll_ctl),
	SCMP_SYS(epoll_wait),
	SCMP_SYS(epoll_pwait),
	SCMP_SYS(ftruncate),
	SCMP_SYS(fallocate),
	SCMP_SYS(fadvise64),
	SCMP_SYS(flock),
	SCMP_SYS(kcmp),
	SCMP_SYS(membarrier),
	/* looking at files; opening them see below */
	SCMP_SYS(stat),
	SCMP_SYS(fstat),
	SCMP_SYS(lstat),
	SCMP_SYS(newfstatat),
	SCMP_SYS(statx),
	SCMP_SYS(statfs),
	SCMP_SYS(fstatfs),
	SCMP_SYS(access),
	SCMP_SYS(faccessat),
	SCMP_SYS(faccessat2),
	SCMP_SYS(getdents64),
	SCMP_SYS(readlink),
	SCMP_SYS(readlinkat),
	SCMP_SYS(getcwd),
	/* sockets that exist: none is made, and none connected */
	SCMP_SYS(sendmsg),
	SCMP_SYS(recvmsg),
	SCMP_SYS(sendto),
	SCMP_SYS(recvfrom),
	SCMP_SYS(shutdown),
	SCMP_SYS(getsockopt),
	SCMP_SYS(setsockopt),
	SCMP_SYS(getsockname),
	SCMP_SYS(getpeername),
	/* who and where we are */
	SCMP_SYS(getpid),
	SCMP_SYS(gettid),
	SCMP_SYS(getppid),
	SCMP_SYS(getuid),
	SCMP_SYS(geteuid),
	SCMP_SYS(getgid),
	SCMP_SYS(getegid),
	SCMP_SYS(uname),
	SCMP_SYS(sysinfo),
	SCMP_SYS(getrlimit),
	SCMP_SYS(getrusage),
	SCMP_SYS(getrandom),
};

#define IOCTL_TYPE 0xff00
/* The flags of open(2) that empty a file, or make one without a name. */
#define CHANGING (O_TRUNC | (O_TMPFILE & ~O_DIRECTORY))

/* A call that is allowed if one of its arguments, masked, has a value. */
static const struct {
	int call;
	unsigned argument;
	uint64_t mask, value;
} conditions[] = {
	{SCMP_SYS(socketpair), 0, UINT32_MAX, AF_UNIX},
	{SCMP_SYS(clone), 0, CLONE_THREAD, CLONE_THREAD},
	{SCMP_SYS(prctl), 0, UINT32_MAX, PR_SET_NAME},
	{SCMP_SYS(prctl), 0, UINT32_MAX, PR_GET_NAME},
	{SCMP_SYS(prlimit64), 2, UINT64_MAX, 0}, /* asking, not setting */
	/* Of devices, by the type in the number: DRM, dma-buf, udmabuf, sync files, NVIDIA's two.
	 * Never of a terminal, which would type for us, but asking whether it is one. */
	{SCMP_SYS(ioctl), 1, IOCTL_TYPE, 'd' << 8},
	{SCMP_SYS(ioctl), 1, IOCTL_TYPE, 'b' << 8},
	{SCMP_SYS(ioctl), 1, IOCTL_TYPE, 'u' << 8},
	{SCMP_SYS(ioctl), 1, IOCTL_TYPE, '>' << 8},
	{SCMP_SYS(ioctl), 1, IOCTL_TYPE, 'F' << 8},
	{SCMP_SYS(ioctl), 1, IOCTL_TYPE, 'm' << 8},
	/* And of Xen's grants and event channels, whose devices can be opened no more. */
	{SCMP_SYS(ioctl), 1, IOCTL_TYPE, 'G' << 8},
	{SCMP_SYS(ioctl), 1, IOCTL_TYPE, 'E' << 8},
	{SCMP_SYS(ioctl), 1, UINT32_MAX, TCGETS},
	{SCMP_SYS(ioctl), 1, UINT32_MAX, FIONREAD},
	{SCMP_SYS(ioctl), 1, UINT32_MAX, FIONBIO},
	{SCMP_SYS(ioctl), 1, UINT32_MAX, FIOCLEX},
};

void xg_jail_prepare(void)
{
	setenv("__GL_SHADER_DISK_CACHE", "0", 0); /* NVIDIA's */
	setenv("EGL_LOG_LEVEL", "fatal", 0);
}

static void set_limit(int resource, rlim_t value)
{
	struct rlimit limit;

	if (getrlimit((__rlimit_resource_t)resource, &limit) != 0)
		return;
	if (value > limit.rlim_max)
		value = limit.rlim_max;
	limit.rlim_cur = limit.rlim_max = value;
	setrlimit((__rlimit_resource_t)resource, &limit);
}

/* Opening files, with none of the forbidden flags. 0, or an error of errno's. */
static int add_rules_for_files(scmp_filter_ctx filter, uint64_t forbidden)
{
	const int error = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(open), 1,
		SCMP_A1_64(SCMP_CMP_MASKED_EQ, forbidden, 0));

	return error ? error
		     : seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
			       SCMP_A2_64(SCMP_CMP_MASKED_EQ, forbidden, 0));
}

/* 0, or an error of errno's. */
static int add_rules(scmp_filter_ctx filter, uint64_t forbidden_to_open)
{
	int error = add_rules_for_files(filter, forbidden_to_open);

	for (size_t i = 0; i < sizeof(allowed) / sizeof(allowed[0]) && !error; i++)
		error = seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
	for (size_t i = 0; i < sizeof(conditions) / sizeof(conditions[0]) && !error; i++)
		error = seccomp_rule_add(filter, SCMP_ACT_ALLOW, conditions[i].call, 1,
			SCMP_CMP64(conditions[i].argument, SCMP_CMP_MASKED_EQ, conditions[i].mask,
				conditions[i].value));
	/* abort() sends itself a signal. Of clone3 the flags are in memory, where no filter can
	 * look; without it the C library falls back to clone. */
	if (!error)
		error = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
			SCMP_A0_64(SCMP_CMP_EQ, (uint64_t)getpid()));
	if (!error)
		error = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
	return -error;
}

bool xg_jail_is_complete(void)
{
	/* An instrumented program maps terabytes, and looks for leaks with what is forbidden. */
	return !IS_INSTRUMENTED;
}

bool xg_jail_admits_shader_cache(void)
{
	return xg_jail_can_close_files();
}

/* An old kernel is no reason to go without all the rest. */
static bool close_files(bool *are_closed)
{
	*are_closed = xg_jail_close_files();
	if (*are_closed)
		return true;

	const bool is_missing = errno == ENOSYS || errno == EOPNOTSUPP;

	xg_log(is_missing ? XG_LOG_WARNING : XG_LOG_ERROR, MODULE, "files stay open to read: %s",
		is_missing ? "the kernel has no Landlock" : strerror(errno));
	return is_missing;
}

bool xg_jail_enter(bool has_shader_cache)
{
	bool are_files_closed;
	int error;

	set_limit(RLIMIT_CORE, 0);
	set_limit(RLIMIT_NOFILE, FILES_MAX);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
		xg_log(XG_LOG_ERROR, MODULE, "cannot give up rights: %s", strerror(errno));
		return false;
	}
	if (!xg_jail_is_complete())
		return true;
	set_limit(RLIMIT_DATA, MEMORY_MAX);
	if (!close_files(&are_files_closed))
		return false;

	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	if (!filter) {
		xg_log(XG_LOG_ERROR, MODULE, "no memory for the filter of system calls");
		return false;
	}
	seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
	seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	error = add_rules(
		filter, has_shader_cache && are_files_closed ? CHANGING : CHANGING | O_CREAT);
	if (!error)
		error = -seccomp_load(filter);
	seccomp_release(filter);
	if (error)
		xg_log(XG_LOG_ERROR, MODULE,
			"the kernel takes no filter of system calls: %s; --no-jail goes without",
			strerror(error));
	return !error;
}

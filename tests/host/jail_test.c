/* SPDX-License-Identifier: MIT */
/* What a process can no longer do in the jail, and what it still can. Each test is a child. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <seccomp.h>

#include "base/log.h"
#include "door.h"
#include "jail.h"
#include "jail_files.h"

static char path_of_the_user[64] = "/tmp/xg-jail-test-XXXXXX";
static char link_to_memory[64];
static int terminal_fd, door_fd;

static bool in_jail_with(bool (*function)(void), bool has_shader_cache)
{
	const pid_t child = fork();
	int status;

	if (child == 0)
		_exit(xg_jail_enter(has_shader_cache) && function() ? 0 : 1);
	assert_true(child > 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* Runs a function in a jailed child, whether it has a shader cache or not; true if both said so. */
static bool in_jail(bool (*function)(void))
{
	return in_jail_with(function, false) && in_jail_with(function, true);
}

static bool runs_no_program(void)
{
	char *const arguments[] = {"/bin/true", NULL};

	return execv(arguments[0], arguments) < 0 && errno == EPERM;
}

static bool makes_no_process(void)
{
	return fork() < 0 && errno == EPERM;
}

static bool is_forbidden(int result)
{
	return result < 0 && (errno == EPERM || errno == EACCES);
}

static bool makes_no_file(void)
{
	return is_forbidden(open("/tmp/xg-jail-test", O_CREAT | O_WRONLY, 0600)) &&
	       is_forbidden(open("/tmp/xg-jail-test", O_CREAT | O_RDONLY, 0600)) &&
	       is_forbidden(open("/dev/shm/xg-jail-test", O_CREAT | O_EXCL | O_RDWR, 0600)) &&
	       is_forbidden(open("/tmp", O_TMPFILE | O_RDWR, 0600)) &&
	       is_forbidden(mkdir("/tmp/xg-jail-test", 0700)) &&
	       is_forbidden(symlink("/tmp", "/tmp/xg-jail-test")) &&
	       is_forbidden(rename("/tmp", "/tmp/xg-jail-test")) &&
	       is_forbidden(unlink("/tmp/xg-jail-test"));
}

/* Memory behind a link, as the shader cache has it, is opened as Mesa does it. */
static bool opens_memory_as_if_to_make_it(void)
{
	return open(link_to_memory, O_RDWR | O_CREAT | O_CLOEXEC, 0644) >= 0;
}

/* An old kernel, as far as Landlock goes: then nothing may be opened like that. */
static bool goes_without_landlock(void)
{
	const pid_t child = fork();
	int status = 0;

	if (child == 0) {
		scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);

		_exit(seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS),
			      SCMP_SYS(landlock_create_ruleset), 0) == 0 &&
					seccomp_load(filter) == 0 &&
					!xg_jail_admits_shader_cache() && xg_jail_enter(true) &&
					makes_no_file() && !opens_memory_as_if_to_make_it()
				? 0
				: 1);
	}
	return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool empties_nothing(void)
{
	return is_forbidden(open(link_to_memory, O_RDWR | O_TRUNC));
}

static bool reaches_no_network(void)
{
	return socket(AF_INET, SOCK_STREAM, 0) < 0 && errno == EPERM &&
	       socket(AF_UNIX, SOCK_STREAM, 0) < 0 && errno == EPERM;
}

/* The user's own, which the tests' folder stands for. */
static bool opens_no_file_of_the_user(void)
{
	return open(path_of_the_user, O_RDONLY) < 0 && errno == EACCES &&
	       open(path_of_the_user, O_WRONLY) < 0 && errno == EACCES;
}

/* A folder that names drivers to libglvnd may be the user's. */
static bool reads_what_names_its_driver(void)
{
	const int fd = open(path_of_the_user, O_RDONLY);

	return fd >= 0 && open(path_of_the_user, O_WRONLY) < 0;
}

static bool commands_no_terminal(void)
{
	return ioctl(terminal_fd, TIOCSTI, "x") < 0 && errno == EPERM && isatty(terminal_fd);
}

static bool comes_out_at_the_door(void)
{
	struct sockaddr_un peer;
	socklen_t size = sizeof(peer);
	const int fd = xg_door_connect(door_fd);

	return fd >= 0 && getpeername(fd, (struct sockaddr *)&peer, &size) == 0;
}

static bool signals_nobody_else(void)
{
	return kill(getppid(), 0) < 0 && errno == EPERM;
}

static bool gains_no_rights_and_dumps_nothing(void)
{
	struct rlimit limit;

	return prctl(PR_GET_NO_NEW_PRIVS) < 0 && getrlimit(RLIMIT_CORE, &limit) == 0 &&
	       limit.rlim_max == 0;
}

static void *note(void *data)
{
	*(int *)data = 1;
	return NULL;
}

static bool does_what_a_driver_does(void)
{
	pthread_t thread;
	int has_run = 0;
	const int most = sched_get_priority_max(SCHED_RR);
	const int memory = memfd_create("test", MFD_CLOEXEC);
	const int file = open("/proc/self/maps", O_RDONLY);
	const int library = open("/usr/lib", O_RDONLY | O_DIRECTORY);
	uint8_t *code =
		mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return most > 0 && memory >= 0 && ftruncate(memory, 4096) == 0 && file >= 0 &&
	       library >= 0 && code != MAP_FAILED &&
	       mprotect(code, 4096, PROT_READ | PROT_EXEC) == 0 &&
	       pthread_create(&thread, NULL, note, &has_run) == 0 &&
	       pthread_join(thread, NULL) == 0 && has_run;
}

static void jailed_process_runs_no_program(void **state)
{
	assert_true(in_jail(runs_no_program));
}

static void jailed_process_makes_no_process(void **state)
{
	assert_true(in_jail(makes_no_process));
}

static void jailed_process_makes_no_file(void **state)
{
	assert_true(in_jail(makes_no_file));
}

static void jailed_process_opens_only_its_shader_cache_as_if_to_make_it(void **state)
{
	char target[64];
	const int memory = memfd_create("test", MFD_CLOEXEC);

	assert_true(memory >= 0);
	snprintf(target, sizeof(target), "/proc/self/fd/%d", memory);
	snprintf(link_to_memory, sizeof(link_to_memory), "/tmp/xg-jail-test-%d", getpid());
	assert_int_equal(symlink(target, link_to_memory), 0);

	const bool is_open = in_jail_with(opens_memory_as_if_to_make_it, true);
	const bool is_open_without = in_jail_with(opens_memory_as_if_to_make_it, false);
	const bool is_open_before_landlock = !goes_without_landlock();
	const bool is_kept = in_jail(empties_nothing);

	unlink(link_to_memory);
	close(memory);
	assert_false(is_open_without);
	assert_false(is_open_before_landlock);
	assert_true(is_kept);
	if (!is_open && !xg_jail_close_files() && (errno == ENOSYS || errno == EOPNOTSUPP))
		skip();
	assert_true(is_open);
}

static void jailed_process_reaches_no_network(void **state)
{
	assert_true(in_jail(reaches_no_network));
}

static void jailed_process_opens_no_file_of_the_user(void **state)
{
	const int fd = mkstemp(path_of_the_user);
	const bool is_shut = in_jail(opens_no_file_of_the_user);

	assert_true(fd >= 0);
	close(fd);
	unlink(path_of_the_user);
	if (!is_shut && !xg_jail_close_files() && (errno == ENOSYS || errno == EOPNOTSUPP))
		skip();
	assert_true(is_shut);
}

static void jailed_process_reads_what_names_its_driver(void **state)
{
	char path[] = "/tmp/xg-jail-test-XXXXXX";
	const int fd = mkstemp(path);

	assert_true(fd >= 0);
	close(fd);
	strcpy(path_of_the_user, path);
	setenv("__EGL_VENDOR_LIBRARY_FILENAMES", path, 1);
	assert_true(in_jail(reads_what_names_its_driver));
	unsetenv("__EGL_VENDOR_LIBRARY_FILENAMES");
	unlink(path);
}

/* No call of GL's driver on NVIDIA's devices is refused before it gets there. */
static bool commands_devices(void)
{
	return ioctl(0, 'F' << 8 | 1, NULL) < 0 && errno != EPERM && ioctl(0, 'm' << 8, NULL) < 0 &&
	       errno != EPERM && ioctl(0, 'd' << 8, NULL) < 0 && errno != EPERM &&
	       ioctl(0, 'V' << 8, NULL) < 0 && errno == EPERM;
}

static void jailed_process_commands_devices_that_draw(void **state)
{
	assert_true(in_jail(commands_devices));
}

static void jailed_process_commands_no_terminal(void **state)
{
	terminal_fd = posix_openpt(O_RDWR | O_NOCTTY);
	assert_true(terminal_fd >= 0);
	assert_true(in_jail(commands_no_terminal));
	close(terminal_fd);
}

static void jailed_process_reaches_the_compositor(void **state)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	const struct xg_door_setup setup = {.wayland = address.sun_path};
	const int listen_fd = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(address.sun_path, sizeof(address.sun_path), "/tmp/xg-jail-test-%d", getpid());
	assert_int_equal(bind(listen_fd, (struct sockaddr *)&address, sizeof(address)), 0);
	assert_int_equal(listen(listen_fd, 2), 0);
	assert_true(xg_door_open(&setup, &door_fd));
	assert_true(in_jail(comes_out_at_the_door));
	unlink(address.sun_path);
	assert_int_equal(xg_door_connect(door_fd), -1);
	assert_int_equal(errno, ENOENT);
	assert_int_equal(xg_door_open_event_channel(door_fd), -1);
	assert_int_equal(errno, EPERM);
	close(door_fd);
	close(listen_fd);
}

static void jailed_process_signals_nobody_else(void **state)
{
	assert_true(in_jail(signals_nobody_else));
}

static void jailed_process_gains_no_rights_and_dumps_nothing(void **state)
{
	assert_true(in_jail(gains_no_rights_and_dumps_nothing));
}

static void jailed_process_does_what_a_driver_does(void **state)
{
	assert_true(in_jail(does_what_a_driver_does));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(jailed_process_runs_no_program),
		cmocka_unit_test(jailed_process_makes_no_process),
		cmocka_unit_test(jailed_process_makes_no_file),
		cmocka_unit_test(jailed_process_opens_only_its_shader_cache_as_if_to_make_it),
		cmocka_unit_test(jailed_process_reaches_no_network),
		cmocka_unit_test(jailed_process_opens_no_file_of_the_user),
		cmocka_unit_test(jailed_process_reads_what_names_its_driver),
		cmocka_unit_test(jailed_process_commands_devices_that_draw),
		cmocka_unit_test(jailed_process_commands_no_terminal),
		cmocka_unit_test(jailed_process_reaches_the_compositor),
		cmocka_unit_test(jailed_process_signals_nobody_else),
		cmocka_unit_test(jailed_process_gains_no_rights_and_dumps_nothing),
		cmocka_unit_test(jailed_process_does_what_a_driver_does),
	};

	if (!xg_jail_is_complete())
		return 77;
	xg_log_init("jail_test", XG_LOG_WARNING);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

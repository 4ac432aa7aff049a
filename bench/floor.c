/* SPDX-License-Identifier: MIT */
/*
 * What the machine gives at best, to hold the stack's figures against:
 *
 *   bench-floor ping COUNT     nanoseconds a round trip between two processes, by two eventfds
 *   bench-floor memcpy COUNT   bytes a second, copying 1 MiB COUNT times
 *   bench-floor handed COUNT   the same from one process to another, in bands of 64 KiB: by memcpy
 * to shared memory and from there, on two processors where there are two
 */
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define COPY_SIZE (1 << 20)

static double now_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void pass_on(int from, int to)
{
	uint64_t value = 1;

	if (read(from, &value, sizeof(value)) != (ssize_t)sizeof(value) ||
		write(to, &value, sizeof(value)) != (ssize_t)sizeof(value))
		_exit(1);
}

static double ping_ns(unsigned count)
{
	const int there = eventfd(0, EFD_CLOEXEC), back = eventfd(1, EFD_CLOEXEC);
	const pid_t child = fork();

	if (there < 0 || back < 0 || child < 0)
		return -1;
	if (child == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		for (;;)
			pass_on(there, back);
	}
	const double start = now_s();
	for (unsigned i = 0; i < count; i++)
		pass_on(back, there);
	const double seconds = now_s() - start;
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	return seconds * 1e9 / count;
}

static double memcpy_per_s(unsigned count)
{
	unsigned char *from = malloc(COPY_SIZE), *to = malloc(COPY_SIZE);

	if (!from || !to)
		return -1;
	memset(from, 1, COPY_SIZE);
	memset(to, 2, COPY_SIZE);
	const double start = now_s();
	for (unsigned i = 0; i < count; i++) {
		memcpy(to, from, COPY_SIZE);
		__asm__ volatile("" : : "r"(to) : "memory");
	}
	const double seconds = now_s() - start;
	free(from);
	free(to);
	return count * (double)COPY_SIZE / seconds;
}

#define BAND_SIZE (64u << 10)
#define BANDS	  4u

struct shared {
	_Alignas(64) _Atomic uint32_t written;
	_Alignas(64) _Atomic uint32_t read;
	_Alignas(64) unsigned char bands[BANDS][BAND_SIZE];
};

/* Spins, and lets others run only after so many looks: the waiting is not what is measured. */
#define LOOKS 10000

static void await(_Atomic uint32_t *count, uint32_t wanted)
{
	for (unsigned i = 1;
		(int32_t)(atomic_load_explicit(count, memory_order_acquire) - wanted) < 0; i++) {
		if (i % LOOKS == 0)
			sched_yield();
	}
}

static double handed_per_s(unsigned count)
{
	static unsigned char memory[COPY_SIZE];
	const uint32_t bands = count * (COPY_SIZE / BAND_SIZE);
	struct shared *shared = mmap(
		NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	const pid_t child = shared == MAP_FAILED ? -1 : fork();

	if (child < 0)
		return -1;
	memset(memory, 1, sizeof(memory));
	const double start = now_s();
	for (uint32_t i = 0; i < bands; i++) {
		unsigned char *mine = memory + (size_t)i * BAND_SIZE % COPY_SIZE;
		unsigned char *theirs = shared->bands[i % BANDS];

		await(child ? &shared->written : &shared->read, child ? i + 1 : i + 1 - BANDS);
		memcpy(child ? mine : theirs, child ? theirs : mine, BAND_SIZE);
		atomic_store_explicit(
			child ? &shared->read : &shared->written, i + 1, memory_order_release);
	}
	if (child == 0)
		_exit(0);
	const double seconds = now_s() - start;
	waitpid(child, NULL, 0);
	munmap(shared, sizeof(*shared));
	return count * (double)COPY_SIZE / seconds;
}

int main(int argc, char **argv)
{
	const unsigned count = argc == 3 ? (unsigned)atoi(argv[2]) : 0;
	double result = -1;

	if (count > 0 && strcmp(argv[1], "ping") == 0)
		result = ping_ns(count);
	if (count > 0 && strcmp(argv[1], "memcpy") == 0)
		result = memcpy_per_s(count);
	if (count > 0 && strcmp(argv[1], "handed") == 0)
		result = handed_per_s(count);
	if (result < 0) {
		fprintf(stderr, "usage: bench-floor ping|memcpy|handed COUNT\n");
		return 2;
	}
	printf("%.2f\n", result);
	return 0;
}

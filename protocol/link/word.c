/* SPDX-License-Identifier: MIT */
/* See word.h. The futex is not a private one: the two sides are two processes. */
#include "link/word.h"

#include <errno.h>
#include <linux/futex.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

bool xg_word_sleep(_Atomic uint32_t *word, uint32_t value, int timeout_ms)
{
	/* As the system call has it, whatever time_t is. */
	const struct {
		long seconds, nanoseconds;
	} timeout = {timeout_ms / 1000, timeout_ms % 1000 * 1000000L};

	return syscall(SYS_futex, word, FUTEX_WAIT, value, &timeout, NULL, 0) == 0 ||
	       errno != ETIMEDOUT;
}

void xg_word_wake(_Atomic uint32_t *word)
{
	syscall(SYS_futex, word, FUTEX_WAKE, 1, NULL, NULL, 0);
}

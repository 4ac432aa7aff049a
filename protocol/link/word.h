/* SPDX-License-Identifier: MIT */
/*
 * A word of shared memory that one side sleeps on and the other wakes it by: the least that a
 * kernel has for this. Only between processes of one kernel, so not between domains; and only for a
 * side that trusts who wakes it, because who can write the word can also leave it asleep.
 */
#ifndef XG_LINK_WORD_H
#define XG_LINK_WORD_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * Sleeps while *word is value, until it is woken. It may come back early for no reason. False:
 * timeout_ms have passed.
 */
bool xg_word_sleep(_Atomic uint32_t *word, uint32_t value, int timeout_ms);

/* Wakes one who sleeps on the word, after it was given another value. Does not block. Any thread.
 */
void xg_word_wake(_Atomic uint32_t *word);

#endif

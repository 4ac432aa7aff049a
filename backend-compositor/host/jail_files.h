/* SPDX-License-Identifier: MIT */
/* The files that a jailed process may still open: those that a GL driver needs. */
#ifndef XG_HOST_JAIL_FILES_H
#define XG_HOST_JAIL_FILES_H

#include <stdbool.h>

/* Whether the kernel has Landlock. */
bool xg_jail_can_close_files(void);

/*
 * Closes all files but the system's programs, libraries and settings, for reading, and the devices
 * of the GPU. Wants no_new_privs to be set; holds for the calling thread and those it makes. False
 * with errno set: EOPNOTSUPP or ENOSYS if the kernel has no Landlock.
 */
bool xg_jail_close_files(void);

#endif

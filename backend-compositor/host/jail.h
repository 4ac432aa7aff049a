/* SPDX-License-Identifier: MIT */
/*
 * What a host process takes from itself before it reads what a guest wrote: the right to gain
 * rights, to run programs, to open files that are not the system's, to write any, to make or
 * connect sockets, to command terminals, and to leave a core dump with a guest's pictures in it.
 * The driver still needs much: it reads libraries, compiles code at run time and talks to the GPU.
 */
#ifndef XG_HOST_JAIL_H
#define XG_HOST_JAIL_H

#include <stdbool.h>

/* Sets what the driver must find when it is loaded: nothing that NVIDIA's has compiled and kept on
 * disk, and not a line of log for each wrong call of a guest's. Before any thread. */
void xg_jail_prepare(void);

/* False in a build under a sanitizer, which needs what the jail forbids: there it sets limits only.
 */
bool xg_jail_is_complete(void);

/* Whether a shader cache can be used in the jail. Not without Landlock, which alone tells files
 * that are only opened "to be made if they are not there" from files that are made. */
bool xg_jail_admits_shader_cache(void);

/*
 * Enters the jail, for good; with a shader cache, if it admits one, files may be opened like that.
 * False, with one log line, if that cannot be. Before any thread.
 */
bool xg_jail_enter(bool has_shader_cache);

#endif

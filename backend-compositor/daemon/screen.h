/* SPDX-License-Identifier: MIT */
/*
 * The compositor, as the daemon sees it: where guests get a Wayland socket of their own. With our
 * compositor it is told of each guest, so that it can label the guest's windows; any other is one
 * socket for all.
 */
#ifndef XG_DAEMON_SCREEN_H
#define XG_DAEMON_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

struct xg_screen {
	const char *control; /* our compositor's control socket, or NULL: another compositor */
	int control_fd;	     /* connected there, or -1; hangs up when the compositor goes */
	int watch_fd;	     /* readable when the socket's folder has changed */
	bool is_watching;    /* the folder is there */
	unsigned answers;    /* that the compositor owes us: they come in the commands' order */
};

/* control is the path of our compositor's control socket, which must outlive the screen; NULL:
 * another compositor. Looks for it as xg_screen_look. */
void xg_screen_init(struct xg_screen *screen, const char *control);
void xg_screen_finish(struct xg_screen *screen);

/* Whether guests can be shown. Another compositor is always taken to be there. */
bool xg_screen_is_there(const struct xg_screen *screen);

/*
 * Connects to our compositor if it is there now. To be called while it is not, whenever watch_fd
 * is readable, and after xg_screen_timeout_ms: -1 (never), unless the socket's folder is missing.
 */
void xg_screen_look(struct xg_screen *screen);
int xg_screen_timeout_ms(const struct xg_screen *screen);

/* The compositor has gone, and with it all guests' sockets. */
void xg_screen_lose(struct xg_screen *screen);

/*
 * Makes a socket at path, and gives it to the compositor as the guest's, with its colour and what
 * its clipboard shares. If there is one already,
 * it is of a daemon that was killed: it goes, and with it the guest that the compositor knew by
 * then. False, with one log line; the path is then free again. Blocks for the compositor's answer,
 * for some seconds at most.
 */
bool xg_screen_add(struct xg_screen *screen, const char *name, const char *colour,
	const char *clipboard, const char *path);

/* The guest has gone: its windows go, and so does the socket at path. */
void xg_screen_remove(struct xg_screen *screen, const char *name, const char *path);

#endif

/* SPDX-License-Identifier: MIT */
/* The colours that guests get in turn, for their windows' title bars. */
#ifndef XG_LAUNCH_COLOUR_H
#define XG_LAUNCH_COLOUR_H

/* "rrggbb" for the guest with that number, counted from 0. Static. */
const char *xg_guest_colour(unsigned index);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef TEST_COMPOSITOR_CLIENT_SEAT_H
#define TEST_COMPOSITOR_CLIENT_SEAT_H

struct client;

/* Makes the client's input devices and its data device, and keeps what they say. */
void client_listen_to_seat(struct client *client);

#endif

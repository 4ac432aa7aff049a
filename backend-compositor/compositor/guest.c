/* SPDX-License-Identifier: MIT */
/* See guest.h. A guest's own sockets are accepted here, since libwayland's would not tell which. */
#include "guest.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"
#include "data_device.h"
#include "server.h"

/* Hangs on the wl_client; found again by its destroy listener. */
struct xg_client {
	struct xg_guest *guest;
	struct wl_list link;
	struct wl_client *client;
	struct wl_listener destroyed;
};

static void handle_client_destroyed(struct wl_listener *listener, void *data)
{
	struct xg_client *client = wl_container_of(listener, client, destroyed);

	wl_list_remove(&client->link);
	free(client);
}

struct xg_guest *xg_guest_of(struct xg_server *server, struct wl_client *wl_client)
{
	struct wl_listener *listener =
		wl_client_get_destroy_listener(wl_client, handle_client_destroyed);

	if (!listener)
		return server->dom0;

	struct xg_client *client = wl_container_of(listener, client, destroyed);
	return client->guest;
}

struct xg_guest *xg_guest_find(struct xg_server *server, const char *name)
{
	struct xg_guest *guest;

	wl_list_for_each (guest, &server->guests, link) {
		if (strcmp(guest->name, name) == 0)
			return guest;
	}
	return NULL;
}

static bool is_name(const char *name)
{
	const size_t length = strlen(name);

	if (length == 0 || length > XG_GUEST_NAME_MAX)
		return false;
	for (size_t i = 0; i < length; i++) {
		if (!isalnum((unsigned char)name[i]) && !strchr("._-", name[i]))
			return false;
	}
	return true;
}

static bool parse_rgb(const char *text, float rgb[3])
{
	unsigned values[3];

	if (strlen(text) != 6 || strspn(text, "0123456789abcdefABCDEF") != 6 ||
		sscanf(text, "%2x%2x%2x", &values[0], &values[1], &values[2]) != 3)
		return false;
	for (int i = 0; i < 3; i++)
		rgb[i] = (float)values[i] / 255.0f;
	return true;
}

struct xg_guest *xg_guest_create(
	struct xg_server *server, const char *name, const char *rgb, const char **problem)
{
	struct xg_guest *guest;
	float colour[3];

	if (!is_name(name)) {
		*problem = "a name has 1 to 31 letters, digits, '.', '_' or '-'";
		return NULL;
	}
	if (!parse_rgb(rgb, colour)) {
		*problem = "a colour reads RRGGBB";
		return NULL;
	}
	if (xg_guest_find(server, name)) {
		*problem = "that name is taken";
		return NULL;
	}
	guest = calloc(1, sizeof(*guest));
	if (!guest) {
		*problem = "out of memory";
		return NULL;
	}
	guest->server = server;
	guest->listen_fd = -1;
	strcpy(guest->name, name);
	memcpy(guest->rgb, colour, sizeof(colour));
	wl_list_init(&guest->clients);
	xg_data_device_init_guest(guest);
	wl_list_insert(server->guests.prev, &guest->link);
	return guest;
}

bool xg_guest_set_clipboard(struct xg_guest *guest, const char *word)
{
	const bool is_yes = strcmp(word, "yes") == 0;

	guest->may_copy = is_yes || strcmp(word, "copy") == 0;
	guest->may_paste = is_yes || strcmp(word, "paste") == 0;
	return guest->may_copy || guest->may_paste || strcmp(word, "no") == 0;
}

void xg_guest_destroy(struct xg_guest *guest)
{
	struct xg_client *client, *next;

	wl_list_for_each_safe (client, next, &guest->clients, link)
		wl_client_destroy(client->client);
	wl_list_remove(&guest->selection_destroyed.link);
	if (guest->listening)
		wl_event_source_remove(guest->listening);
	if (guest->listen_fd >= 0)
		close(guest->listen_fd);
	if (guest->path[0])
		unlink(guest->path);
	wl_list_remove(&guest->link);
	free(guest);
}

static int handle_connection(int fd, uint32_t mask, void *data)
{
	struct xg_guest *guest = data;
	const int connection = accept4(fd, NULL, NULL, SOCK_CLOEXEC);

	if (connection < 0)
		return 0;

	struct xg_client *client = calloc(1, sizeof(*client));
	if (client)
		client->client = wl_client_create(guest->server->display, connection);
	if (!client || !client->client) {
		xg_log(XG_LOG_WARNING, "guest", "%s: a client could not be taken in", guest->name);
		free(client);
		close(connection);
		return 0;
	}
	client->guest = guest;
	client->destroyed.notify = handle_client_destroyed;
	wl_client_add_destroy_listener(client->client, &client->destroyed);
	wl_list_insert(&guest->clients, &client->link);
	return 0;
}

bool xg_guest_listen_fd(struct xg_guest *guest, int fd)
{
	int listening = 0;
	socklen_t size = sizeof(listening);

	if (guest->listen_fd >= 0 ||
		getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) < 0 || !listening) {
		close(fd);
		return false;
	}
	guest->listening = wl_event_loop_add_fd(
		guest->server->loop, fd, WL_EVENT_READABLE, handle_connection, guest);
	if (!guest->listening) {
		close(fd);
		return false;
	}
	guest->listen_fd = fd;
	return true;
}

bool xg_guest_listen_path(struct xg_guest *guest, const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	if (strlen(path) >= sizeof(address.sun_path)) {
		xg_log(XG_LOG_ERROR, "guest", "%s: the path %s is too long", guest->name, path);
		return false;
	}
	strcpy(address.sun_path, path);

	const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof(address)) < 0 ||
		listen(fd, 64) < 0) {
		xg_log(XG_LOG_ERROR, "guest", "%s: cannot listen at %s: %s", guest->name, path,
			strerror(errno));
		if (fd >= 0)
			close(fd);
		return false;
	}
	strcpy(guest->path, path);
	return xg_guest_listen_fd(guest, fd);
}

static bool listen_at(struct xg_guest *guest, const char *where)
{
	if (where[strspn(where, "0123456789")] != '\0')
		return xg_guest_listen_path(guest, where);
	if (xg_guest_listen_fd(guest, atoi(where)))
		return true;
	xg_log(XG_LOG_ERROR, "guest", "%s: descriptor %s is no listening socket", guest->name,
		where);
	return false;
}

bool xg_guest_add_from_text(struct xg_server *server, const char *text)
{
	char *const copy = strdup(text);
	char *const rgb = copy ? strchr(copy, ':') : NULL;
	char *const where = rgb ? strchr(rgb + 1, ':') : NULL;
	const char *problem = "it must read NAME:RRGGBB:FD-or-PATH";
	struct xg_guest *guest = NULL;
	bool listening = false;

	if (where && where[1]) {
		*rgb = *where = '\0';
		guest = xg_guest_create(server, copy, rgb + 1, &problem);
	}
	if (!guest)
		xg_log(XG_LOG_ERROR, "guest", "--guest %s: %s", text, problem);
	else
		listening = listen_at(guest, where + 1);
	if (guest && !listening)
		xg_guest_destroy(guest);
	free(copy);
	return listening;
}

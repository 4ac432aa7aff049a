/* SPDX-License-Identifier: MIT */
/*
 * See window.h and window_private.h. One lock and one condition for a guest: swaps are some
 * thousands a second at most, and a broadcast wakes a handful of threads. Whoever changes what the
 * relay waits for, other than the relay itself, also writes the eventfd. A swap's end does so only
 * if the relay waits for it, and then the replay thread first tries to go on by itself.
 */
#include "relay/window_private.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <wayland-client-core.h>

/* How many displays a client may have introduced. */
#define INTRODUCTIONS_MAX 64

struct client {
	struct wl_list link;
	uint32_t id;
	uint64_t cookie;
	struct wl_list streams;
	struct wl_list introductions;
	struct wl_list windows;
};

struct stream {
	struct wl_list link;
	uint32_t id;
};

struct introduction {
	struct wl_list link;		   /* in the client */
	struct wl_list display_link;	   /* in the display */
	struct xg_window_display *display; /* NULL: it was, and has ended */
	uint32_t id;
};

struct xg_window_display {
	struct wl_list link;
	struct xg_windows *windows;
	struct wl_display *display;
	bool (*go_on)(void *data);
	void *data;
	bool has_client;
	bool is_ended;
	uint32_t client;
	uint32_t references; /* of replay threads */
	struct wl_list introductions;
};

struct xg_window {
	struct wl_list link; /* in the client, or nowhere */
	struct xg_windows *windows;
	struct xg_window_display *display;
	struct wl_surface *surface;
	uint32_t client;
	uint32_t id;
	uint32_t references;
	uint32_t holders; /* replay threads at work on the surface */
	bool is_dead;
	bool has_arrived; /* the relay stands at stream, sequence */
	bool has_passed;  /* the relay has been at stream, sequence */
	bool is_awaited;  /* the relay has found that it must wait for the swap's end */
	uint32_t stream;
	uint32_t sequence;
};

struct xg_windows {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	int fd;
	struct wl_list clients;
	struct wl_list displays;
};

struct xg_windows *xg_windows_create(void)
{
	struct xg_windows *windows = calloc(1, sizeof(*windows));

	if (!windows)
		return NULL;
	windows->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (windows->fd < 0) {
		free(windows);
		return NULL;
	}
	pthread_mutex_init(&windows->lock, NULL);
	pthread_cond_init(&windows->changed, NULL);
	wl_list_init(&windows->clients);
	wl_list_init(&windows->displays);
	return windows;
}

int xg_windows_fd(const struct xg_windows *windows)
{
	return windows->fd;
}

/* Ends a section of the relay's that changed what replay threads wait for. */
static void unlock_announced(struct xg_windows *windows)
{
	pthread_cond_broadcast(&windows->changed);
	pthread_mutex_unlock(&windows->lock);
}

static void tell_relay(struct xg_windows *windows)
{
	const uint64_t one = 1;

	/* It can fail only when it is readable anyway. */
	(void)!write(windows->fd, &one, sizeof(one));
}

/* Ends a section that changed what others wait for. */
static void unlock_changed(struct xg_windows *windows)
{
	unlock_announced(windows);
	tell_relay(windows);
}

static struct client *find_client(struct xg_windows *windows, uint32_t id)
{
	struct client *client;

	wl_list_for_each (client, &windows->clients, link) {
		if (client->id == id)
			return client;
	}
	return NULL;
}

static struct client *find_cookie(struct xg_windows *windows, uint64_t cookie)
{
	struct client *client;

	wl_list_for_each (client, &windows->clients, link) {
		if (client->cookie == cookie)
			return client;
	}
	return NULL;
}

static struct stream *find_stream(struct xg_windows *windows, uint32_t client_id, uint32_t id)
{
	struct client *client = find_client(windows, client_id);
	struct stream *stream;

	if (!client)
		return NULL;
	wl_list_for_each (stream, &client->streams, link) {
		if (stream->id == id)
			return stream;
	}
	return NULL;
}

static void introduction_destroy(struct introduction *introduction)
{
	wl_list_remove(&introduction->link);
	wl_list_remove(&introduction->display_link);
	free(introduction);
}

bool xg_windows_client_open(struct xg_windows *windows, uint32_t id, uint64_t cookie)
{
	struct client *client = calloc(1, sizeof(*client));

	if (!client)
		return false;
	client->id = id;
	client->cookie = cookie;
	wl_list_init(&client->streams);
	wl_list_init(&client->introductions);
	wl_list_init(&client->windows);
	pthread_mutex_lock(&windows->lock);
	wl_list_insert(&windows->clients, &client->link);
	pthread_mutex_unlock(&windows->lock);
	return true;
}

bool xg_windows_stream_open(struct xg_windows *windows, uint32_t client_id, uint32_t id)
{
	struct stream *stream = calloc(1, sizeof(*stream));

	if (!stream)
		return false;
	stream->id = id;
	pthread_mutex_lock(&windows->lock);
	struct client *client = find_client(windows, client_id);
	if (client)
		wl_list_insert(&client->streams, &stream->link);
	pthread_mutex_unlock(&windows->lock);
	if (!client)
		free(stream);
	return client;
}

/* The relay need not stay at a swap of this stream. */
static void release_swaps(struct client *client, uint32_t stream)
{
	struct xg_window *window;

	wl_list_for_each (window, &client->windows, link) {
		if (window->stream == stream)
			window->has_arrived = false;
	}
}

void xg_windows_stream_gone(struct xg_windows *windows, uint32_t client_id, uint32_t id)
{
	pthread_mutex_lock(&windows->lock);
	struct stream *stream = find_stream(windows, client_id, id);
	if (stream) {
		release_swaps(find_client(windows, client_id), id);
		wl_list_remove(&stream->link);
		free(stream);
	}
	unlock_changed(windows);
}

static void client_destroy(struct client *client)
{
	struct stream *stream, *next_stream;
	struct introduction *introduction, *next_introduction;
	struct xg_window *window, *next_window;

	wl_list_for_each_safe (stream, next_stream, &client->streams, link)
		free(stream);
	wl_list_for_each_safe (introduction, next_introduction, &client->introductions, link)
		introduction_destroy(introduction);
	wl_list_for_each_safe (window, next_window, &client->windows, link) {
		window->has_arrived = false;
		window->is_dead = true;
		wl_list_remove(&window->link);
		wl_list_init(&window->link);
	}
	wl_list_remove(&client->link);
	free(client);
}

void xg_windows_client_gone(struct xg_windows *windows, uint32_t id)
{
	pthread_mutex_lock(&windows->lock);
	struct client *client = find_client(windows, id);
	if (client)
		client_destroy(client);
	unlock_changed(windows);
}

void xg_windows_destroy(struct xg_windows *windows)
{
	struct client *client, *next;

	if (!windows)
		return;
	wl_list_for_each_safe (client, next, &windows->clients, link)
		client_destroy(client);
	close(windows->fd);
	pthread_cond_destroy(&windows->changed);
	pthread_mutex_destroy(&windows->lock);
	free(windows);
}

struct xg_window_display *xg_window_display_create(struct xg_windows *windows,
	struct wl_display *wayland, bool (*go_on)(void *data), void *data)
{
	struct xg_window_display *display = calloc(1, sizeof(*display));

	if (!display)
		return NULL;
	display->windows = windows;
	display->display = wayland;
	display->go_on = go_on;
	display->data = data;
	wl_list_init(&display->introductions);
	pthread_mutex_lock(&windows->lock);
	wl_list_insert(&windows->displays, &display->link);
	pthread_mutex_unlock(&windows->lock);
	return display;
}

static struct introduction *find_introduction(struct client *client, uint32_t id)
{
	struct introduction *introduction;

	wl_list_for_each (introduction, &client->introductions, link) {
		if (introduction->id == id)
			return introduction;
	}
	return NULL;
}

static bool may_introduce(struct client *client, struct xg_window_display *display, uint32_t id)
{
	return client && !find_introduction(client, id) &&
	       wl_list_length(&client->introductions) < INTRODUCTIONS_MAX &&
	       (!display->has_client || display->client == client->id);
}

void xg_window_display_introduce(
	struct xg_window_display *display, uint64_t untrusted_cookie, uint32_t display_id)
{
	struct xg_windows *windows = display->windows;
	struct introduction *introduction = calloc(1, sizeof(*introduction));

	pthread_mutex_lock(&windows->lock);
	struct client *client = find_cookie(windows, untrusted_cookie);
	if (!introduction || !may_introduce(client, display, display_id)) {
		pthread_mutex_unlock(&windows->lock);
		free(introduction);
		return;
	}
	display->has_client = true;
	display->client = client->id;
	introduction->display = display;
	introduction->id = display_id;
	wl_list_insert(&client->introductions, &introduction->link);
	wl_list_insert(&display->introductions, &introduction->display_link);
	unlock_changed(windows);
}

void xg_window_display_end(struct xg_window_display *display)
{
	struct introduction *introduction, *next;
	struct xg_windows *windows = display->windows;

	pthread_mutex_lock(&windows->lock);
	display->is_ended = true;
	wl_list_for_each_safe (introduction, next, &display->introductions, display_link) {
		introduction->display = NULL;
		wl_list_remove(&introduction->display_link);
		wl_list_init(&introduction->display_link);
	}
	unlock_changed(windows);
}

bool xg_window_display_is_free(struct xg_window_display *display)
{
	pthread_mutex_lock(&display->windows->lock);
	const bool is_free = display->references == 0;
	pthread_mutex_unlock(&display->windows->lock);
	return is_free;
}

void xg_window_display_destroy(struct xg_window_display *display)
{
	xg_window_display_end(display);
	pthread_mutex_lock(&display->windows->lock);
	wl_list_remove(&display->link);
	pthread_mutex_unlock(&display->windows->lock);
	free(display);
}

struct wl_display *xg_windows_wait_display(struct xg_windows *windows, uint32_t client_id,
	uint32_t stream, uint64_t cookie, uint32_t display_id)
{
	struct introduction *introduction = NULL;
	struct wl_display *found = NULL;

	pthread_mutex_lock(&windows->lock);
	while (find_stream(windows, client_id, stream)) {
		struct client *client = find_client(windows, client_id);

		if (client->cookie != cookie)
			break;
		introduction = find_introduction(client, display_id);
		if (introduction)
			break;
		pthread_cond_wait(&windows->changed, &windows->lock);
	}
	if (introduction && introduction->display) {
		introduction->display->references++;
		found = introduction->display->display;
	}
	pthread_mutex_unlock(&windows->lock);
	return found;
}

static struct xg_window_display *find_display(
	struct xg_windows *windows, const struct wl_display *wayland)
{
	struct xg_window_display *display;

	wl_list_for_each (display, &windows->displays, link) {
		if (display->display == wayland)
			return display;
	}
	return NULL;
}

void xg_windows_release_display(struct xg_windows *windows, struct wl_display *wayland)
{
	if (!wayland)
		return;
	pthread_mutex_lock(&windows->lock);
	find_display(windows, wayland)->references--;
	unlock_changed(windows);
}

struct xg_window *xg_window_create(
	struct xg_window_display *display, struct wl_surface *surface, uint32_t window_id)
{
	struct xg_windows *windows = display->windows;
	struct xg_window *window = calloc(1, sizeof(*window));

	pthread_mutex_lock(&windows->lock);
	struct client *client = display->has_client ? find_client(windows, display->client) : NULL;
	if (!window || !client) {
		pthread_mutex_unlock(&windows->lock);
		free(window);
		return NULL;
	}
	*window = (struct xg_window){
		.windows = windows,
		.display = display,
		.surface = surface,
		.client = client->id,
		.id = window_id,
		.references = 1,
	};
	wl_list_insert(&client->windows, &window->link);
	unlock_changed(windows);
	return window;
}

static struct xg_window *find_window(struct client *client, uint32_t id)
{
	struct xg_window *window;

	wl_list_for_each (window, &client->windows, link) {
		if (window->id == id)
			return window;
	}
	return NULL;
}

struct xg_window *xg_windows_wait_window(struct xg_windows *windows, uint32_t client_id,
	uint32_t stream, struct wl_display *wayland, uint32_t window_id)
{
	struct xg_window *found = NULL;

	pthread_mutex_lock(&windows->lock);
	const struct xg_window_display *display = find_display(windows, wayland);
	while (!display->is_ended && find_stream(windows, client_id, stream)) {
		found = find_window(find_client(windows, client_id), window_id);
		if (found)
			break;
		pthread_cond_wait(&windows->changed, &windows->lock);
	}
	if (found && found->display == display)
		found->references++;
	else
		found = NULL;
	pthread_mutex_unlock(&windows->lock);
	return found;
}

struct wl_surface *xg_window_surface(struct xg_window *window)
{
	pthread_mutex_lock(&window->windows->lock);
	struct wl_surface *surface = window->is_dead ? NULL : window->surface;
	pthread_mutex_unlock(&window->windows->lock);
	return surface;
}

bool xg_window_begin(struct xg_window *window)
{
	pthread_mutex_lock(&window->windows->lock);
	const bool is_alive = !window->is_dead;
	if (is_alive)
		window->holders++;
	pthread_mutex_unlock(&window->windows->lock);
	return is_alive;
}

void xg_window_end(struct xg_window *window)
{
	pthread_mutex_lock(&window->windows->lock);
	window->holders--;
	unlock_changed(window->windows);
}

static bool stands_at(const struct xg_window *window, uint32_t stream, uint32_t sequence)
{
	return window->stream == stream && window->has_arrived && window->sequence == sequence;
}

bool xg_window_is_at_swap(struct xg_window *window, uint32_t stream, uint32_t sequence)
{
	pthread_mutex_lock(&window->windows->lock);
	const bool stands = stands_at(window, stream, sequence);
	pthread_mutex_unlock(&window->windows->lock);
	return stands;
}

bool xg_window_begin_swap(struct xg_window *window, uint32_t stream, uint32_t sequence)
{
	struct xg_windows *windows = window->windows;
	bool stands = false;

	pthread_mutex_lock(&windows->lock);
	while (!window->is_dead && find_stream(windows, window->client, stream)) {
		const bool is_this_stream = window->stream == stream;
		const int32_t ahead = (int32_t)(window->sequence - sequence);

		stands = stands_at(window, stream, sequence);
		if (stands || (is_this_stream && window->has_passed && ahead >= 0))
			break;
		/* The stream has given that swap up: let the relay go on to ours. */
		if (is_this_stream && window->has_arrived && ahead < 0) {
			window->has_arrived = false;
			unlock_changed(windows);
			pthread_mutex_lock(&windows->lock);
			continue;
		}
		pthread_cond_wait(&windows->changed, &windows->lock);
	}
	if (stands)
		window->holders++;
	pthread_mutex_unlock(&windows->lock);
	return stands;
}

bool xg_window_end_swap(struct xg_window *window)
{
	struct xg_window_display *display = window->display;
	const bool is_sound = wl_display_get_error(display->display) == 0;

	pthread_mutex_lock(&window->windows->lock);
	const bool is_awaited = window->is_awaited;
	window->holders--;
	window->has_arrived = false;
	window->is_awaited = false;
	pthread_mutex_unlock(&window->windows->lock);
	if (!is_sound || (is_awaited && !display->go_on(display->data)))
		tell_relay(window->windows);
	return is_sound;
}

void xg_window_unref(struct xg_window *window)
{
	if (!window)
		return;
	struct xg_windows *windows = window->windows;
	pthread_mutex_lock(&windows->lock);
	const bool is_last = --window->references == 0;
	if (is_last)
		wl_list_remove(&window->link);
	pthread_mutex_unlock(&windows->lock);
	if (is_last)
		free(window);
}

void xg_window_kill(struct xg_window *window)
{
	pthread_mutex_lock(&window->windows->lock);
	window->is_dead = true;
	window->has_arrived = false;
	wl_list_remove(&window->link);
	wl_list_init(&window->link);
	unlock_changed(window->windows);
}

bool xg_window_is_held(struct xg_window *window)
{
	pthread_mutex_lock(&window->windows->lock);
	const bool is_held = window->holders > 0;
	window->is_awaited |= is_held;
	pthread_mutex_unlock(&window->windows->lock);
	return is_held;
}

bool xg_window_arrive(struct xg_window *window, uint32_t stream, uint32_t sequence)
{
	struct xg_windows *windows = window->windows;

	pthread_mutex_lock(&windows->lock);
	const bool waits = !window->is_dead && find_stream(windows, window->client, stream);
	window->has_arrived = waits;
	window->has_passed = true;
	window->stream = stream;
	window->sequence = sequence;
	unlock_announced(windows);
	return waits;
}

bool xg_window_is_waiting(struct xg_window *window)
{
	pthread_mutex_lock(&window->windows->lock);
	const bool is_waiting = window->has_arrived;
	window->is_awaited |= is_waiting;
	pthread_mutex_unlock(&window->windows->lock);
	return is_waiting;
}

/* SPDX-License-Identifier: MIT */
/*
 * See gl_socket.h. An application has at most one request in flight: until it is answered, which
 * takes a message from the host, nothing more is read from it. So there is nothing to queue.
 *
 * What a closed stream held comes back when the host has let go of it. Until then it counts, and a
 * request that there is no memory for waits: a program that follows on another finds room.
 */
#include "gl_socket.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"
#include "gl_stream.h"
#include "hello.h"
#include "xenglass/rendezvous.h"

#define EVENTS_AT_ONCE 32

/* Connections that have not said hello count too; so many beyond the host's limit are let in, to be
 * told why not. */
#define APPS_TO_SPARE 16u

struct app {
	struct app *next;
	int fd;
	uint32_t client;
	uint32_t pid;
	uint64_t cookie;
	bool is_greeted;
	uint32_t request; /* the type of the one in flight, 0 for none */
	uint32_t request_stream;
	bool is_waiting; /* that one, for pages; the host knows nothing of it */
	struct xg_gl_stream *streams;
	uint32_t stream_count;
};

struct xg_gl_socket {
	struct xg_link *link;
	struct xg_channel *channel;
	struct xg_control_hello hello; /* the host's */
	int listen_fd;
	int epoll_fd;
	struct sockaddr_un address;
	struct app *apps;
	uint32_t app_count;
	uint32_t clients; /* the last number given out */
	uint32_t streams;
	struct xg_gl_stream *closing; /* no application's any more, but the host's */
};

static bool listen_at(struct xg_gl_socket *socket_, const char *path)
{
	struct epoll_event event = {.events = EPOLLIN, .data = {.u32 = 0}};

	if (strlen(path) >= sizeof(socket_->address.sun_path)) {
		errno = ENAMETOOLONG;
		return false;
	}
	socket_->address.sun_family = AF_UNIX;
	strcpy(socket_->address.sun_path, path);
	socket_->listen_fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (socket_->listen_fd < 0)
		return false;
	if (bind(socket_->listen_fd, (struct sockaddr *)&socket_->address,
		    sizeof(socket_->address)) < 0)
		goto err_fd;
	if (listen(socket_->listen_fd, 64) < 0 ||
		epoll_ctl(socket_->epoll_fd, EPOLL_CTL_ADD, socket_->listen_fd, &event) < 0)
		goto err_path;
	return true;

err_path:
	unlink(path);
err_fd:
	close(socket_->listen_fd);
	return false;
}

struct xg_gl_socket *xg_gl_socket_create(const char *path, struct xg_link *link,
	struct xg_channel *channel, const struct xg_control_hello *hello)
{
	struct xg_gl_socket *socket = calloc(1, sizeof(*socket));

	if (!socket)
		return NULL;
	socket->link = link;
	socket->channel = channel;
	socket->hello = *hello;
	socket->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	if (socket->epoll_fd < 0)
		goto err_socket;
	if (!listen_at(socket, path))
		goto err_epoll;
	return socket;

err_epoll:
	close(socket->epoll_fd);
err_socket:
	free(socket);
	return NULL;
}

int xg_gl_socket_fd(const struct xg_gl_socket *socket)
{
	return socket->epoll_fd;
}

static struct app *find_app(struct xg_gl_socket *socket, uint32_t client)
{
	struct app *app = socket->apps;

	while (app && app->client != client)
		app = app->next;
	return app;
}

static bool tell_host(struct xg_gl_socket *socket, uint32_t type, const void *payload, size_t size)
{
	const bool is_sent = xg_channel_send(socket->channel, type, payload, size);

	xg_channel_flush(socket->channel);
	return is_sent;
}

/* Ends the stream for the application. Its memory waits for the host. */
static void let_go(struct xg_gl_socket *socket, struct app *app, struct xg_gl_stream *stream)
{
	xg_gl_stream_unlink(&app->streams, stream);
	app->stream_count--;
	xg_gl_stream_mark_lost(stream);
	xg_gl_stream_hand_over(stream);
	if (stream->is_host_done) {
		xg_gl_stream_destroy(stream);
		return;
	}
	stream->next = socket->closing;
	socket->closing = stream;
}

/* The application is gone, or must go. */
static void remove_app(struct xg_gl_socket *socket, struct app *app)
{
	const struct xg_control_client_close close_message = {.client = app->client};

	for (struct app **at = &socket->apps; *at; at = &(*at)->next) {
		if (*at == app) {
			*at = app->next;
			break;
		}
	}
	socket->app_count--;
	while (app->streams)
		let_go(socket, app, app->streams);
	if (app->is_greeted)
		tell_host(socket, XG_CONTROL_CLIENT_CLOSE, &close_message, sizeof(close_message));
	close(app->fd);
	free(app);
}

void xg_gl_socket_destroy(struct xg_gl_socket *socket)
{
	if (!socket)
		return;
	while (socket->apps)
		remove_app(socket, socket->apps);
	while (socket->closing) {
		struct xg_gl_stream *stream = socket->closing;

		socket->closing = stream->next;
		xg_gl_stream_destroy(stream);
	}
	unlink(socket->address.sun_path);
	close(socket->listen_fd);
	close(socket->epoll_fd);
	free(socket);
}

/* Whether anything more is read from it. The hang-up is seen in any case. */
static void set_listening(struct xg_gl_socket *socket, struct app *app, bool is_listening)
{
	struct epoll_event event = {
		.events = is_listening ? EPOLLIN : 0,
		.data = {.u32 = app->client},
	};

	epoll_ctl(socket->epoll_fd, EPOLL_CTL_MOD, app->fd, &event);
}

/*
 * There was no memory for the request. True: some comes back once the host has let go of streams
 * that are closing, and the request waits for it.
 */
static bool wait_for_memory(
	struct xg_gl_socket *socket, struct app *app, uint32_t request, uint32_t stream)
{
	if (!socket->closing)
		return false;
	app->request = request;
	app->request_stream = stream;
	app->is_waiting = true;
	set_listening(socket, app, false);
	return true;
}

/* Each handler of a request returns false if the application must go. */
static bool handle_stream_open(struct xg_gl_socket *socket, struct app *app)
{
	const struct xg_limits *limits = &socket->hello.limits;
	struct xg_gl_stream *stream;
	uint32_t port;

	if (app->stream_count >= limits->streams_per_client)
		return xg_gl_stream_answer(app->fd, XG_APP_QUOTA, NULL, limits);
	stream = xg_gl_stream_create(socket->link, limits, socket->streams + 1, &port);
	if (!stream)
		return wait_for_memory(socket, app, XG_APP_STREAM_OPEN, 0) ||
		       xg_gl_stream_answer(app->fd, XG_APP_QUOTA, NULL, limits);
	socket->streams++;

	const struct xg_control_stream_open open_message = {
		.client = app->client,
		.stream = stream->id,
		.region = stream->region.number,
		.port = port,
		.ring_size = limits->ring_size,
		.reply_size = limits->reply_size,
	};

	stream->next = app->streams;
	app->streams = stream;
	app->stream_count++;
	if (!tell_host(socket, XG_CONTROL_STREAM_OPEN, &open_message, sizeof(open_message))) {
		stream->is_host_done = true;
		let_go(socket, app, stream);
		return xg_gl_stream_answer(app->fd, XG_APP_NO_HOST, NULL, limits);
	}
	app->request = XG_APP_STREAM_OPEN;
	app->request_stream = stream->id;
	set_listening(socket, app, false);
	return true;
}

static bool handle_stream_close(struct xg_gl_socket *socket, struct app *app, uint32_t id)
{
	const struct xg_control_stream close_message = {.client = app->client, .stream = id};
	struct xg_gl_stream *stream = xg_gl_stream_find(app->streams, id);

	if (!stream)
		return true;
	let_go(socket, app, stream);
	tell_host(socket, XG_CONTROL_STREAM_CLOSE, &close_message, sizeof(close_message));
	return true;
}

static bool handle_bulk_open(struct xg_gl_socket *socket, struct app *app, uint32_t id)
{
	struct xg_gl_stream *stream = xg_gl_stream_find(app->streams, id);

	if (!stream || stream->bulk.memory)
		return xg_gl_stream_answer_bulk(app->fd, XG_APP_QUOTA, NULL);
	if (!xg_link_share(socket->link, socket->hello.limits.bulk_size, &stream->bulk))
		return wait_for_memory(socket, app, XG_APP_BULK_OPEN, id) ||
		       xg_gl_stream_answer_bulk(app->fd, XG_APP_QUOTA, NULL);

	const struct xg_control_bulk_open open_message = {
		.client = app->client,
		.stream = id,
		.region = stream->bulk.number,
		.size = (uint32_t)stream->bulk.size,
	};

	if (!tell_host(socket, XG_CONTROL_BULK_OPEN, &open_message, sizeof(open_message)))
		return xg_gl_stream_answer_bulk(app->fd, XG_APP_NO_HOST, NULL);
	app->request = XG_APP_BULK_OPEN;
	app->request_stream = id;
	set_listening(socket, app, false);
	return true;
}

static uint32_t greet_status(struct xg_gl_socket *socket, const struct xg_app_hello *hello)
{
	const struct xg_control_hello theirs = {
		.major = hello->major,
		.minor = hello->minor,
		.ledger_length = hello->ledger_length,
		.ledger_hash = hello->ledger_hash,
	};
	char why[256];

	if (!xg_hello_agree(&theirs, "the daemon", "an application", why, sizeof(why))) {
		xg_log(XG_LOG_WARNING, "gl-socket", "%s", why);
		return XG_APP_VERSION;
	}
	return socket->app_count > socket->hello.limits.clients ? XG_APP_QUOTA : XG_APP_OK;
}

static bool handle_hello(
	struct xg_gl_socket *socket, struct app *app, const struct xg_app_hello *hello)
{
	const struct xg_control_client_open open_message = {
		.client = app->client,
		.pid = app->pid,
		.cookie = app->cookie,
	};
	struct xg_app_welcome welcome = {
		.type = XG_APP_WELCOME,
		.status = greet_status(socket, hello),
		.major = socket->hello.major,
		.minor = socket->hello.minor,
		.client = app->client,
		.features = socket->hello.features,
		.cookie = app->cookie,
		.ledger_length = socket->hello.ledger_length,
		.ledger_hash = socket->hello.ledger_hash,
		.limits = socket->hello.limits,
	};

	if (welcome.status == XG_APP_OK &&
		!tell_host(socket, XG_CONTROL_CLIENT_OPEN, &open_message, sizeof(open_message)))
		welcome.status = XG_APP_NO_HOST;
	app->is_greeted = welcome.status == XG_APP_OK;
	return send(app->fd, &welcome, sizeof(welcome), MSG_NOSIGNAL | MSG_DONTWAIT) ==
		       sizeof(welcome) &&
	       app->is_greeted;
}

static bool handle_packet(
	struct xg_gl_socket *socket, struct app *app, const void *packet, size_t size)
{
	const struct xg_app_request *request = packet;
	const struct xg_app_hello *hello = packet;

	if (!app->is_greeted)
		return size == sizeof(*hello) && hello->type == XG_APP_HELLO &&
		       handle_hello(socket, app, hello);
	if (size != sizeof(*request))
		return false;
	switch (request->type) {
	case XG_APP_STREAM_OPEN:
		return handle_stream_open(socket, app);
	case XG_APP_STREAM_CLOSE:
		return handle_stream_close(socket, app, request->stream);
	case XG_APP_BULK_OPEN:
		return handle_bulk_open(socket, app, request->stream);
	default:
		return false;
	}
}

static bool handle_app(struct xg_gl_socket *socket, struct app *app, uint32_t events)
{
	union {
		struct xg_app_request request;
		struct xg_app_hello hello;
		uint8_t bytes[64];
	} packet;

	if ((events & EPOLLIN) == 0)
		return false;

	const ssize_t size = recv(app->fd, &packet, sizeof(packet), MSG_DONTWAIT);

	if (size < 0 && (errno == EAGAIN || errno == EINTR))
		return true;
	return size > 0 && handle_packet(socket, app, &packet, (size_t)size);
}

static void accept_app(struct xg_gl_socket *socket)
{
	struct app *app = calloc(1, sizeof(*app));
	struct ucred credentials = {0};
	socklen_t length = sizeof(credentials);

	if (!app)
		return;
	app->fd = accept4(socket->listen_fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
	if (app->fd < 0)
		goto err_app;
	if (socket->app_count >= socket->hello.limits.clients + APPS_TO_SPARE)
		goto err_fd;
	app->client = ++socket->clients;

	struct epoll_event event = {.events = EPOLLIN, .data = {.u32 = app->client}};

	if (getsockopt(app->fd, SOL_SOCKET, SO_PEERCRED, &credentials, &length) < 0 ||
		getrandom(&app->cookie, sizeof(app->cookie), 0) != sizeof(app->cookie) ||
		epoll_ctl(socket->epoll_fd, EPOLL_CTL_ADD, app->fd, &event) < 0)
		goto err_fd;
	app->pid = (uint32_t)credentials.pid;
	app->next = socket->apps;
	socket->apps = app;
	socket->app_count++;
	return;

err_fd:
	close(app->fd);
err_app:
	free(app);
}

void xg_gl_socket_dispatch(struct xg_gl_socket *socket)
{
	struct epoll_event events[EVENTS_AT_ONCE];
	const int count = epoll_wait(socket->epoll_fd, events, EVENTS_AT_ONCE, 0);

	for (int i = 0; i < count; i++) {
		if (events[i].data.u32 == 0) {
			accept_app(socket);
			continue;
		}

		/* By number, because an earlier event may have removed it. */
		struct app *app = find_app(socket, events[i].data.u32);

		if (app && !handle_app(socket, app, events[i].events))
			remove_app(socket, app);
	}
}

/* The host has answered the request in flight of that client and stream: it is listened to again.
 */
static struct app *end_request(
	struct xg_gl_socket *socket, uint32_t client, uint32_t stream, uint32_t request)
{
	struct app *app = find_app(socket, client);

	if (!app || app->is_waiting || app->request != request || app->request_stream != stream)
		return NULL;
	app->request = 0;
	set_listening(socket, app, true);
	return app;
}

static void handle_ready(struct xg_gl_socket *socket, const struct xg_control_stream *message)
{
	struct app *app = end_request(socket, message->client, message->stream, XG_APP_STREAM_OPEN);
	struct xg_gl_stream *stream = app ? xg_gl_stream_find(app->streams, message->stream) : NULL;

	if (!stream)
		return;

	const bool is_taken =
		xg_gl_stream_answer(app->fd, XG_APP_OK, stream, &socket->hello.limits);

	xg_gl_stream_hand_over(stream);
	if (!is_taken)
		remove_app(socket, app);
}

/* Memory has come back: who waits for some asks again. */
static void retry(struct xg_gl_socket *socket)
{
	for (struct app *app = socket->apps, *next; app; app = next) {
		next = app->next;
		if (!app->is_waiting)
			continue;
		app->is_waiting = false;
		set_listening(socket, app, true);

		const bool is_fine = app->request == XG_APP_STREAM_OPEN
					     ? handle_stream_open(socket, app)
					     : handle_bulk_open(socket, app, app->request_stream);

		if (!is_fine)
			remove_app(socket, app);
	}
}

/* The host is done with the stream. */
static void handle_closed(struct xg_gl_socket *socket, uint32_t client, uint32_t id)
{
	struct app *app = find_app(socket, client);
	struct xg_gl_stream *stream = app ? xg_gl_stream_find(app->streams, id) : NULL;

	if (stream) {
		stream->is_host_done = true;
		return;
	}
	stream = xg_gl_stream_find(socket->closing, id);
	if (!stream)
		return;
	xg_gl_stream_unlink(&socket->closing, stream);
	xg_gl_stream_destroy(stream);
	retry(socket);
}

/* One that is refused was never there; of one that has ended the host says more later. */
static void handle_lost(struct xg_gl_socket *socket, const struct xg_control_stream_lost *message)
{
	struct app *app = find_app(socket, message->client);
	struct xg_gl_stream *stream = app ? xg_gl_stream_find(app->streams, message->stream) : NULL;

	if (message->loss == XG_STREAM_LOSS_QUOTA)
		handle_closed(socket, message->client, message->stream);
	if (!stream)
		return;
	xg_gl_stream_mark_lost(stream);
	if (!end_request(socket, message->client, message->stream, XG_APP_STREAM_OPEN))
		return;
	let_go(socket, app, stream);
	if (!xg_gl_stream_answer(app->fd, XG_APP_QUOTA, NULL, &socket->hello.limits))
		remove_app(socket, app);
}

static void handle_bulk_ready(
	struct xg_gl_socket *socket, const struct xg_control_bulk_ready *message)
{
	struct app *app = end_request(socket, message->client, message->stream, XG_APP_BULK_OPEN);
	struct xg_gl_stream *stream = app ? xg_gl_stream_find(app->streams, message->stream) : NULL;

	if (!stream)
		return;

	const bool is_taken =
		xg_gl_stream_answer_bulk(app->fd, message->ok ? XG_APP_OK : XG_APP_QUOTA, stream);

	if (message->ok)
		xg_gl_stream_hand_over(stream);
	else
		xg_region_finish(&stream->bulk);
	if (!is_taken)
		remove_app(socket, app);
}

bool xg_gl_socket_handle_message(struct xg_gl_socket *socket, const struct xg_message *message)
{
	switch (message->type) {
	case XG_CONTROL_STREAM_READY:
		if (message->size == sizeof(struct xg_control_stream))
			handle_ready(socket, message->payload);
		return true;
	case XG_CONTROL_STREAM_LOST:
		if (message->size == sizeof(struct xg_control_stream_lost))
			handle_lost(socket, message->payload);
		return true;
	case XG_CONTROL_BULK_READY:
		if (message->size == sizeof(struct xg_control_bulk_ready))
			handle_bulk_ready(socket, message->payload);
		return true;
	case XG_CONTROL_STREAM_CLOSED: {
		const struct xg_control_stream *closed = message->payload;

		if (message->size == sizeof(*closed))
			handle_closed(socket, closed->client, closed->stream);
		return true;
	}
	default:
		return false;
	}
}

/* SPDX-License-Identifier: MIT */
/*
 * See connection.h. Requests to the daemon are rare (a stream's making, a bulk region), so one lock
 * and a blocking round trip serve them.
 */
#include "connection.h"

#include <errno.h>
#include <pthread.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"
#include "hello.h"
#include "link/port.h"
#include "stream.h"
#include "xenglass/rendezvous.h"

struct xg_connection {
	struct xg_positions positions;
	struct xg_stream *streams[XG_POSITIONS_MAX]; /* by slot; lock */
	struct xg_connection *next;		     /* connections_lock */
	pthread_mutex_t lock;
	_Atomic bool is_lost;
	int fd;
	struct xg_app_welcome welcome;
};

/* All connections of the process, for fork. */
static pthread_mutex_t connections_lock = PTHREAD_MUTEX_INITIALIZER;
static struct xg_connection *connections;
static pthread_once_t fork_once = PTHREAD_ONCE_INIT;

static void handle_fork_prepare(void)
{
	pthread_mutex_lock(&connections_lock);
	for (struct xg_connection *c = connections; c; c = c->next)
		pthread_mutex_lock(&c->lock);
}

static void handle_fork_parent(void)
{
	for (struct xg_connection *c = connections; c; c = c->next)
		pthread_mutex_unlock(&c->lock);
	pthread_mutex_unlock(&connections_lock);
}

/* The child must hold no end of the parent's socket, or the parent's death would go unseen. */
static void handle_fork_child(void)
{
	for (struct xg_connection *c = connections; c; c = c->next) {
		for (uint32_t i = 0; i < XG_POSITIONS_MAX; i++) {
			if (c->streams[i])
				xg_stream_abandon(c->streams[i]);
		}
		close(c->fd);
		c->fd = -1;
		c->is_lost = true;
		pthread_mutex_unlock(&c->lock);
	}
	connections = NULL;
	pthread_mutex_unlock(&connections_lock);
}

static void watch_forks(void)
{
	pthread_atfork(handle_fork_prepare, handle_fork_parent, handle_fork_child);
}

static int connect_socket(void)
{
	const struct timeval patience = {.tv_sec = XG_ANSWER_SECONDS};
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	const char *path = secure_getenv(XG_APP_SOCKET_VARIABLE);

	if (!path || path[0] == '\0')
		path = XG_APP_SOCKET_DEFAULT;
	if (strlen(path) >= sizeof(address.sun_path))
		return -1;
	strcpy(address.sun_path, path);

	const int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -1;
	if (connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0 ||
		setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)) < 0) {
		close(fd);
		return -1;
	}
	return fd;
}

static bool send_packet(int fd, const void *packet, size_t size)
{
	ssize_t sent;

	do {
		sent = send(fd, packet, size, MSG_NOSIGNAL);
	} while (sent < 0 && errno == EINTR);
	return sent == (ssize_t)size;
}

static void close_fds(int fds[XG_APP_FDS_MAX])
{
	for (int i = 0; i < (int)XG_APP_FDS_MAX; i++) {
		if (fds[i] >= 0)
			close(fds[i]);
		fds[i] = -1;
	}
}

/* Receives a packet of exactly size bytes of the type, and up to XG_APP_FDS_MAX fds (else -1). */
static bool receive_packet(
	int fd, uint32_t type, void *packet, size_t size, int fds[XG_APP_FDS_MAX])
{
	union {
		struct cmsghdr header;
		uint8_t bytes[CMSG_SPACE(XG_APP_FDS_MAX * sizeof(int))];
	} control;
	struct iovec iov = {packet, size};
	struct msghdr message = {
		.msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control),
	};
	ssize_t got;

	for (int i = 0; i < (int)XG_APP_FDS_MAX; i++)
		fds[i] = -1;
	do {
		got = recvmsg(fd, &message, MSG_CMSG_CLOEXEC);
	} while (got < 0 && errno == EINTR);
	if (got < 0)
		return false;

	const struct cmsghdr *rights = CMSG_FIRSTHDR(&message);

	if (rights && rights->cmsg_level == SOL_SOCKET && rights->cmsg_type == SCM_RIGHTS)
		memcpy(fds, CMSG_DATA(rights), rights->cmsg_len - CMSG_LEN(0));
	if (got == (ssize_t)size && memcmp(packet, &type, sizeof(type)) == 0)
		return true;
	close_fds(fds);
	return false;
}

/* With the lock held. False: the connection is lost now. */
static bool ask(struct xg_connection *connection, const struct xg_app_request *request,
	uint32_t type, void *answer, size_t size, int fds[XG_APP_FDS_MAX])
{
	if (connection->is_lost)
		return false;
	if (send_packet(connection->fd, request, sizeof(*request)) &&
		receive_packet(connection->fd, type, answer, size, fds))
		return true;
	connection->is_lost = true;
	return false;
}

/* True if the two libraries, and the host, can work together; else there is a line in the log. */
static bool check_welcome(const struct xg_app_welcome *welcome)
{
	const struct xg_control_hello host = {
		.major = welcome->major,
		.minor = welcome->minor,
		.ledger_length = welcome->ledger_length,
		.ledger_hash = welcome->ledger_hash,
	};
	char why[256];

	if (!xg_hello_agree(&host, "the library", "the host", why, sizeof(why))) {
		xg_log(XG_LOG_ERROR, "connection", "%s", why);
		return false;
	}
	if (welcome->status != XG_APP_OK || !xg_limits_are_sane(&welcome->limits)) {
		xg_log(XG_LOG_ERROR, "connection",
			welcome->status == XG_APP_VERSION
				? "the daemon's host is of another version; its log names both"
			: welcome->status == XG_APP_QUOTA
				? "the host serves no more processes of this guest"
				: "the daemon has no host");
		return false;
	}
	return true;
}

static bool greet(int fd, struct xg_app_welcome *welcome)
{
	int fds[XG_APP_FDS_MAX];
	struct xg_control_hello mine;

	xg_hello_init(&mine, 0, NULL);

	const struct xg_app_hello hello = {
		.type = XG_APP_HELLO,
		.major = mine.major,
		.minor = mine.minor,
		.ledger_length = mine.ledger_length,
		.ledger_hash = mine.ledger_hash,
	};

	if (!send_packet(fd, &hello, sizeof(hello)) ||
		!receive_packet(fd, XG_APP_WELCOME, welcome, sizeof(*welcome), fds)) {
		xg_log(XG_LOG_ERROR, "connection", "the daemon did not answer the hello");
		return false;
	}
	close_fds(fds);
	return check_welcome(welcome);
}

struct xg_connection *xg_connection_create(void)
{
	const int fd = connect_socket();
	struct xg_connection *connection =
		fd < 0 ? NULL : aligned_alloc(XG_CACHE_LINE, sizeof(*connection));

	if (!connection)
		goto err_fd;
	memset(connection, 0, sizeof(*connection));
	if (!greet(fd, &connection->welcome))
		goto err_connection;
	connection->fd = fd;
	pthread_mutex_init(&connection->lock, NULL);
	pthread_once(&fork_once, watch_forks);
	pthread_mutex_lock(&connections_lock);
	connection->next = connections;
	connections = connection;
	pthread_mutex_unlock(&connections_lock);
	return connection;

err_connection:
	free(connection);
err_fd:
	if (fd >= 0)
		close(fd);
	return NULL;
}

void xg_connection_destroy(struct xg_connection *connection)
{
	if (!connection)
		return;
	pthread_mutex_lock(&connections_lock);
	for (struct xg_connection **at = &connections; *at; at = &(*at)->next) {
		if (*at == connection) {
			*at = connection->next;
			break;
		}
	}
	pthread_mutex_unlock(&connections_lock);
	if (connection->fd >= 0)
		close(connection->fd);
	pthread_mutex_destroy(&connection->lock);
	free(connection);
}

bool xg_connection_is_lost(struct xg_connection *connection)
{
	struct pollfd fd = {.fd = connection->fd};

	if (!connection->is_lost && poll(&fd, 1, 0) > 0)
		connection->is_lost = true;
	return connection->is_lost;
}

uint64_t xg_connection_cookie(const struct xg_connection *connection)
{
	return connection->welcome.cookie;
}

uint32_t xg_connection_ledger_length(const struct xg_connection *connection)
{
	return connection->welcome.ledger_length;
}

/* Shared memory of a stream, which the child of a fork does not get. NULL on failure. */
static void *map_shared(int fd, size_t size)
{
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	if (memory == MAP_FAILED)
		return NULL;
	if (madvise(memory, size, MADV_DONTFORK) < 0) {
		munmap(memory, size);
		return NULL;
	}
	return memory;
}

/* With the lock held: the stream that the daemon has just made, in a slot. */
static struct xg_stream *make_stream(struct xg_connection *connection, uint32_t slot,
	const struct xg_app_stream *answer, const struct xg_port *port, void *region)
{
	struct xg_position *position = &connection->positions.slots[slot];
	const struct xg_stream_setup setup = {
		.connection = connection,
		.id = answer->stream,
		.region = region,
		.ring_size = answer->ring_size,
		.reply_size = answer->reply_size,
		.staged_max = connection->welcome.limits.staged_bytes,
		.port = port,
		.position = position,
		.positions = &connection->positions,
		.hangup_fd = connection->fd,
	};
	struct xg_stream *stream = xg_stream_create(&setup);

	if (!stream)
		return NULL;
	connection->streams[slot] = stream;
	atomic_store(&position->stream, answer->stream);
	if (atomic_load(&connection->positions.used) <= slot)
		atomic_store(&connection->positions.used, slot + 1);
	atomic_fetch_add(&connection->positions.streams, 1);
	return stream;
}

/* With the lock held: the daemon and the host forget the stream. */
static void close_stream(struct xg_connection *connection, uint32_t id)
{
	const struct xg_app_request request = {.type = XG_APP_STREAM_CLOSE, .stream = id};

	if (!connection->is_lost && !send_packet(connection->fd, &request, sizeof(request)))
		connection->is_lost = true;
}

/* The memory of the stream that the daemon has just made, if this process can use its port. */
static void *map_stream(const struct xg_app_stream *answer, const int fds[XG_APP_FDS_MAX])
{
	const struct xg_port port = {
		.notify_fd = fds[2],
		.event_channel = answer->event_channel,
	};

	if (!xg_port_is_usable(&port)) {
		xg_log(XG_LOG_ERROR, "connection",
			"this kernel lets programs of its own word size alone notify a host (%s)",
			strerror(errno));
		return NULL;
	}
	return map_shared(fds[0], xg_stream_region_size(answer->ring_size, answer->reply_size));
}

/* With the lock held. */
static struct xg_stream *open_stream(struct xg_connection *connection, uint32_t slot)
{
	const struct xg_limits *limits = &connection->welcome.limits;
	const struct xg_app_request request = {.type = XG_APP_STREAM_OPEN};
	struct xg_app_stream answer;
	struct xg_stream *stream = NULL;
	int fds[XG_APP_FDS_MAX];
	void *region = NULL;

	if (!ask(connection, &request, XG_APP_STREAM, &answer, sizeof(answer), fds))
		return NULL;
	if (answer.status == XG_APP_OK && fds[2] >= 0 && answer.ring_size == limits->ring_size &&
		answer.reply_size == limits->reply_size)
		region = map_stream(&answer, fds);
	if (region) {
		const struct xg_port port = {.wait_fd = fds[1],
			.notify_fd = fds[2],
			.event_channel = answer.event_channel};

		close(fds[0]);
		stream = make_stream(connection, slot, &answer, &port, region);
	} else {
		close_fds(fds);
	}
	if (!stream && answer.status == XG_APP_OK)
		close_stream(connection, answer.stream);
	return stream;
}

struct xg_stream *xg_connection_stream_create(struct xg_connection *connection)
{
	struct xg_stream *stream = NULL;
	uint32_t slot = 0;

	pthread_mutex_lock(&connection->lock);
	while (slot < XG_POSITIONS_MAX && connection->streams[slot])
		slot++;
	if (slot < XG_POSITIONS_MAX)
		stream = open_stream(connection, slot);
	pthread_mutex_unlock(&connection->lock);
	return stream;
}

void xg_connection_stream_destroy(struct xg_connection *connection, struct xg_stream *stream)
{
	if (!stream)
		return;

	/* Until this has drained, others may have to wait for it: its position stays. */
	xg_stream_drain(stream);
	pthread_mutex_lock(&connection->lock);
	for (uint32_t i = 0; i < XG_POSITIONS_MAX; i++) {
		if (connection->streams[i] != stream)
			continue;
		connection->streams[i] = NULL;
		atomic_store(&connection->positions.slots[i].stream, 0);
		atomic_fetch_sub(&connection->positions.streams, 1);
	}
	close_stream(connection, xg_stream_id(stream));
	pthread_mutex_unlock(&connection->lock);
	xg_stream_destroy(stream);
}

void *xg_connection_bulk_create(struct xg_connection *connection, uint32_t stream, uint32_t *size)
{
	const struct xg_app_request request = {.type = XG_APP_BULK_OPEN, .stream = stream};
	struct xg_app_bulk answer;
	int fds[XG_APP_FDS_MAX];
	void *bulk = NULL;

	pthread_mutex_lock(&connection->lock);
	if (ask(connection, &request, XG_APP_BULK, &answer, sizeof(answer), fds)) {
		if (answer.status == XG_APP_OK && fds[0] >= 0 &&
			answer.size == connection->welcome.limits.bulk_size)
			bulk = map_shared(fds[0], answer.size);
		close_fds(fds);
	}
	pthread_mutex_unlock(&connection->lock);
	if (bulk)
		*size = answer.size;
	return bulk;
}

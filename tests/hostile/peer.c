/* SPDX-License-Identifier: MIT */
/* See peer.h. */
#include "peer.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <GLES2/gl2.h>

#include "hello.h"
#include "spin.h"
#include "xg_opcodes.h"

static void fail(const char *what)
{
	fprintf(stderr, "hostile: %s\n", what);
	abort();
}

static uint64_t now_ms(void)
{
	return xg_spin_now_ns() / 1000000;
}

static void run_host(const char *program, int link_fd, int log_fd)
{
	char number[16];

	snprintf(number, sizeof(number), "%d", link_fd);
	dup2(log_fd, STDERR_FILENO);
	fcntl(link_fd, F_SETFD, 0);
	setenv("LIBGL_ALWAYS_SOFTWARE", "1", 1);
	unsetenv("__EGL_VENDOR_LIBRARY_FILENAMES");
	execl(program, program, "--link-fd", number, "--name", "hostile", "--quota",
		"texture-bytes=256m", (char *)NULL);
	_exit(127);
}

void peer_start(struct peer *peer, const char *program)
{
	struct xg_control_hello hello;
	struct xg_message message;
	int link_fds[2], log_fds[2];

	memset(peer, 0, sizeof(*peer));
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, link_fds) != 0 ||
		pipe2(log_fds, O_CLOEXEC) != 0)
		fail("no descriptors");
	peer->host = fork();
	if (peer->host == 0)
		run_host(program, link_fds[1], log_fds[1]);
	close(link_fds[1]);
	close(log_fds[1]);
	peer->log_fd = log_fds[0];
	fcntl(peer->log_fd, F_SETFL, O_NONBLOCK);
	peer->link = xg_link_adopt(link_fds[0]);
	peer->channel = xg_channel_create_guest(peer->link);
	xg_hello_init(&hello, 0, NULL);
	xg_channel_send(peer->channel, XG_CONTROL_HELLO, &hello, sizeof(hello));
	xg_channel_flush(peer->channel);
	if (xg_channel_receive_wait(peer->channel, &message, WAIT_MS) != XG_CHANNEL_MESSAGE ||
		message.type != XG_CONTROL_HELLO)
		fail("the host does not greet");
}

static void read_log(struct peer *peer)
{
	while (peer->log_used < sizeof(peer->log) - 1) {
		const ssize_t size = read(peer->log_fd, peer->log + peer->log_used,
			sizeof(peer->log) - 1 - peer->log_used);

		if (size <= 0)
			return;
		peer->log_used += (size_t)size;
	}
}

int peer_finish(struct peer *peer)
{
	int status = -1;

	xg_channel_destroy(peer->channel);
	xg_link_destroy(peer->link);
	for (uint64_t end = now_ms() + WAIT_MS; waitpid(peer->host, &status, WNOHANG) == 0;) {
		if (now_ms() > end)
			fail("the host does not end with its guest");
		read_log(peer);
		usleep(1000);
	}
	read_log(peer);
	close(peer->log_fd);
	if (status != 0)
		fprintf(stderr, "%s", peer->log);
	return status;
}

bool peer_is_alive(struct peer *peer)
{
	siginfo_t info = {0};

	return waitid(P_PID, (id_t)peer->host, &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
	       info.si_pid == 0;
}

unsigned peer_count_log(struct peer *peer, const char *text)
{
	unsigned count = 0;

	read_log(peer);
	for (const char *at = peer->log; (at = strstr(at, text)); at += strlen(text))
		count++;
	return count;
}

bool peer_expect(struct peer *peer, uint32_t type, uint32_t stream)
{
	struct xg_message message;

	while (xg_channel_receive_wait(peer->channel, &message, WAIT_MS) == XG_CHANNEL_MESSAGE) {
		uint32_t words[2] = {0};

		memcpy(words, message.payload, message.size < 8 ? message.size : 8);
		if (message.type == type && (!stream || words[1] == stream))
			return true;
	}
	return false;
}

uint32_t peer_open_client(struct peer *peer)
{
	const struct xg_control_client_open open = {
		.client = ++peer->last_client, .pid = 1, .cookie = peer->last_client};

	xg_channel_send(peer->channel, XG_CONTROL_CLIENT_OPEN, &open, sizeof(open));
	return open.client;
}

void peer_close_client(struct peer *peer, uint32_t client)
{
	const struct xg_control_client_close close = {.client = client};

	xg_channel_send(peer->channel, XG_CONTROL_CLIENT_CLOSE, &close, sizeof(close));
	xg_channel_flush(peer->channel);
}

static void share(struct peer *peer, size_t size, struct xg_region *region)
{
	if (!xg_link_share(peer->link, size, region))
		fail("no shared memory");
}

void stream_open(struct stream *stream, struct peer *peer, uint32_t client)
{
	uint32_t port;

	*stream = (struct stream){.peer = peer, .client = client, .id = ++peer->last_stream};
	share(peer, xg_stream_region_size(RING_SIZE, REPLY_SIZE), &stream->region);
	share(peer, BULK_SIZE, &stream->bulk);
	if (!xg_link_port_create(peer->link, &stream->port, &port))
		fail("no port");
	stream->page = stream->region.memory;
	stream->ring = (uint8_t *)stream->region.memory + XG_STREAM_PAGE_SIZE;
	stream->reply = stream->ring + RING_SIZE;
	xg_producer_init(&stream->producer, &stream->page->ring, stream->ring, RING_SIZE);

	const struct xg_control_stream_open open = {.client = client,
		.stream = stream->id,
		.region = stream->region.number,
		.port = port,
		.ring_size = RING_SIZE,
		.reply_size = REPLY_SIZE};
	const struct xg_control_bulk_open bulk = {.client = client,
		.stream = stream->id,
		.region = stream->bulk.number,
		.size = BULK_SIZE};

	xg_channel_send(peer->channel, XG_CONTROL_STREAM_OPEN, &open, sizeof(open));
	xg_channel_send(peer->channel, XG_CONTROL_BULK_OPEN, &bulk, sizeof(bulk));
	xg_channel_flush(peer->channel);
	if (!peer_expect(peer, XG_CONTROL_STREAM_READY, stream->id) ||
		!peer_expect(peer, XG_CONTROL_BULK_READY, stream->id))
		fail("the host takes no stream");
}

void stream_finish(struct stream *stream)
{
	xg_port_finish(&stream->port);
	xg_region_finish(&stream->bulk);
	xg_region_finish(&stream->region);
}

void stream_notify(struct stream *stream)
{
	if (xg_producer_take_waiter(&stream->producer))
		xg_port_notify(&stream->port);
}

static bool is_lost(const struct stream *stream)
{
	return atomic_load(&stream->page->lost) || !peer_is_alive(stream->peer);
}

/* Waits until the condition holds; false if the stream is lost, or for ever does nothing. */
static bool wait_until(
	struct stream *stream, bool (*holds)(struct stream *stream, uint32_t size), uint32_t size)
{
	const uint64_t end_ms = now_ms() + WAIT_MS;

	while (!holds(stream, size)) {
		struct pollfd port = {.fd = stream->port.wait_fd, .events = POLLIN};

		if (is_lost(stream) || now_ms() > end_ms)
			return holds(stream, size);
		atomic_store(&stream->page->ring.producer_waits, 1);
		stream_notify(stream);
		if (!holds(stream, size) && poll(&port, 1, 20) > 0)
			xg_port_clear(&stream->port);
	}
	return true;
}

static bool has_room(struct stream *stream, uint32_t size)
{
	return xg_producer_room(&stream->producer, size) ||
	       (xg_producer_seek(&stream->producer, size) == XG_RING_READY &&
		       xg_producer_room(&stream->producer, size));
}

static bool has_reply(struct stream *stream, uint32_t size)
{
	return atomic_load(&stream->page->reply_sequence) == stream->replies;
}

static bool is_marked(struct stream *stream, uint32_t size)
{
	return atomic_load(&stream->page->lost) != 0;
}

bool stream_is_lost(struct stream *stream)
{
	return wait_until(stream, is_marked, 0);
}

bool stream_write(struct stream *stream, const void *octets, uint32_t size)
{
	if (!wait_until(stream, has_room, size))
		return false;
	memcpy(xg_producer_room(&stream->producer, size), octets, size);
	xg_producer_publish(&stream->producer, size);
	return true;
}

bool stream_send(struct stream *stream, uint16_t opcode, uint16_t flags, void *command,
	uint32_t size, const void *tail, uint32_t tail_size)
{
	_Alignas(8) uint8_t record[XG_RECORD_SIZE_MAX] = {0};
	const struct xg_record header = {opcode, flags, size + xg_wire_pad(tail_size)};

	memcpy(record, command, size);
	memcpy(record, &header, sizeof(header));
	if (tail_size)
		memcpy(record + size, tail, tail_size);
	stream->replies += flags == XG_RECORD_REPLY;
	return stream_write(stream, record, header.size);
}

bool stream_wait(struct stream *stream, uint64_t *result)
{
	struct xg_reply reply;

	if (!wait_until(stream, has_reply, 0))
		return false;
	memcpy(&reply, stream->reply, sizeof(reply));
	if (result)
		*result = reply.result;
	return true;
}

bool stream_make_current(struct stream *stream, int version)
{
	const struct xg_data integer = {4, XG_PLACE_INLINE};
	const EGLint attribs[] = {EGL_CONTEXT_CLIENT_VERSION, version};
	struct xg_cmd_xgCreateContext create = {.display = DISPLAY,
		.context = CONTEXT + stream->id,
		.attrib_count = 2,
		.attribs = {sizeof(attribs), XG_PLACE_INLINE},
		.error = integer};
	uint64_t result = 0;

	ASK(stream, xgInitialize, NULL, .display = DISPLAY,
		.platform = EGL_PLATFORM_SURFACELESS_MESA, .major = integer, .minor = integer,
		.error = integer);
	stream_send(stream, XG_OP_xgCreateContext, XG_RECORD_REPLY, &create, sizeof(create),
		attribs, sizeof(attribs));
	return stream_wait(stream, NULL) &&
	       ASK(stream, xgMakeCurrent, &result, .display = DISPLAY,
		       .context = CONTEXT + stream->id, .error = integer) &&
	       result;
}

bool stream_works(struct stream *stream)
{
	const uint32_t name[] = {900};
	struct xg_cmd_glGenRenderbuffers gen_buffer = {
		.n = 1, .renderbuffers = {4, XG_PLACE_INLINE}};
	struct xg_cmd_glGenFramebuffers gen_frame = {.n = 1, .framebuffers = {4, XG_PLACE_INLINE}};
	uint8_t pixel[4];

	stream_send(stream, XG_OP_glGenRenderbuffers, 0, &gen_buffer, sizeof(gen_buffer), name, 4);
	stream_send(stream, XG_OP_glGenFramebuffers, 0, &gen_frame, sizeof(gen_frame), name, 4);
	SEND(stream, glBindRenderbuffer, .target = GL_RENDERBUFFER, .renderbuffer = 900);
	SEND(stream, glRenderbufferStorage, .target = GL_RENDERBUFFER, .internalformat = GL_RGBA4,
		.width = 8, .height = 8);
	SEND(stream, glBindFramebuffer, .target = GL_FRAMEBUFFER, .framebuffer = 900);
	SEND(stream, glFramebufferRenderbuffer, .target = GL_FRAMEBUFFER,
		.attachment = GL_COLOR_ATTACHMENT0, .renderbuffertarget = GL_RENDERBUFFER,
		.renderbuffer = 900);
	SEND(stream, glClearColor, .red = 1, .alpha = 1);
	SEND(stream, glClear, .mask = GL_COLOR_BUFFER_BIT);
	if (!ASK(stream, glReadPixels, NULL, .x = 1, .y = 1, .width = 1, .height = 1,
		    .format = GL_RGBA, .type = GL_UNSIGNED_BYTE, .pixels = {4, XG_PLACE_INLINE}))
		return false;
	memcpy(pixel, stream->reply + sizeof(struct xg_reply), sizeof(pixel));
	return pixel[0] == 255 && pixel[1] == 0;
}

/* SPDX-License-Identifier: MIT */
/*
 * An application's connection, the daemon's socket and the host's ends together, in one process:
 * the daemon and the host each in a thread, with real sockets, memfds and eventfds between them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "channel.h"
#include "connection.h"
#include "gl_socket.h"
#include "hello.h"
#include "host/stream.h"
#include "links.h"
#include "stream.h"
#include "xenglass/control.h"
#include "xenglass/rendezvous.h"

#define STREAMS_MAX 32

enum {
	OP_ADD = 2,  /* reply: the argument plus 1 */
	OP_TURN = 4, /* the argument is one more than that of any stream before */
	OP_HASH = 3, /* reply: the first and the last byte of the input, which is in bulk */
};

/* The host: serves control messages in one thread, and each stream in one of its own. */
struct stack;

struct served {
	struct stack *stack;
	struct xg_host_stream *stream;
	pthread_t thread;
	uint32_t client;
	void *region, *bulk;
	size_t region_size, bulk_size;
};

struct stack {
	char folder[64];
	char path[80];
	struct xg_limits limits;
	struct xg_link *guest_link, *host_link;
	struct xg_channel *guest, *host;
	struct xg_gl_socket *socket;
	pthread_t daemon_thread, host_thread;
	int stop_fd;
	_Atomic bool is_host_dead;
	_Atomic uint32_t gone; /* applications that the host was told have hung up */
	_Atomic uint64_t last_cookie;
	_Atomic uint64_t turn;
	_Atomic bool is_out_of_turn;
	struct xg_stream_group *group; /* of all clients: it is one process */
	struct served served[STREAMS_MAX];
	uint32_t served_count;
	uint32_t refuse_streams_from;
};

static void *run_stream(void *argument)
{
	struct served *served = argument;
	struct xg_record_view view;

	while (xg_host_stream_next(served->stream, &view) == XG_STREAM_RECORD) {
		const struct xg_record *record = view.record;
		uint64_t argument0;

		memcpy(&argument0, record + 1, sizeof(argument0));
		if (record->opcode == OP_ADD) {
			xg_host_stream_reply(served->stream, argument0 + 1);
		} else if (record->opcode == OP_TURN) {
			if (atomic_exchange(&served->stack->turn, argument0) + 1 != argument0)
				served->stack->is_out_of_turn = true;
		} else {
			struct xg_data place;

			memcpy(&place, &argument0, sizeof(place));
			const uint8_t *bytes =
				xg_host_stream_input(served->stream, &view, place, 16);

			xg_host_stream_reply(served->stream,
				bytes ? (uint64_t)bytes[0] << 8 | bytes[place.size - 1] : 0);
		}
		xg_host_stream_consume(served->stream);
	}
	return NULL;
}

static struct served *find_served(struct stack *stack, uint32_t id)
{
	for (uint32_t i = 0; i < stack->served_count; i++) {
		if (stack->served[i].stream && xg_host_stream_id(stack->served[i].stream) == id)
			return &stack->served[i];
	}
	return NULL;
}

static bool open_served(struct stack *stack, const struct xg_control_stream_open *open)
{
	struct served *served = &stack->served[stack->served_count];
	const char *rule;

	served->region_size = xg_stream_region_size(open->ring_size, open->reply_size);
	served->region = xg_link_map(stack->host_link, open->region, served->region_size);
	struct xg_host_stream_setup setup = {
		.group = stack->group,
		.id = open->stream,
		.region = served->region,
		.region_size = served->region_size,
		.untrusted_ring_size = open->ring_size,
		.untrusted_reply_size = open->reply_size,
		.limits = &stack->limits,
	};

	assert_non_null(served->region);
	assert_true(xg_link_port_bind(stack->host_link, open->port, &setup.port));
	if (stack->served_count >= stack->refuse_streams_from) {
		xg_link_unmap(stack->host_link, served->region, served->region_size);
		xg_port_finish(&setup.port);
		return false;
	}
	served->stream = xg_host_stream_create(&setup, &rule);
	assert_non_null(served->stream);
	served->stack = stack;
	served->client = open->client;
	pthread_create(&served->thread, NULL, run_stream, served);
	stack->served_count++;
	return true;
}

static void close_served(struct stack *stack, struct served *served)
{
	xg_host_stream_close(served->stream);
	pthread_join(served->thread, NULL);
	xg_host_stream_destroy(served->stream);
	xg_link_unmap(stack->host_link, served->region, served->region_size);
	if (served->bulk)
		xg_link_unmap(stack->host_link, served->bulk, served->bulk_size);
	served->stream = NULL;
	served->bulk = NULL;
}

static void serve_open(struct stack *stack, const struct xg_control_stream_open *open)
{
	const struct xg_control_stream ready = {open->client, open->stream};
	const struct xg_control_stream_lost lost = {
		open->client, open->stream, XG_STREAM_LOSS_QUOTA, 0};

	if (open_served(stack, open))
		xg_channel_send(stack->host, XG_CONTROL_STREAM_READY, &ready, sizeof(ready));
	else
		xg_channel_send(stack->host, XG_CONTROL_STREAM_LOST, &lost, sizeof(lost));
}

static void serve_bulk(struct stack *stack, const struct xg_control_bulk_open *open)
{
	const struct xg_control_bulk_ready ready = {open->client, open->stream, 1, 0};
	struct served *served = find_served(stack, open->stream);

	served->bulk_size = open->size;
	served->bulk = xg_link_map(stack->host_link, open->region, open->size);
	assert_true(xg_host_stream_set_bulk(served->stream, served->bulk, open->size));
	xg_channel_send(stack->host, XG_CONTROL_BULK_READY, &ready, sizeof(ready));
}

static void serve(struct stack *stack, const struct xg_message *message)
{
	const struct xg_control_stream *named = message->payload;
	const struct xg_control_client_open *client = message->payload;

	switch (message->type) {
	case XG_CONTROL_CLIENT_OPEN:
		stack->last_cookie = client->cookie;
		break;
	case XG_CONTROL_CLIENT_CLOSE:
		for (uint32_t i = 0; i < stack->served_count; i++) {
			if (stack->served[i].stream && stack->served[i].client == named->client)
				close_served(stack, &stack->served[i]);
		}
		stack->gone++;
		break;
	case XG_CONTROL_STREAM_OPEN:
		serve_open(stack, message->payload);
		break;
	case XG_CONTROL_STREAM_CLOSE:
		close_served(stack, find_served(stack, named->stream));
		break;
	case XG_CONTROL_BULK_OPEN:
		serve_bulk(stack, message->payload);
		break;
	}
}

static void *run_host(void *argument)
{
	struct stack *stack = argument;
	struct xg_message message;

	while (!stack->is_host_dead &&
		xg_channel_receive_wait(stack->host, &message, 20) != XG_CHANNEL_CLOSED) {
		if (message.payload)
			serve(stack, &message);
		message.payload = NULL;
		xg_channel_flush(stack->host);
	}
	for (uint32_t i = 0; i < stack->served_count; i++) {
		if (stack->served[i].stream)
			close_served(stack, &stack->served[i]);
	}
	return NULL;
}

static void *run_daemon(void *argument)
{
	struct stack *stack = argument;
	struct pollfd fds[3] = {
		{.fd = stack->stop_fd, .events = POLLIN},
		{.fd = xg_gl_socket_fd(stack->socket), .events = POLLIN},
		{.fd = xg_channel_fd(stack->guest), .events = POLLIN},
	};

	for (;;) {
		struct xg_message message;
		enum xg_channel_state state;

		poll(fds, 3, -1);
		if (fds[0].revents)
			break;
		if (fds[1].revents)
			xg_gl_socket_dispatch(stack->socket);
		while ((state = xg_channel_receive(stack->guest, &message)) == XG_CHANNEL_MESSAGE)
			xg_gl_socket_handle_message(stack->socket, &message);
		if (state != XG_CHANNEL_EMPTY)
			break;
	}
	xg_gl_socket_destroy(stack->socket);
	return NULL;
}

static int set_up(void **state)
{
	struct stack *stack = calloc(1, sizeof(*stack));
	struct xg_control_hello hello;

	strcpy(stack->folder, "/tmp/xg-socket-test-XXXXXX");
	assert_non_null(mkdtemp(stack->folder));
	snprintf(stack->path, sizeof(stack->path), "%s/gl.sock", stack->folder);
	setenv(XG_APP_SOCKET_VARIABLE, stack->path, 1);
	stack->limits = (struct xg_limits)XG_LIMITS_DEFAULT;
	stack->limits.streams_per_client = 8;
	stack->refuse_streams_from = STREAMS_MAX;
	stack->group = xg_stream_group_create();
	links_make(&stack->guest_link, &stack->host_link);
	stack->guest = xg_channel_create_guest(stack->guest_link);
	stack->host = xg_channel_create_host(stack->host_link, -1);
	xg_hello_init(&hello, XG_FEATURE_PRESENT, &stack->limits);
	stack->socket = xg_gl_socket_create(stack->path, stack->guest_link, stack->guest, &hello);
	assert_non_null(stack->socket);
	stack->stop_fd = eventfd(0, EFD_CLOEXEC);
	pthread_create(&stack->host_thread, NULL, run_host, stack);
	pthread_create(&stack->daemon_thread, NULL, run_daemon, stack);
	*state = stack;
	return 0;
}

static void stop_daemon(struct stack *stack)
{
	eventfd_write(stack->stop_fd, 1);
	pthread_join(stack->daemon_thread, NULL);
	xg_channel_destroy(stack->guest);
	xg_link_destroy(stack->guest_link);
	stack->guest = NULL;
	stack->guest_link = NULL;
}

static void stop_host(struct stack *stack)
{
	stack->is_host_dead = true;
	pthread_join(stack->host_thread, NULL);
	xg_channel_destroy(stack->host);
	xg_link_destroy(stack->host_link);
	stack->host = NULL;
	stack->host_link = NULL;
}

static int tear_down(void **state)
{
	struct stack *stack = *state;

	if (stack->guest)
		stop_daemon(stack);
	if (stack->host)
		stop_host(stack);
	close(stack->stop_fd);
	xg_stream_group_unref(stack->group);
	assert_int_equal(rmdir(stack->folder), 0);
	free(stack);
	return 0;
}

static bool call(struct xg_stream *stream, uint64_t argument, uint64_t *result)
{
	struct {
		struct xg_record record;
		uint64_t argument;
	} *command = xg_stream_begin(stream, 16);

	command->record = (struct xg_record){OP_ADD, XG_RECORD_REPLY, 16};
	command->argument = argument;
	xg_stream_end(stream, 16);
	return xg_stream_call(stream, result);
}

static void without_a_daemon_there_is_no_connection(void **state)
{
	(void)state;
	setenv(XG_APP_SOCKET_VARIABLE, "/nonexistent/gl.sock", 1);
	assert_null(xg_connection_create());
}

static void a_stream_reaches_the_host(void **state)
{
	struct stack *stack = *state;
	struct xg_connection *connection = xg_connection_create();
	uint64_t result = 0;

	assert_non_null(connection);

	struct xg_stream *stream = xg_connection_stream_create(connection);

	assert_non_null(stream);
	assert_true(call(stream, 41, &result));
	assert_int_equal(result, 42);
	assert_int_equal(stack->last_cookie, xg_connection_cookie(connection));
	xg_connection_stream_destroy(connection, stream);
	xg_connection_destroy(connection);
}

static void large_payloads_go_through_a_bulk_region(void **state)
{
	struct xg_connection *connection = xg_connection_create();
	struct xg_stream *stream = xg_connection_stream_create(connection);
	uint8_t *bytes = calloc(1, 1 << 20);

	(void)state;
	for (uint32_t i = 0; i < 50; i++) {
		struct {
			struct xg_record record;
			struct xg_data data;
		} * command;
		uint32_t inline_total = 0;
		uint64_t result = 0;

		bytes[0] = (uint8_t)i;
		bytes[(1 << 20) - 1] = (uint8_t)(i * 3);
		const struct xg_data place = xg_stream_put(stream, bytes, 1 << 20, &inline_total);

		assert_true(place.place >= XG_PLACE_BULK);
		command = xg_stream_begin(stream, 16);
		command->record = (struct xg_record){OP_HASH, XG_RECORD_REPLY, 16};
		command->data = place;
		xg_stream_end(stream, 16);
		assert_true(xg_stream_call(stream, &result));
		assert_int_equal(result, (uint64_t)(uint8_t)i << 8 | (uint8_t)(i * 3));
	}
	free(bytes);
	xg_connection_stream_destroy(connection, stream);
	xg_connection_destroy(connection);
}

#define TURNS 20000u

struct player {
	struct xg_connection *connection;
	pthread_mutex_t *lock;
	uint64_t *turn;
};

/* Takes the next turn as often as it can get it, on a stream of its own. */
static void *run_player(void *argument)
{
	struct player *player = argument;
	struct xg_stream *stream = xg_connection_stream_create(player->connection);

	for (bool is_over = !stream; !is_over;) {
		pthread_mutex_lock(player->lock);
		is_over = *player->turn == TURNS;
		if (!is_over) {
			struct {
				struct xg_record record;
				uint64_t argument;
			} * command;

			xg_stream_order(stream);
			command = xg_stream_begin(stream, 16);
			command->record = (struct xg_record){OP_TURN, 0, 16};
			command->argument = ++*player->turn;
			xg_stream_end(stream, 16);
		}
		pthread_mutex_unlock(player->lock);
		sched_yield();
	}
	xg_connection_stream_destroy(player->connection, stream);
	return NULL;
}

static void threads_that_take_turns_are_replayed_in_turn(void **state)
{
	struct stack *stack = *state;
	pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	uint64_t turn = 0;
	struct player player = {xg_connection_create(), &lock, &turn};
	pthread_t threads[6];

	for (int i = 0; i < 6; i++)
		pthread_create(&threads[i], NULL, run_player, &player);
	for (int i = 0; i < 6; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(stack->turn, TURNS);
	assert_false(stack->is_out_of_turn);
	xg_connection_destroy(player.connection);
}

static void streams_beyond_the_limit_are_refused(void **state)
{
	struct xg_connection *connection = xg_connection_create();
	struct xg_stream *streams[8];
	uint64_t result;

	(void)state;
	for (int i = 0; i < 8; i++) {
		streams[i] = xg_connection_stream_create(connection);
		assert_non_null(streams[i]);
	}
	assert_null(xg_connection_stream_create(connection));
	assert_false(xg_connection_is_lost(connection));
	xg_connection_stream_destroy(connection, streams[3]);
	streams[3] = xg_connection_stream_create(connection);
	assert_non_null(streams[3]);
	for (int i = 0; i < 8; i++) {
		assert_true(call(streams[i], 1, &result));
		xg_connection_stream_destroy(connection, streams[i]);
	}
	xg_connection_destroy(connection);
}

static void a_stream_that_the_host_refuses_is_none(void **state)
{
	struct stack *stack = *state;
	struct xg_connection *connection = xg_connection_create();

	stack->refuse_streams_from = 1;

	struct xg_stream *stream = xg_connection_stream_create(connection);

	assert_non_null(stream);
	assert_null(xg_connection_stream_create(connection));
	xg_connection_stream_destroy(connection, stream);
	xg_connection_destroy(connection);
}

static void the_daemons_death_ends_a_call(void **state)
{
	struct stack *stack = *state;
	struct xg_connection *connection = xg_connection_create();
	struct xg_stream *stream = xg_connection_stream_create(connection);
	uint64_t result;

	assert_true(call(stream, 1, &result));
	stop_daemon(stack);
	while (call(stream, 1, &result))
		;
	assert_true(xg_stream_is_lost(stream));
	assert_true(xg_connection_is_lost(connection));
	assert_null(xg_connection_stream_create(connection));
	xg_connection_stream_destroy(connection, stream);
	xg_connection_destroy(connection);
}

static void the_hosts_death_ends_a_call(void **state)
{
	struct stack *stack = *state;
	struct xg_connection *connection = xg_connection_create();
	struct xg_stream *stream = xg_connection_stream_create(connection);
	uint64_t result;

	assert_true(call(stream, 1, &result));
	stop_host(stack);
	assert_false(call(stream, 1, &result));
	xg_connection_stream_destroy(connection, stream);
	xg_connection_destroy(connection);
}

/* The child: everything is lost, nothing blocks, and a connection of its own works. */
static int run_child(struct xg_connection *connection, struct xg_stream *stream)
{
	uint64_t result;

	if (call(stream, 1, &result) || !xg_connection_is_lost(connection))
		return 1;
	xg_connection_stream_destroy(connection, stream);
	xg_connection_destroy(connection);
	connection = xg_connection_create();
	stream = connection ? xg_connection_stream_create(connection) : NULL;
	if (!stream || !call(stream, 6, &result) || result != 7)
		return 2;
	return 0;
}

static void the_child_of_a_fork_leaves_its_parents_stream_alone(void **state)
{
	struct stack *stack = *state;
	struct xg_connection *connection = xg_connection_create();
	struct xg_stream *stream = xg_connection_stream_create(connection);
	uint64_t result;
	int status;

	assert_true(call(stream, 1, &result));

	const pid_t pid = fork();

	if (pid == 0)
		_exit(run_child(connection, stream));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_true(call(stream, 2, &result));
	assert_int_equal(result, 3);
	xg_connection_stream_destroy(connection, stream);
	xg_connection_destroy(connection);
	/* Both have hung up; the daemon tells the host when it has noticed. */
	while (stack->gone < 2)
		sched_yield();
}

static void an_application_that_talks_nonsense_is_hung_up_on(void **state)
{
	struct stack *stack = *state;
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	char byte;

	strcpy(address.sun_path, stack->path);
	for (size_t size = 1; size < 64; size += 7) {
		const int fd = socket(AF_UNIX, SOCK_SEQPACKET, 0);
		char nonsense[64] = {1, 2, 3};

		assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
		assert_int_equal(send(fd, nonsense, size, 0), (ssize_t)size);
		assert_true(recv(fd, &byte, 1, 0) <= 0);
		close(fd);
	}

	struct xg_connection *connection = xg_connection_create();

	assert_non_null(connection);
	xg_connection_destroy(connection);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_daemon_there_is_no_connection),
		cmocka_unit_test_setup_teardown(a_stream_reaches_the_host, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			large_payloads_go_through_a_bulk_region, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			threads_that_take_turns_are_replayed_in_turn, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			streams_beyond_the_limit_are_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_stream_that_the_host_refuses_is_none, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_daemons_death_ends_a_call, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_hosts_death_ends_a_call, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			the_child_of_a_fork_leaves_its_parents_stream_alone, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			an_application_that_talks_nonsense_is_hung_up_on, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

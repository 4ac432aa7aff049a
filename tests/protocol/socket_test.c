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
#include <pthread.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app_stack.h"
#include "connection.h"
#include "xenglass/rendezvous.h"

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
	assert_true(stack_call(stream, 41, &result));
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
		assert_true(stack_call(streams[i], 1, &result));
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

	assert_true(stack_call(stream, 1, &result));
	stack_stop_daemon(stack);
	while (stack_call(stream, 1, &result))
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

	assert_true(stack_call(stream, 1, &result));
	stack_stop_host(stack);
	assert_false(stack_call(stream, 1, &result));
	xg_connection_stream_destroy(connection, stream);
	xg_connection_destroy(connection);
}

/* The child: everything is lost, nothing blocks, and a connection of its own works. */
static int run_child(struct xg_connection *connection, struct xg_stream *stream)
{
	uint64_t result;

	if (stack_call(stream, 1, &result) || !xg_connection_is_lost(connection))
		return 1;
	xg_connection_stream_destroy(connection, stream);
	xg_connection_destroy(connection);
	connection = xg_connection_create();
	stream = connection ? xg_connection_stream_create(connection) : NULL;
	if (!stream || !stack_call(stream, 6, &result) || result != 7)
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

	assert_true(stack_call(stream, 1, &result));

	const pid_t pid = fork();

	if (pid == 0)
		_exit(run_child(connection, stream));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_true(stack_call(stream, 2, &result));
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
		cmocka_unit_test_setup_teardown(
			a_stream_reaches_the_host, stack_set_up, stack_tear_down),
		cmocka_unit_test_setup_teardown(
			large_payloads_go_through_a_bulk_region, stack_set_up, stack_tear_down),
		cmocka_unit_test_setup_teardown(threads_that_take_turns_are_replayed_in_turn,
			stack_set_up, stack_tear_down),
		cmocka_unit_test_setup_teardown(
			streams_beyond_the_limit_are_refused, stack_set_up, stack_tear_down),
		cmocka_unit_test_setup_teardown(
			a_stream_that_the_host_refuses_is_none, stack_set_up, stack_tear_down),
		cmocka_unit_test_setup_teardown(
			the_daemons_death_ends_a_call, stack_set_up, stack_tear_down),
		cmocka_unit_test_setup_teardown(
			the_hosts_death_ends_a_call, stack_set_up, stack_tear_down),
		cmocka_unit_test_setup_teardown(the_child_of_a_fork_leaves_its_parents_stream_alone,
			stack_set_up, stack_tear_down),
		cmocka_unit_test_setup_teardown(an_application_that_talks_nonsense_is_hung_up_on,
			stack_set_up, stack_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

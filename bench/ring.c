/* SPDX-License-Identifier: MIT */
/*
 * What the transport costs, each beside the floor that it stands on, in interleaved rounds; medians
 * and their ratio are printed, because absolute figures drift with the machine.
 *
 *   encode   writing and publishing a record of 24 bytes, while the host's end takes them; beside
 *            writing the same to private memory
 *   through  the same, until the host's end has taken the last
 *   asleep   a synchronous call, beside a ping-pong by two eventfds, all on one CPU
 *   awake    a synchronous call, beside a ping-pong by two words that both ends spin on
 *   upload   1 MiB as a payload, which the host takes in place, beside memcpy
 *
 * Both ends are threads of this process, over the same rings and ports as between processes.
 *
 * The goal for a call is twice the bare ping-pong. A call spins for a while before it sleeps, and
 * what a sleep costs depends on how deep the other CPU sleeps: 3 us to 100 us on one and the same
 * machine. So a call that spun beside an eventfd's sleep would compare two policies, not two
 * transports. Hence each policy beside its like: on two CPUs both spin, and on one CPU neither
 * can, so that both sleep and no CPU's own sleep is in the figure.
 */
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "connection.h"
#include "host/stream.h"
#include "link/link.h"
#include "spin.h"
#include "stream.h"
#include "xenglass/limits.h"

#define ROUNDS	    21
#define RECORDS	    4000 /* of 24 bytes: they fit the ring */
#define CALLS	    2000
#define UPLOADS	    64
#define UPLOAD_SIZE (1u << 20)

enum {
	OP_PLAIN = 1,
	OP_CALL = 2,
	OP_UPLOAD = 3,
};

struct command {
	struct xg_record record;
	struct xg_data data;
	uint64_t argument;
};

static struct xg_host_stream *host;
static struct xg_stream *guest;
static void *bulk;
static struct xg_positions positions;
static int ping_fd, pong_fd;

/* The stand-in for the daemon. */
void *xg_connection_bulk_create(struct xg_connection *connection, uint32_t stream, uint32_t *size)
{
	(void)connection;
	(void)stream;
	*size = 4u << 20;
	xg_host_stream_set_bulk(host, bulk, *size);
	return bulk;
}

/* Passes plain commands, of which the replay takes a few at once. */
static void pass_plain(void)
{
	const void *records;
	uint32_t size, at;

	do {
		size = xg_host_stream_glance(host, XG_GLANCE_MAX, &records);
		for (at = 0; size - at >= sizeof(struct command); at += sizeof(struct command)) {
			const struct command *command = (const void *)((const char *)records + at);

			if (command->record.opcode != OP_PLAIN)
				break;
		}
		if (at > 0)
			xg_host_stream_pass(host, at);
	} while (at > 0);
}

static void *run_host(void *argument)
{
	struct xg_record_view view;

	(void)argument;
	while (pass_plain(), xg_host_stream_next(host, &view) == XG_STREAM_RECORD) {
		const struct command *command = view.record;

		if (view.opcode == OP_CALL)
			xg_host_stream_reply(host, command->argument);
		else if (view.opcode == OP_UPLOAD)
			xg_host_stream_input(host, &view, command->data, sizeof(*command));
		xg_host_stream_consume(host);
	}
	return NULL;
}

static void *run_pong(void *argument)
{
	uint64_t count;

	(void)argument;
	while (read(ping_fd, &count, sizeof(count)) == sizeof(count) && count == 1)
		(void)!write(pong_fd, &count, sizeof(count));
	return NULL;
}

static struct command *begin(uint16_t opcode, uint16_t flags)
{
	struct command *command = xg_stream_begin(guest, sizeof(*command));

	command->record = (struct xg_record){opcode, flags, sizeof(*command)};
	return command;
}

static void make_ports(struct xg_port *guest_port, struct xg_port *host_port)
{
	int fds[2];
	uint32_t number;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds) != 0)
		abort();

	struct xg_link *const guest_link = xg_link_adopt(fds[0]);
	struct xg_link *const host_link = xg_link_adopt(fds[1]);

	if (!guest_link || !host_link || !xg_link_port_create(guest_link, guest_port, &number) ||
		!xg_link_port_bind(host_link, number, host_port))
		abort();
	xg_link_destroy(guest_link);
	xg_link_destroy(host_link);
}

static void set_up(void)
{
	const struct xg_limits limits = XG_LIMITS_DEFAULT;
	const size_t size = xg_stream_region_size(limits.ring_size, limits.reply_size);
	void *region = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct xg_port host_port, guest_port;
	const char *rule;

	make_ports(&guest_port, &host_port);

	bulk = mmap(
		NULL, limits.bulk_size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	const struct xg_host_stream_setup host_setup = {
		.group = xg_stream_group_create(),
		.id = 1,
		.region = region,
		.region_size = size,
		.untrusted_ring_size = limits.ring_size,
		.untrusted_reply_size = limits.reply_size,
		.port = host_port,
		.limits = &limits,
	};
	const struct xg_stream_setup guest_setup = {
		.connection = (void *)&positions,
		.id = 1,
		.region = region,
		.ring_size = limits.ring_size,
		.reply_size = limits.reply_size,
		.staged_max = limits.staged_bytes,
		.port = &guest_port,
		.position = &positions.slots[0],
		.positions = &positions,
		.hangup_fd = -1,
	};

	host = xg_host_stream_create(&host_setup, &rule);
	guest = xg_stream_create(&guest_setup);
	if (!host || !guest)
		abort();
}

static void encode(int count)
{
	for (int i = 0; i < count; i++) {
		begin(OP_PLAIN, 0)->argument = (uint64_t)i;
		xg_stream_end(guest, sizeof(struct command));
	}
}

/* Each measurement returns nanoseconds for one. */
static double measure_encode(void)
{
	const uint64_t start = xg_spin_now_ns();

	encode(RECORDS);

	const uint64_t spent = xg_spin_now_ns() - start;

	xg_stream_drain(guest);
	return (double)spent / RECORDS;
}

static double measure_through(void)
{
	const uint64_t start = xg_spin_now_ns();

	encode(50 * RECORDS);
	xg_stream_drain(guest);
	return (double)(xg_spin_now_ns() - start) / (50 * RECORDS);
}

static double measure_write(void)
{
	static struct command commands[RECORDS];
	const uint64_t start = xg_spin_now_ns();

	for (int i = 0; i < RECORDS; i++) {
		commands[i] = (struct command){
			.record = {OP_PLAIN, 0, sizeof(struct command)},
			.argument = (uint64_t)i,
		};
		__asm__ volatile("" ::"r"(commands) : "memory");
	}
	return (double)(xg_spin_now_ns() - start) / RECORDS;
}

static double measure_call(void)
{
	const uint64_t start = xg_spin_now_ns();
	uint64_t result;

	for (int i = 0; i < CALLS; i++) {
		begin(OP_CALL, XG_RECORD_REPLY)->argument = (uint64_t)i;
		xg_stream_end(guest, sizeof(struct command));
		if (!xg_stream_call(guest, &result) || result != (uint64_t)i)
			abort();
	}
	return (double)(xg_spin_now_ns() - start) / CALLS;
}

static double measure_ping(void)
{
	const uint64_t start = xg_spin_now_ns();
	uint64_t count = 1;

	for (int i = 0; i < CALLS; i++) {
		(void)!write(ping_fd, &count, sizeof(count));
		(void)!read(pong_fd, &count, sizeof(count));
	}
	return (double)(xg_spin_now_ns() - start) / CALLS;
}

/* The count of pings and of pongs, each on a cache line of its own. */
static struct {
	_Alignas(XG_CACHE_LINE) _Atomic uint32_t ping;
	_Alignas(XG_CACHE_LINE) _Atomic uint32_t pong;
} words;

/* Yields now and then, lest two threads on one CPU wait out each other's turn. */
static void spin_for(_Atomic uint32_t *word, uint32_t value)
{
	for (unsigned i = 1; atomic_load(word) != value; i++) {
		if (i % 4096 == 0)
			sched_yield();
	}
}

static void *run_spinning_pong(void *argument)
{
	(void)argument;
	for (uint32_t i = 1; i <= CALLS + 1; i++) {
		spin_for(&words.ping, i);
		atomic_store(&words.pong, i);
	}
	return NULL;
}

static double measure_spinning_ping(void)
{
	pthread_t thread;
	uint64_t start = 0;

	atomic_store(&words.ping, 0);
	atomic_store(&words.pong, 0);
	pthread_create(&thread, NULL, run_spinning_pong, NULL);
	/* The first waits for the thread. */
	for (uint32_t i = 1; i <= CALLS + 1; i++) {
		atomic_store(&words.ping, i);
		spin_for(&words.pong, i);
		if (i == 1)
			start = xg_spin_now_ns();
	}

	const uint64_t spent = xg_spin_now_ns() - start;

	pthread_join(thread, NULL);
	return (double)spent / CALLS;
}

static uint8_t *source;

static double measure_upload(void)
{
	const uint64_t start = xg_spin_now_ns();

	for (int i = 0; i < UPLOADS; i++) {
		uint32_t inline_total = 0;
		const struct xg_data data =
			xg_stream_put(guest, source, UPLOAD_SIZE, &inline_total);

		begin(OP_UPLOAD, 0)->data = data;
		xg_stream_end(guest, sizeof(struct command));
	}
	xg_stream_drain(guest);
	return (double)(xg_spin_now_ns() - start) / UPLOADS;
}

/* Into four places in turn, as the bulk region has. */
static double measure_memcpy(void)
{
	static uint8_t *destination;
	const uint64_t start = xg_spin_now_ns();

	if (!destination)
		destination = calloc(4, UPLOAD_SIZE);
	for (size_t i = 0; i < UPLOADS; i++) {
		memcpy(destination + i % 4 * UPLOAD_SIZE, source, UPLOAD_SIZE);
		__asm__ volatile("" ::: "memory");
	}
	return (double)(xg_spin_now_ns() - start) / UPLOADS;
}

static int compare(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(double *values)
{
	qsort(values, ROUNDS, sizeof(values[0]), compare);
	return values[ROUNDS / 2];
}

static void report(const char *name, double (*ours)(void), double (*floor_)(void))
{
	double mine[ROUNDS], floors[ROUNDS];

	for (int i = 0; i < ROUNDS; i++) {
		mine[i] = ours();
		floors[i] = floor_();
	}

	const double a = median(mine), b = median(floors);

	printf("%-8s %10.1f ns %10.1f ns %8.2f\n", name, a, b, a / b);
}

static pthread_t host_thread, pong_thread;

static void start(void)
{
	ping_fd = eventfd(0, 0);
	pong_fd = eventfd(0, 0);
	set_up();
	pthread_create(&host_thread, NULL, run_host, NULL);
	pthread_create(&pong_thread, NULL, run_pong, NULL);
}

static void stop(void)
{
	const uint64_t end = 2;

	xg_host_stream_close(host);
	(void)!write(ping_fd, &end, sizeof(end));
	pthread_join(host_thread, NULL);
	pthread_join(pong_thread, NULL);
}

/* In a process of its own, whose threads all have one CPU. */
static void report_asleep(void)
{
	cpu_set_t one;
	const pid_t child = fork();

	if (child != 0) {
		waitpid(child, NULL, 0);
		return;
	}
	CPU_ZERO(&one);
	CPU_SET(sched_getcpu(), &one);
	sched_setaffinity(0, sizeof(one), &one);
	start();
	report("asleep", measure_call, measure_ping);
	stop();
	fflush(stdout);
	_exit(0);
}

int main(void)
{
	printf("%-8s %13s %13s %8s\n", "", "xenglass", "floor", "ratio");
	fflush(stdout);
	report_asleep();
	source = malloc(UPLOAD_SIZE);
	memset(source, 7, UPLOAD_SIZE);
	start();
	report("awake", measure_call, measure_spinning_ping);
	report("encode", measure_encode, measure_write);
	report("through", measure_through, measure_write);
	report("upload", measure_upload, measure_memcpy);
	stop();
	return 0;
}

/* SPDX-License-Identifier: MIT */
/* See guest.h. */
#include "guest.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <unistd.h>

#include "relay/interface.h"

static void note_event(
	struct test_guest *guest, const uint8_t *arguments, uint32_t opcode, uint64_t object)
{
	const char *interface = (const char *)arguments + 8;
	uint32_t name;

	guest->events++;
	if (object != 2 || opcode != XG_EVENT_wl_registry_global)
		return;
	memcpy(&name, arguments, sizeof(name));
	if (strcmp(interface, "wl_compositor") == 0)
		guest->compositor_name = name;
	if (strcmp(interface, "wl_shm") == 0)
		guest->shm_name = name;
}

static bool take(void *data, uint32_t type, const void *head, size_t head_size, const void *tail,
	size_t tail_size)
{
	struct test_guest *guest = data;
	const struct xg_wl_message *message = head;
	const struct xg_wl_credit *credit = head;
	const struct xg_wl_close *close = head;
	const struct xg_wl_error *error = head;

	switch (type) {
	case XG_WL_EVENT:
		note_event(guest, tail, message->opcode, message->object);
		break;
	case XG_WL_CREDIT:
		guest->credit_bytes += credit->bytes;
		break;
	case XG_WL_CLOSED:
		guest->closed = close->connection;
		break;
	case XG_WL_ERROR:
		guest->error_code = error->code;
		guest->error_object = error->object;
		snprintf(guest->error_text, sizeof(guest->error_text), "%.*s", (int)tail_size,
			(const char *)tail);
		break;
	}
	return true;
}

static bool is_congested(void *data)
{
	return false;
}

static int connect_server(void *data)
{
	struct test_guest *guest = data;

	const int fd = test_server_connect(&guest->server);

	close(guest->kept_fd);
	guest->kept_fd = dup(fd);
	return fd;
}

void test_guest_init(struct test_guest *guest, const struct xg_relay_limits *limits)
{
	memset(guest, 0, sizeof(*guest));
	guest->stderr_fd = -1;
	guest->kept_fd = -1;
	test_server_init(&guest->server);
	guest->epoll = epoll_create1(EPOLL_CLOEXEC);
	guest->relay = xg_relay_create(&(struct xg_relay_setup){
		.connect = connect_server,
		.send = take,
		.is_congested = is_congested,
		.data = guest,
		.epoll = guest->epoll,
		.limits = *limits,
	});
	assert(guest->relay);
}

void test_guest_finish(struct test_guest *guest)
{
	xg_relay_destroy(guest->relay);
	close(guest->epoll);
	close(guest->kept_fd);
	test_server_finish(&guest->server);
}

void test_guest_pump(struct test_guest *guest)
{
	struct epoll_event events[16];

	for (int i = 0; i < 4; i++) {
		xg_relay_prepare(guest->relay);
		xg_relay_dispatch(guest->relay, events, epoll_wait(guest->epoll, events, 16, 0));
		test_server_pump(&guest->server);
	}
}

bool test_guest_send(struct test_guest *guest, uint32_t type, const void *payload, size_t size)
{
	const bool is_taken = xg_relay_receive(guest->relay, type, payload, size);

	test_guest_pump(guest);
	return is_taken;
}

bool test_guest_request(struct test_guest *guest, uint32_t connection, uint64_t object,
	uint32_t opcode, const char *letters, ...)
{
	const struct xg_wl_message head = {connection, opcode, object};
	_Alignas(8) uint8_t payload[8192] = {0};
	size_t size = sizeof(head);
	va_list args;

	memcpy(payload, &head, sizeof(head));
	va_start(args, letters);
	for (; *letters; letters++) {
		if (*letters == 'u') {
			const uint32_t value = va_arg(args, uint32_t);

			memcpy(payload + size, &value, 4);
			size += 4;
		} else if (*letters == 'o') {
			const uint64_t value = va_arg(args, uint64_t);

			memcpy(payload + size, &value, 8);
			size += 8;
		} else {
			const char *text = va_arg(args, const char *);
			const uint32_t length = (uint32_t)strlen(text) + 1;

			memcpy(payload + size, &length, 4);
			memcpy(payload + size + 4, text, length);
			size += 4 + ((length + 3) & ~3u);
		}
	}
	va_end(args);
	return test_guest_send(guest, XG_WL_REQUEST, payload, size);
}

void test_guest_open(struct test_guest *guest, uint32_t connection)
{
	const struct xg_wl_open open = {connection, XG_WL_CREDIT_BYTES};

	assert(test_guest_send(guest, XG_WL_OPEN, &open, sizeof(open)));
	test_guest_request(
		guest, connection, 1, XG_REQUEST_wl_display_get_registry, "o", UINT64_C(2));
	assert(guest->compositor_name && guest->shm_name);
	test_guest_request(guest, connection, 2, XG_REQUEST_wl_registry_bind, "usuo",
		guest->compositor_name, "wl_compositor", 4, UINT64_C(3));
	test_guest_request(guest, connection, 2, XG_REQUEST_wl_registry_bind, "usuo",
		guest->shm_name, "wl_shm", 1, UINT64_C(4));
}

void test_guest_catch_log(struct test_guest *guest)
{
	guest->stderr_fd = dup(STDERR_FILENO);
	guest->log_fd = memfd_create("log", MFD_CLOEXEC);
	dup2(guest->log_fd, STDERR_FILENO);
}

void test_guest_caught_log(struct test_guest *guest, char *text, size_t size)
{
	dup2(guest->stderr_fd, STDERR_FILENO);
	const ssize_t got = pread(guest->log_fd, text, size - 1, 0);
	text[got > 0 ? got : 0] = 0;
	close(guest->stderr_fd);
	close(guest->log_fd);
	guest->stderr_fd = -1;
}

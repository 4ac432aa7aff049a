/* SPDX-License-Identifier: MIT */
/* What keeps guests apart, and how they come and go. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <cmocka.h>

#include "client.h"

#define GREEN  0xff00ff00
#define YELLOW 0xffffff00
#define LEFT   11
#define TOP    34
#define SECOND (LEFT + 200 + 3 + 8 + 3)
#define THIRD  (SECOND + 200 + 3 + 8 + 3)

static void only_dom0_sees_the_screen_and_plays_its_devices(void **state)
{
	const struct server *server = *state;
	struct client user, red;

	client_connect(&user, server, NULL);
	client_connect(&red, server, server->red);
	assert_non_null(user.screencopy);
	assert_non_null(user.input);
	assert_null(red.screencopy);
	assert_null(red.input);
	client_disconnect(&red);
	client_disconnect(&user);
}

/* What the source was asked for. */
struct source {
	struct wl_data_source *source;
	int cancels, finishes, drops, sends;
	bool is_accepted;
	uint32_t action;
};

static void source_target(void *data, struct wl_data_source *source, const char *type)
{
	struct source *kept = data;

	kept->is_accepted = type;
}

static void source_send(void *data, struct wl_data_source *source, const char *type, int32_t fd)
{
	struct source *kept = data;

	kept->sends++;
	assert_int_equal(write(fd, "secret", 6), 6);
	close(fd);
}

static void source_cancelled(void *data, struct wl_data_source *source)
{
	struct source *kept = data;

	kept->cancels++;
}

static void source_dropped(void *data, struct wl_data_source *source)
{
	struct source *kept = data;

	kept->drops++;
}

static void source_finished(void *data, struct wl_data_source *source)
{
	struct source *kept = data;

	kept->finishes++;
}

static void source_action(void *data, struct wl_data_source *source, uint32_t action)
{
	struct source *kept = data;

	kept->action = action;
}

static const struct wl_data_source_listener source_listener = {
	.target = source_target,
	.send = source_send,
	.cancelled = source_cancelled,
	.dnd_drop_performed = source_dropped,
	.dnd_finished = source_finished,
	.action = source_action,
};

static void create_source(struct source *source, struct client *client)
{
	*source = (struct source){
		.source = wl_data_device_manager_create_data_source(client->data_manager)};
	wl_data_source_add_listener(source->source, &source_listener, source);
	wl_data_source_offer(source->source, "text/plain");
}

/* Reads what the offer's other end has, which is of that client. */
static void expect_secret(struct client *client, struct wl_data_offer *offer, struct client *owner)
{
	char text[16] = "";
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	wl_data_offer_receive(offer, "text/plain", ends[1]);
	close(ends[1]);
	client_sync(client);
	client_sync(owner);
	assert_int_equal(read(ends[0], text, sizeof(text) - 1), 6);
	assert_string_equal(text, "secret");
	close(ends[0]);
}

static void a_clipboard_is_shared_within_a_guest_alone(void **state)
{
	const struct server *server = *state;
	struct client user, red, blue, other_red;
	struct window windows[3];
	struct source source;

	client_connect(&user, server, NULL);
	client_connect(&red, server, server->red);
	client_connect(&other_red, server, server->red);
	client_connect(&blue, server, server->blue);
	window_open(&windows[0], &blue, 200, 100, YELLOW);
	window_open(&windows[1], &other_red, 200, 100, GREEN);
	window_open(&windows[2], &red, 200, 100, GREEN);
	client_click(&user, THIRD + 10, TOP + 10);
	client_sync(&red);
	create_source(&source, &red);
	wl_data_device_set_selection(red.data_device, source.source, 1);
	client_sync(&red);
	assert_non_null(red.selection);
	client_sync(&blue);
	assert_null(blue.selection);

	/* Blue gets the keyboard, and no offer with it. */
	client_click(&user, LEFT + 10, TOP + 10);
	client_sync(&blue);
	assert_non_null(blue.keyboard_focus);
	assert_null(blue.selection);

	/* Another client of red's does. */
	client_click(&user, SECOND + 10, TOP + 10);
	client_sync(&other_red);
	assert_non_null(other_red.selection);
	expect_secret(&other_red, other_red.selection, &red);
	assert_int_equal(source.sends, 1);
	client_disconnect(&red);

	/* The owner has gone, and what it had with it. */
	client_sync(&other_red);
	client_sync(&other_red);
	assert_null(other_red.selection);
	client_disconnect(&other_red);
	client_disconnect(&blue);
	client_disconnect(&user);
}

static void who_has_no_keyboard_cannot_set_the_clipboard(void **state)
{
	const struct server *server = *state;
	struct client red, other_red;
	struct window windows[2];
	struct source source;

	client_connect(&red, server, server->red);
	client_connect(&other_red, server, server->red);
	window_open(&windows[0], &red, 200, 100, GREEN);
	window_open(&windows[1], &other_red, 200, 100, GREEN);
	create_source(&source, &red);
	wl_data_device_set_selection(red.data_device, source.source, 1);
	client_sync(&red);
	assert_int_equal(source.cancels, 1);
	client_sync(&other_red);
	assert_null(other_red.selection);
	client_disconnect(&red);
	client_disconnect(&other_red);
}

static void a_drag_ends_in_a_drop(void **state)
{
	const struct server *server = *state;
	struct client user, red, other_red;
	struct window windows[2];
	struct source source;

	client_connect(&user, server, NULL);
	client_connect(&red, server, server->red);
	client_connect(&other_red, server, server->red);
	window_open(&windows[0], &red, 200, 100, GREEN);
	window_open(&windows[1], &other_red, 200, 100, YELLOW);
	client_move(&user, LEFT + 10, TOP + 10);
	client_button(&user, true);
	client_sync(&red);
	create_source(&source, &red);
	wl_data_source_set_actions(source.source,
		WL_DATA_DEVICE_MANAGER_DND_ACTION_COPY | WL_DATA_DEVICE_MANAGER_DND_ACTION_MOVE);
	wl_data_device_start_drag(
		red.data_device, source.source, windows[0].surface, NULL, red.button_serial);
	client_sync(&red);
	client_move(&user, SECOND + 20, TOP + 20);
	client_sync(&other_red);
	assert_non_null(other_red.drag_offer);
	wl_data_offer_accept(other_red.drag_offer, other_red.enter_serial, "text/plain");
	wl_data_offer_set_actions(other_red.drag_offer, WL_DATA_DEVICE_MANAGER_DND_ACTION_MOVE,
		WL_DATA_DEVICE_MANAGER_DND_ACTION_MOVE);
	client_sync(&other_red);
	client_sync(&red);
	assert_true(source.is_accepted);
	assert_int_equal(source.action, WL_DATA_DEVICE_MANAGER_DND_ACTION_MOVE);

	struct wl_data_offer *offer = other_red.drag_offer;
	client_button(&user, false);
	client_sync(&other_red);
	client_sync(&red);
	assert_int_equal(other_red.drops, 1);
	assert_int_equal(source.drops, 1);
	expect_secret(&other_red, offer, &red);
	wl_data_offer_finish(offer);
	client_sync(&other_red);
	client_sync(&red);
	assert_int_equal(source.finishes, 1);
	assert_int_equal(source.cancels, 0);
	client_disconnect(&red);
	client_disconnect(&other_red);
	client_disconnect(&user);
}

static void a_drag_is_nothing_to_another_guest(void **state)
{
	const struct server *server = *state;
	struct client user, red, blue;
	struct window windows[2];
	struct source source;

	client_connect(&user, server, NULL);
	client_connect(&red, server, server->red);
	client_connect(&blue, server, server->blue);
	window_open(&windows[0], &red, 200, 100, GREEN);
	window_open(&windows[1], &blue, 200, 100, YELLOW);
	client_move(&user, LEFT + 10, TOP + 10);
	client_button(&user, true);
	client_sync(&red);
	create_source(&source, &red);
	wl_data_source_set_actions(source.source, WL_DATA_DEVICE_MANAGER_DND_ACTION_COPY);
	wl_data_device_start_drag(
		red.data_device, source.source, windows[0].surface, NULL, red.button_serial);
	client_sync(&red);
	assert_int_equal(red.drag_enters, 1);
	client_move(&user, SECOND + 20, TOP + 20);
	client_button(&user, false);
	client_sync(&blue);
	client_sync(&red);
	assert_int_equal(blue.drag_enters, 0);
	assert_int_equal(blue.drops, 0);
	assert_int_equal(source.cancels, 1);
	client_disconnect(&red);
	client_disconnect(&blue);
	client_disconnect(&user);
}

static int control_connect(const struct server *server)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	const int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);

	strcpy(address.sun_path, server->control);
	assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	return fd;
}

/* Sends one command, with a descriptor unless that is -1, and compares the answer's beginning. */
static void control(int control_fd, const char *command, int fd, const char *answer)
{
	char text[256] = "";
	_Alignas(struct cmsghdr) char rights[CMSG_SPACE(sizeof(int))] = {0};
	struct iovec bytes = {(void *)command, strlen(command)};
	struct msghdr message = {.msg_iov = &bytes, .msg_iovlen = 1};

	if (fd >= 0) {
		message.msg_control = rights;
		message.msg_controllen = sizeof(rights);
		struct cmsghdr *part = CMSG_FIRSTHDR(&message);
		part->cmsg_level = SOL_SOCKET;
		part->cmsg_type = SCM_RIGHTS;
		part->cmsg_len = CMSG_LEN(sizeof(int));
		memcpy(CMSG_DATA(part), &fd, sizeof(int));
	}
	assert_int_equal(sendmsg(control_fd, &message, MSG_NOSIGNAL), strlen(command));
	assert_true(recv(control_fd, text, sizeof(text) - 1, 0) > 0);
	assert_memory_equal(text, answer, strlen(answer));
}

static int listen_at(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	strcpy(address.sun_path, path);
	assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	assert_int_equal(listen(fd, 4), 0);
	return fd;
}

static void a_guest_comes_and_goes_by_the_control_socket(void **state)
{
	const struct server *server = *state;
	struct client user, client;
	struct window window;
	struct stat status;
	char path[100];

	snprintf(path, sizeof(path), "%s/late", server->folder);
	assert_int_equal(stat(server->control, &status), 0);
	assert_int_equal(status.st_mode & 077, 0);

	const int control_fd = control_connect(server);
	const int fd = listen_at(path);
	control(control_fd, "guest late 00ffff", fd, "ok");
	close(fd);
	client_connect(&user, server, NULL);
	client_connect(&client, server, path);
	window_open(&window, &client, 200, 100, GREEN);
	assert_int_equal(screen_at(&user, LEFT - 2, TOP + 50), 0xff00ffff);

	control(control_fd, "remove late", -1, "ok");
	assert_int_equal(wl_display_roundtrip(client.display), -1);
	assert_int_equal(screen_find(&user, GREEN).count, 0);
	client_disconnect(&client);
	client_disconnect(&user);
	close(control_fd);
	unlink(path);
}

/* Adds a guest, and opens a window of its. */
static void add_with_window(struct client *client, struct window *window,
	const struct server *server, int control_fd, const char *name, const char *clipboard)
{
	char path[100], command[64];

	snprintf(path, sizeof(path), "%s/%s", server->folder, name);
	snprintf(command, sizeof(command), "guest %s 00ffff %s", name, clipboard);

	const int fd = listen_at(path);
	control(control_fd, command, fd, "ok");
	close(fd);
	client_connect(client, server, path);
	window_open(window, client, 200, 100, GREEN);
	unlink(path);
}

static void copy(struct client *client, struct source *source)
{
	create_source(source, client);
	wl_data_device_set_selection(client->data_device, source->source, 1);
	client_sync(client);
	assert_non_null(client->selection);
}

static void a_clipboard_is_shared_as_the_guests_were_added(void **state)
{
	const struct server *server = *state;
	struct client user, copier, paster, other;
	struct window windows[3];
	struct source first, second, third;
	const int control_fd = control_connect(server);

	client_connect(&user, server, NULL);
	add_with_window(&paster, &windows[0], server, control_fd, "paster", "paste");
	add_with_window(&copier, &windows[1], server, control_fd, "copier", "copy");
	add_with_window(&other, &windows[2], server, control_fd, "other", "no");

	/* What one copies who may, comes to who may paste. */
	client_click(&user, SECOND + 10, TOP + 10);
	client_sync(&copier);
	copy(&copier, &first);
	client_click(&user, THIRD + 10, TOP + 10);
	client_sync(&other);
	assert_null(other.selection);
	client_click(&user, LEFT + 10, TOP + 10);
	client_sync(&paster);
	assert_non_null(paster.selection);
	expect_secret(&paster, paster.selection, &copier);

	/* Who may paste alone replaces what it sees itself. */
	copy(&paster, &second);
	client_sync(&copier);
	assert_int_equal(first.cancels, 0);
	client_click(&user, SECOND + 10, TOP + 10);
	client_sync(&copier);
	expect_secret(&copier, copier.selection, &copier);

	/* A copy that nobody can see any more is cancelled, and goes with its owner. */
	copy(&copier, &third);
	assert_int_equal(first.cancels, 1);
	client_sync(&paster);
	assert_int_equal(second.cancels, 1);
	client_disconnect(&copier);
	client_click(&user, LEFT + 10, TOP + 10);
	client_sync(&paster);
	client_sync(&paster);
	assert_null(paster.selection);

	/* A guest that goes leaves what others copied. */
	control(control_fd, "remove paster", -1, "ok");
	client_click(&user, LEFT + 10, TOP + 10);
	client_sync(&other);
	client_disconnect(&other);
	client_disconnect(&paster);
	client_disconnect(&user);
	close(control_fd);
}

static void the_control_socket_refuses_what_makes_no_sense(void **state)
{
	const struct server *server = *state;
	struct client client;
	int ends[2];

	const int control_fd = control_connect(server);
	assert_int_equal(pipe(ends), 0);
	control(control_fd, "guest x 00ffff", -1, "error: a listening socket");
	control(control_fd, "guest x 00ffff", ends[0], "error: what is attached is no");
	control(control_fd, "guest red 00ffff", ends[0], "error: that name is taken");
	control(control_fd, "guest a/b 00ffff", ends[0], "error: a name has");
	control(control_fd, "guest x 00fffg", ends[0], "error: a colour reads");
	control(control_fd, "guest x 00ffff maybe", ends[0], "error: a clipboard is");
	control(control_fd, "remove dom0", -1, "error: no such guest");
	control(control_fd, "remove nobody", -1, "error: no such guest");
	control(control_fd, "dance", ends[0], "error: commands are");
	control(control_fd, " ", -1, "error: commands are");
	close(ends[0]);
	close(ends[1]);
	close(control_fd);
	client_connect(&client, server, server->red);
	client_disconnect(&client);
}

#define ON_A_SERVER(test) cmocka_unit_test_setup_teardown(test, server_setup, server_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_A_SERVER(only_dom0_sees_the_screen_and_plays_its_devices),
		ON_A_SERVER(a_clipboard_is_shared_within_a_guest_alone),
		ON_A_SERVER(who_has_no_keyboard_cannot_set_the_clipboard),
		ON_A_SERVER(a_drag_ends_in_a_drop),
		ON_A_SERVER(a_drag_is_nothing_to_another_guest),
		ON_A_SERVER(a_guest_comes_and_goes_by_the_control_socket),
		ON_A_SERVER(a_clipboard_is_shared_as_the_guests_were_added),
		ON_A_SERVER(the_control_socket_refuses_what_makes_no_sense),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

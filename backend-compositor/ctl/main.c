/* SPDX-License-Identifier: MIT */
/* xenglassctl: sends xenglassd one command (daemon/control.h) and prints the answer. */
#include <errno.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define SOCKET_DEFAULT "/run/xenglassd/ctl"

enum { ANSWER_MAX = 65536, COMMAND_MAX = 255 };

static const char help_text[] =
	"usage: xenglassctl [--socket PATH] COMMAND\n"
	"\n"
	"  attach DOMAIN       give the domain its device; the policy must name it\n"
	"  detach DOMAIN       take it back, with all that the guest shows\n"
	"  list                each domain of the policy that is there, and each guest of this\n"
	"                      machine: its name and number, how it stands, and its host process\n"
	"  stats GUEST         what its host process uses, and how much it may\n"
	"\n"
	"  --socket PATH       where xenglassd listens (default " SOCKET_DEFAULT ")\n"
	"  --help, --version   print this, or the version\n";

static const struct {
	const char *verb;
	bool takes_name;
} commands[] = {{"attach", true}, {"detach", true}, {"list", false}, {"stats", true}};

/* The command of the words that are left. False, with one line, if there is none. */
static bool make_command(char *command, size_t size, int count, char **words)
{
	for (size_t i = 0; count > 0 && i < sizeof(commands) / sizeof(commands[0]); i++) {
		const bool takes_name = commands[i].takes_name;

		if (strcmp(commands[i].verb, words[0]) != 0)
			continue;
		if (count != 1 + takes_name || (takes_name && words[1][0] == '\0')) {
			fprintf(stderr, "xenglassctl: %s takes %s\n", words[0],
				takes_name ? "one name" : "no name");
			return false;
		}
		if ((size_t)snprintf(command, size, "%s%s%s", words[0], takes_name ? " " : "",
			    takes_name ? words[1] : "") < size)
			return true;
		fputs("xenglassctl: the name is too long\n", stderr);
		return false;
	}
	fputs("xenglassctl: give one command; see xenglassctl --help\n", stderr);
	return false;
}

static int ask(const char *path, const char *command)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	static char answer[ANSWER_MAX];
	const int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);

	if (strlen(path) >= sizeof(address.sun_path)) {
		fprintf(stderr, "xenglassctl: the path %s is too long\n", path);
		return 2;
	}
	strcpy(address.sun_path, path);
	if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0 ||
		send(fd, command, strlen(command), MSG_NOSIGNAL) < 0 ||
		recv(fd, answer, sizeof(answer) - 1, 0) <= 0) {
		fprintf(stderr, "xenglassctl: xenglassd does not answer at %s: %s\n", path,
			strerror(errno));
		return EXIT_FAILURE;
	}
	if (strncmp(answer, "ok\n", 3) == 0) {
		fputs(answer + 3, stdout);
		return EXIT_SUCCESS;
	}
	fprintf(stderr, "xenglassctl: %s", answer + strcspn(answer, " ") + 1);
	return EXIT_FAILURE;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{"socket", required_argument, NULL, 's'},
		{"help", no_argument, NULL, 'h'},
		{"version", no_argument, NULL, 'v'},
		{0},
	};
	const char *path = SOCKET_DEFAULT;
	char command[COMMAND_MAX];
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == 'h' || option == 'v') {
			fputs(option == 'h' ? help_text : "xenglassctl " XG_VERSION "\n", stdout);
			return EXIT_SUCCESS;
		}
		if (option != 's')
			return 2;
		path = optarg;
	}
	if (!make_command(command, sizeof(command), argc - optind, argv + optind))
		return 2;
	return ask(path, command);
}

/* SPDX-License-Identifier: MIT */
/* See policy.h. The text is cut into words in place; what points at them lives as long. */
#include "policy.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "options.h"

#define MODULE "policy"

enum { TEXT_MAX = 1 << 20 };

static char *read_text(const char *path)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	char *text = fd < 0 ? NULL : calloc(1, TEXT_MAX + 1);
	const ssize_t size = text ? read(fd, text, TEXT_MAX) : -1;

	if (size < 0) {
		xg_log(XG_LOG_ERROR, MODULE, "cannot read %s: %s", path, strerror(errno));
		free(text);
		text = NULL;
	}
	if (fd >= 0)
		close(fd);
	return text;
}

/* Takes key=value; what is wrong with it, or NULL. */
static const char *take_setting(struct xg_policy_guest *guest, const char *word)
{
	if (strncmp(word, "colour=", 7) == 0) {
		guest->colour = word + 7;
		return xg_daemon_is_colour(guest->colour) ? NULL
							  : "a colour is six hexadecimal digits";
	}
	if (strncmp(word, "label=", 6) == 0) {
		guest->label = word + 6;
		return NULL;
	}
	if (strncmp(word, "backend=", 8) == 0) {
		guest->backend = word + 8;
		return guest->backend[0] ? NULL : "a backend is the name of a domain";
	}
	if (strncmp(word, "clipboard=", 10) == 0) {
		guest->clipboard = word + 10;
		return xg_daemon_is_clipboard(guest->clipboard)
			       ? NULL
			       : "a clipboard is one of no, copy, paste and yes";
	}
	if (strncmp(word, "quota.", 6) == 0) {
		if (guest->quota_count == XG_POLICY_QUOTAS_MAX)
			return "these are too many quotas";
		guest->quotas[guest->quota_count++] = word + 6;
		return strchr(word, '=') ? NULL : "a quota is NAME=VALUE";
	}
	guest->is_attached = false;
	return strcmp(word, "attach=no") == 0 ? NULL : "there is no such setting";
}

/* What is wrong with the line, or NULL. */
static const char *take_line(struct xg_policy *policy, char *line)
{
	struct xg_policy_guest *guest = NULL;
	const char *problem = NULL;

	line[strcspn(line, "#")] = '\0';
	for (char *word; !problem && (word = strsep(&line, " \t\r"));) {
		if (word[0] == '\0')
			continue;
		if (guest) {
			problem = take_setting(guest, word);
			continue;
		}
		if (xg_policy_find(policy, word))
			return "this domain has a line already";
		guest = calloc(1, sizeof(*guest));
		if (!guest)
			abort();
		guest->name = guest->label = word;
		guest->is_attached = true;
		guest->next = policy->guests;
		policy->guests = guest;
	}
	if (guest && !problem && !xg_daemon_is_name(guest->label))
		problem = "a label, which is else the name, is up to 20 letters, digits, - and _";
	return problem;
}

bool xg_policy_read(struct xg_policy *policy, const char *path)
{
	char *rest = policy->text = read_text(path);
	unsigned number = 0;

	policy->guests = NULL;
	if (!rest)
		return false;
	for (char *line; (line = strsep(&rest, "\n"));) {
		const char *problem = take_line(policy, line);

		number++;
		if (!problem)
			continue;
		xg_log(XG_LOG_ERROR, MODULE, "%s:%u: %s", path, number, problem);
		xg_policy_finish(policy);
		return false;
	}
	return true;
}

void xg_policy_finish(struct xg_policy *policy)
{
	while (policy->guests) {
		struct xg_policy_guest *guest = policy->guests;

		policy->guests = guest->next;
		free(guest);
	}
	free(policy->text);
	policy->text = NULL;
}

const struct xg_policy_guest *xg_policy_find(const struct xg_policy *policy, const char *name)
{
	for (const struct xg_policy_guest *guest = policy->guests; guest; guest = guest->next) {
		if (strcmp(guest->name, name) == 0)
			return guest;
	}
	return NULL;
}

/* SPDX-License-Identifier: MIT */
/* See fake_store.h. Nodes are a list, watches mark a handle's eventfd. */
#include "fake_store.h"

#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "link/xen_store.h"

enum { WATCHES_MAX = 32, HANDLES_MAX = 8 };

struct node {
	struct node *next;
	char path[XG_STORE_PATH_SIZE];
	char *text;
	int owner, reader; /* -1: not said */
};

struct xg_store {
	unsigned domain;
	char home[64];
	int event_fd;
	char watches[WATCHES_MAX][XG_STORE_PATH_SIZE];
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct node *nodes;
static struct xg_store *handles[HANDLES_MAX];
static unsigned current_domain;
static _Atomic unsigned denials;

static bool is_under(const char *path, const char *folder)
{
	const size_t length = strlen(folder);

	return strncmp(path, folder, length) == 0 && (path[length] == '\0' || path[length] == '/');
}

static void notify(const char *path)
{
	for (int i = 0; i < HANDLES_MAX; i++) {
		for (int j = 0; handles[i] && j < WATCHES_MAX; j++) {
			const char *watch = handles[i]->watches[j];

			if (watch[0] != '\0' && (is_under(path, watch) || is_under(watch, path)))
				eventfd_write(handles[i]->event_fd, 1);
		}
	}
}

static struct node *find(const char *path)
{
	struct node *node = nodes;

	while (node && strcmp(node->path, path) != 0)
		node = node->next;
	return node;
}

/* What the path, if it is there, or the folder that it is made in is permitted to. */
static void find_permissions(const char *path, int *owner, int *reader)
{
	char folder[XG_STORE_PATH_SIZE];
	const struct node *node;
	char *slash;

	*owner = *reader = -1;
	strcpy(folder, path);
	while (!(node = find(folder)) && (slash = strrchr(folder, '/')))
		*slash = '\0';
	if (node) {
		*owner = node->owner;
		*reader = node->reader;
	}
}

/* With the lock held. */
static bool is_allowed(const struct xg_store *store, const char *path, bool is_writing)
{
	const int domain = (int)store->domain;
	int owner, reader;

	find_permissions(path, &owner, &reader);
	if (domain == 0 || owner == domain ||
		(!is_writing && (reader == domain || is_under(path, store->home))))
		return true;
	denials++;
	return false;
}

static void set(const char *path, const char *text)
{
	struct node *node = find(path);

	if (!node) {
		node = calloc(1, sizeof(*node));
		assert(node);
		snprintf(node->path, sizeof(node->path), "%s", path);
		find_permissions(path, &node->owner, &node->reader);
		node->next = nodes;
		nodes = node;
	}
	free(node->text);
	node->text = strdup(text);
	notify(path);
}

static void unset(const char *path)
{
	for (struct node **at = &nodes; *at;) {
		struct node *node = *at;

		if (!is_under(node->path, path)) {
			at = &node->next;
			continue;
		}
		*at = node->next;
		free(node->text);
		free(node);
	}
	notify(path);
}

void fake_store_reset(void)
{
	/* Each path begins with a slash. */
	unset("");
	current_domain = 0;
	denials = 0;
}

void fake_store_set(const char *path, const char *text)
{
	pthread_mutex_lock(&lock);
	if (text)
		set(path, text);
	else
		unset(path);
	pthread_mutex_unlock(&lock);
}

void fake_store_announce(const char *name)
{
	pthread_mutex_lock(&lock);
	notify(name);
	pthread_mutex_unlock(&lock);
}

const char *fake_store_get(const char *path)
{
	pthread_mutex_lock(&lock);

	const struct node *node = find(path);

	pthread_mutex_unlock(&lock);
	return node ? node->text : "";
}

bool fake_store_is_permitted(const char *path, unsigned owner, unsigned reader)
{
	const struct node *node = find(path);

	return node && node->owner == (int)owner && node->reader == (int)reader;
}

bool fake_store_is_watched(const char *path)
{
	bool is_watched = false;

	pthread_mutex_lock(&lock);
	for (int i = 0; i < HANDLES_MAX; i++) {
		for (int j = 0; handles[i] && j < WATCHES_MAX; j++) {
			const char *watch = handles[i]->watches[j];

			is_watched |= watch[0] != '\0' && is_under(path, watch);
		}
	}
	pthread_mutex_unlock(&lock);
	return is_watched;
}

void fake_store_become(unsigned domain)
{
	current_domain = domain;
}

unsigned fake_store_denials(void)
{
	return denials;
}

struct xg_store *xg_store_open(void)
{
	struct xg_store *store = calloc(1, sizeof(*store));
	int i = 0;

	assert(store);
	store->domain = current_domain;
	snprintf(store->home, sizeof(store->home), "/local/domain/%u", current_domain);
	store->event_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	pthread_mutex_lock(&lock);
	while (handles[i])
		i++;
	assert(i < HANDLES_MAX);
	handles[i] = store;
	pthread_mutex_unlock(&lock);
	return store;
}

void xg_store_close(struct xg_store *store)
{
	if (!store)
		return;
	pthread_mutex_lock(&lock);
	for (int i = 0; i < HANDLES_MAX; i++) {
		if (handles[i] == store)
			handles[i] = NULL;
	}
	pthread_mutex_unlock(&lock);
	close(store->event_fd);
	free(store);
}

static void join(const struct xg_store *store, char path[XG_STORE_PATH_SIZE], const char *folder,
	const char *node)
{
	const char *home =
		folder[0] == '/' || node[0] == '/' || folder[0] == '@' ? "" : store->home;

	snprintf(path, XG_STORE_PATH_SIZE, "%s%s%s%s%s", home, home[0] ? "/" : "", folder,
		folder[0] && node[0] ? "/" : "", node);
}

char *xg_store_read(struct xg_store *store, const char *folder, const char *name)
{
	char path[XG_STORE_PATH_SIZE];

	join(store, path, folder, name);
	pthread_mutex_lock(&lock);

	const struct node *node = find(path);
	char *text = node && is_allowed(store, path, false) ? strdup(node->text) : NULL;

	pthread_mutex_unlock(&lock);
	return text;
}

static bool change(struct xg_store *store, const char *path, const char *text)
{
	pthread_mutex_lock(&lock);

	const bool is_mine = is_allowed(store, path, true);

	if (is_mine && text)
		set(path, text);
	else if (is_mine)
		unset(path);
	pthread_mutex_unlock(&lock);
	return is_mine;
}

bool xg_store_write(struct xg_store *store, const char *folder, const char *node, const char *text)
{
	char path[XG_STORE_PATH_SIZE];

	join(store, path, folder, node);
	return change(store, path, text);
}

void xg_store_remove(struct xg_store *store, const char *path)
{
	change(store, path, NULL);
}

bool xg_store_permit(struct xg_store *store, const char *path, uint16_t owner, uint16_t reader)
{
	pthread_mutex_lock(&lock);

	struct node *node = find(path);

	assert(node);
	node->owner = owner;
	node->reader = reader;
	pthread_mutex_unlock(&lock);
	return true;
}

void xg_store_list(struct xg_store *store, const char *folder,
	void (*take)(void *data, const char *untrusted_name), void *data)
{
	char names[64][64];
	int count = 0;
	const size_t length = strlen(folder);

	pthread_mutex_lock(&lock);
	for (const struct node *node = is_allowed(store, folder, false) ? nodes : NULL; node;
		node = node->next) {
		char name[64];
		int i = 0;

		if (!is_under(node->path, folder) || node->path[length] == '\0')
			continue;
		snprintf(name, sizeof(name), "%.*s", (int)strcspn(node->path + length + 1, "/"),
			node->path + length + 1);
		while (i < count && strcmp(names[i], name) != 0)
			i++;
		assert(i < 64);
		if (i == count)
			strcpy(names[count++], name);
	}
	pthread_mutex_unlock(&lock);
	for (int i = 0; i < count; i++)
		take(data, names[i]);
}

bool xg_store_watch(struct xg_store *store, const char *path)
{
	char whole[XG_STORE_PATH_SIZE];
	int i = 0;

	join(store, whole, path, "");
	pthread_mutex_lock(&lock);
	while (store->watches[i][0] != '\0')
		i++;
	assert(i < WATCHES_MAX);
	strcpy(store->watches[i], whole);
	pthread_mutex_unlock(&lock);
	eventfd_write(store->event_fd, 1);
	return true;
}

void xg_store_unwatch(struct xg_store *store, const char *path)
{
	for (int i = 0; i < WATCHES_MAX; i++) {
		if (strcmp(store->watches[i], path) == 0)
			store->watches[i][0] = '\0';
	}
}

int xg_store_fd(const struct xg_store *store)
{
	return store->event_fd;
}

void xg_store_clear(struct xg_store *store)
{
	eventfd_t count;

	eventfd_read(store->event_fd, &count);
}

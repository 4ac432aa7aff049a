/* SPDX-License-Identifier: MIT */
/* See stream_group.h. */
#include "stream_group.h"

#include <assert.h>
#include <errno.h>
#include <linux/membarrier.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <unistd.h>

struct xg_stream_group {
	_Atomic uint32_t references;
	_Atomic uint64_t bytes[XG_GROUP_ACCOUNTS];
	pthread_mutex_t lock;
	pthread_cond_t changed; /* some member has got on, left or been killed */
	struct xg_group_member *members;
	bool is_killed;
	bool must_fence; /* the kernel has no membarrier */
};

struct xg_stream_group *xg_stream_group_create(void)
{
	struct xg_stream_group *group = calloc(1, sizeof(*group));

	if (!group)
		abort();
	group->references = 1;
	group->must_fence =
		syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0) != 0;
	pthread_mutex_init(&group->lock, NULL);
	pthread_cond_init(&group->changed, NULL);
	return group;
}

void xg_stream_group_unref(struct xg_stream_group *group)
{
	if (atomic_fetch_sub(&group->references, 1) != 1)
		return;
	pthread_cond_destroy(&group->changed);
	pthread_mutex_destroy(&group->lock);
	free(group);
}

static void raise_fd(int fd)
{
	const uint64_t one = 1;

	while (write(fd, &one, sizeof(one)) < 0 && errno == EINTR)
		;
}

/* With the lock held. */
static void kill_member(struct xg_group_member *member)
{
	atomic_store(&member->is_killed, true);
	raise_fd(member->wake_fd);
}

void xg_stream_group_kill(struct xg_stream_group *group)
{
	pthread_mutex_lock(&group->lock);
	group->is_killed = true;
	for (struct xg_group_member *m = group->members; m; m = m->next)
		kill_member(m);
	pthread_cond_broadcast(&group->changed);
	pthread_mutex_unlock(&group->lock);
}

/* With the lock held. */
static struct xg_group_member *find(struct xg_stream_group *group, uint32_t id)
{
	struct xg_group_member *member = group->members;

	while (member && member->id != id)
		member = member->next;
	return member;
}

static const char *check_join(struct xg_stream_group *group, uint32_t id, uint32_t limit)
{
	uint32_t count = 0;

	if (id == 0 || find(group, id))
		return "stream: the number is taken";
	for (const struct xg_group_member *m = group->members; m; m = m->next)
		count++;
	return count >= limit ? "stream: too many streams" : NULL;
}

bool xg_group_join(struct xg_stream_group *group, struct xg_group_member *member, uint32_t limit,
	const char **rule)
{
	member->group = group;
	member->must_fence = group->must_fence;
	atomic_store(&member->wake_at, UINT64_MAX);
	member->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (member->wake_fd < 0) {
		*rule = "stream: no file descriptor is left";
		return false;
	}
	pthread_mutex_lock(&group->lock);
	*rule = check_join(group, member->id, limit);
	if (!*rule) {
		member->next = group->members;
		group->members = member;
		if (group->is_killed)
			kill_member(member);
	}
	pthread_mutex_unlock(&group->lock);
	if (*rule) {
		close(member->wake_fd);
		return false;
	}
	atomic_fetch_add(&group->references, 1);
	return true;
}

void xg_group_leave(struct xg_group_member *member)
{
	struct xg_stream_group *group = member->group;

	pthread_mutex_lock(&group->lock);
	for (struct xg_group_member **at = &group->members; *at; at = &(*at)->next) {
		if (*at == member) {
			*at = member->next;
			break;
		}
	}
	pthread_cond_broadcast(&group->changed);
	pthread_mutex_unlock(&group->lock);
	close(member->wake_fd);
	xg_stream_group_unref(group);
}

/* Who the member really waits for now: not one that has got there already. With the lock held. */
static struct xg_group_member *awaited(const struct xg_group_member *member)
{
	struct xg_group_member *other =
		member->awaited_stream ? find(member->group, member->awaited_stream) : NULL;

	return other && atomic_load(&other->done) < member->awaited_position ? other : NULL;
}

/* Each waits for one other only, so the chain is followed to its end or back. */
static bool closes_circle(const struct xg_group_member *member)
{
	const struct xg_group_member *other = awaited(member);

	/* A circle that does not contain the member was refused when it was closed. */
	while (other && other != member)
		other = awaited(other);
	return other != NULL;
}

enum xg_group_wait xg_group_wait(
	struct xg_group_member *member, uint32_t untrusted_stream, uint64_t untrusted_position)
{
	struct xg_stream_group *group = member->group;
	enum xg_group_wait outcome = XG_GROUP_REACHED;
	bool has_poked = false;

	pthread_mutex_lock(&group->lock);
	member->awaited_stream = untrusted_stream;
	member->awaited_position = untrusted_position;
	for (;;) {
		struct xg_group_member *other = awaited(member);

		if (!other)
			break;
		if (atomic_load(&member->is_killed)) {
			outcome = XG_GROUP_KILLED;
			break;
		}
		if (closes_circle(member)) {
			outcome = XG_GROUP_CIRCLE;
			break;
		}
		if (atomic_load(&other->wake_at) > untrusted_position)
			atomic_store(&other->wake_at, untrusted_position);
		/* Partner: xg_group_reached, which stores done and then loads wake_at. */
		if (!group->must_fence)
			syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0);
		if (atomic_load(&other->done) >= untrusted_position)
			break;
		/* The position is published, but its guest need not have woken its replay. */
		if (!has_poked)
			raise_fd(other->wake_fd);
		has_poked = true;
		pthread_cond_wait(&group->changed, &group->lock);
	}
	member->awaited_stream = 0;
	pthread_mutex_unlock(&group->lock);
	return outcome;
}

void xg_group_wake(struct xg_group_member *member)
{
	struct xg_stream_group *group = member->group;

	pthread_mutex_lock(&group->lock);
	/* Those who still wait write it again. */
	atomic_store(&member->wake_at, UINT64_MAX);
	pthread_cond_broadcast(&group->changed);
	pthread_mutex_unlock(&group->lock);
}

bool xg_group_reserve(struct xg_stream_group *group, enum xg_group_account account, uint64_t bytes,
	uint64_t limit)
{
	const uint64_t before = atomic_fetch_add(&group->bytes[account], bytes);

	if (before + bytes <= limit)
		return true;
	atomic_fetch_sub(&group->bytes[account], bytes);
	return false;
}

void xg_group_release(struct xg_stream_group *group, enum xg_group_account account, uint64_t bytes)
{
	atomic_fetch_sub(&group->bytes[account], bytes);
}

/** @file world.h  The first seam, explored: the world is played. In place of
 * 01-context/world.h.
 *
 * Memory comes zeroed and is never given out twice; a guard always works. Time
 * stands until nobody can do anything, and then goes on to when somebody wakes
 * up. Sleeping, waking and beginning a thread are points where others may go
 * first, and what a thread has stored is seen by all from then on: the kernel
 * orders it.
 */
#ifndef WORLD_H
#define WORLD_H

#include <errno.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#include "explore.h"
#include "worldcalls.h"

static inline void *
world_map(size_t bytes)
{
    return explore_memory(bytes);
}

// A piece has its size in front, so that its end is known when it is freed.
static inline void *
world_alloc(size_t bytes)
{
    size_t *piece = explore_memory(bytes + 16);

    if (piece == NULL)
        return NULL;
    piece[0] = bytes + 16;
    return piece + 2;
}

static inline void
world_free(void *piece)
{
    size_t *start = (size_t *)piece - 2;

    explore_free(start, start[0]);
}

static inline int
world_yes(void *pages, size_t bytes)
{
    (void)pages;
    (void)bytes;
    return 0;
}

static inline int
world_unmap(void *pages, size_t bytes)
{
    explore_free(pages, bytes);
    return 0;
}

static inline size_t
world_page_size(void)
{
    return 4096;
}

static inline int
world_guard_regions(const struct iovec *place, int n)
{
    (void)place;
    (void)n;
    return 0;
}

static inline int
world_resident(void *pages, size_t bytes, unsigned char *resident)
{
    (void)pages;
    memset(resident, 1, bytes / 4096);
    return 0;
}

static inline size_t
world_signal_frame(void)
{
    return 4096;
}

static inline int
world_signal_stack(const stack_t *stack, stack_t *old)
{
    (void)stack;
    if (old != NULL)
        memset(old, 0, sizeof(*old));
    return 0;
}

static inline int
world_on_signal(int sig, const struct sigaction *action, struct sigaction *old)
{
    (void)sig;
    (void)action;
    if (old != NULL)
        memset(old, 0, sizeof(*old));
    return 0;
}

static inline int
world_signal_mask(uint64_t *mask)
{
    *mask = 0;
    return 0;
}

// Nobody is interrupted: what would be, comes to a checkpoint.
static inline int
world_signal_thread(int thread, int sig)
{
    (void)thread;
    (void)sig;
    return 0;
}

static inline bool
world_shadow_stack(void)
{
    return false;
}

static inline int
world_thread_id(void)
{
    return 0;
}

static inline int64_t
world_thread_computed(int thread)
{
    (void)thread;
    return explore_now();
}

static inline unsigned long
world_auxiliary(unsigned long type)
{
    (void)type;
    return 0;
}

// Each check says how many p's it wants. A dump would only take time.
static inline const char *
world_environment(const char *name)
{
    if (strcmp(name, "GOTRACEBACK") == 0)
        return "none";
    return strcmp(name, "GOMAXPROCS") == 0 ? explore_procs() : NULL;
}

static inline int64_t
world_now(void)
{
    return explore_now();
}

static inline int
world_random(void *buf, size_t bytes)
{
    memset(buf, 7, bytes);
    return 0;
}

static inline int
world_futex_wait(uint32_t *word, uint32_t value, int64_t ns)
{
    explore_call("futex_wait", word, true);
    explore_fence(__ATOMIC_SEQ_CST);
    explore_value(*word);
    if (*word != value) {
        explore_outcome("goes on");
        errno = EAGAIN;
        return -1;
    }
    explore_outcome("sleeps");
    if (explore_sleep(word, value, ns))
        return 0;
    errno = ETIMEDOUT;
    return -1;
}

static inline int
world_futex_wake(uint32_t *word, int n)
{
    // To the kernel the address is a number, by which it finds who sleeps. So a
    // lock may be freed as soon as it is free, while somebody still wakes.
    explore_call("futex_wake", word, false);
    explore_fence(__ATOMIC_SEQ_CST);

    int woken = explore_wake(word, n);

    explore_value((uint64_t)woken);
    return woken;
}

static inline int
world_thread(void *(*fn)(void *), void *arg)
{
    explore_point(__FILE__, __LINE__, "thread", NULL, NULL);
    explore_fence(__ATOMIC_SEQ_CST);
    return explore_begin(fn, arg);
}

static inline void
world_give_way(void)
{
    explore_relax();
}

static inline int
world_fence_all(void)
{
    explore_call("fence_all", NULL, false);
    explore_fence_all();
    return 0;
}

static inline int
world_processors(void)
{
    return 2;
}

static inline int
world_cpu(void)
{
    return 0;
}

static inline ssize_t
world_read_file(const char *path, char *buf, size_t bytes)
{
    (void)path;
    (void)buf;
    (void)bytes;
    errno = ENOENT;
    return -1;
}

static inline const void *
world_map_file(const char *path, size_t *bytes)
{
    (void)path;
    *bytes = 0;
    return NULL;
}

static inline ssize_t
world_program(char *path, size_t bytes)
{
    (void)path;
    (void)bytes;
    return -1;
}

static inline void
world_write(const char *text, size_t bytes)
{
    explore_text(text, bytes);
}

static inline void
world_exit(int status)
{
    explore_exit(status);
}

static const struct world world = {
    .map        = world_map,
    .guard      = world_yes,
    .unmap      = world_unmap,
    .alloc      = world_alloc,
    .free       = world_free,
    .reserve    = world_map,
    .page_size  = world_page_size,
    .guard_regions = world_guard_regions,
    .discard    = world_yes,
    .resident   = world_resident,
    .signal_frame = world_signal_frame,
    .signal_stack = world_signal_stack,
    .on_signal  = world_on_signal,
    .signal_mask = world_signal_mask,
    .signal_thread = world_signal_thread,
    .shadow_stack = world_shadow_stack,
    .environment = world_environment,
    .now        = world_now,
    .now_coarse = world_now,
    .random     = world_random,
    .futex_wait = world_futex_wait,
    .futex_wake = world_futex_wake,
    .thread     = world_thread,
    .thread_id  = world_thread_id,
    .thread_computed = world_thread_computed,
    .give_way   = world_give_way,
    .fence_all  = world_fence_all,
    .processors = world_processors,
    .cpu        = world_cpu,
    .auxiliary  = world_auxiliary,
    .read_file  = world_read_file,
    .map_file   = world_map_file,
    .program    = world_program,
    .write      = world_write,
    .exit       = world_exit,
};

// So that a sleep is shown where the runtime asks for it, and not here.
#define futex_wait(word, value, ns) \
    futex_wait((explore_called(__FILE__, __LINE__, #word), (word)), value, ns)
#define futex_wake(word, n) \
    futex_wake((explore_called(__FILE__, __LINE__, #word), (word)), n)

#endif

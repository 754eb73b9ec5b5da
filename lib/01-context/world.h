/** @file world.h  The first seam: everything that the runtime asks of the world.
 *
 * No other file of the runtime calls the kernel or asks for the time. So a
 * file that stands in for this one decides what the world answers: tests let
 * the n-th call fail, and the schedule explorer has clocks, futexes and
 * threads of its own. (Which m and g is current: getg.h.)
 *
 * The table is constant, so a compiler that optimises calls the functions
 * below directly, and drops those that nobody asks for.
 *
 * Chapters 1 and 2 ask for memory; chapter 3 for threads, futexes and time.
 */
#ifndef WORLD_H
#define WORLD_H

#include <errno.h>
#include <linux/futex.h>
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

// Calls that can fail return -1, or NULL, and say why in errno.
struct world {
    void   *(*map)(size_t bytes);            // zeroed pages
    int     (*guard)(void *page, size_t bytes);  // touching them will fault
    int     (*unmap)(void *pages, size_t bytes);

    int64_t (*now)(void);                    // nanoseconds, never runs back
    int     (*random)(void *buf, size_t bytes);

    // Sleep while *word is still value, at most ns nanoseconds (< 0: no
    // limit). 0 when woken, which may be for no reason.
    int     (*futex_wait)(uint32_t *word, uint32_t value, int64_t ns);
    int     (*futex_wake)(uint32_t *word, int n);    // how many woke up

    int     (*thread)(void *(*fn)(void *), void *arg);   // detached

    void    (*write)(const char *text, size_t bytes);    // standard error
    void    (*exit)(int status);             // does not return
};

static inline void *
world_map(size_t bytes)
{
    void *p = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    return p == MAP_FAILED ? NULL : p;
}

static inline int
world_guard(void *page, size_t bytes)
{
    return mprotect(page, bytes, PROT_NONE);
}

static inline int
world_unmap(void *pages, size_t bytes)
{
    return munmap(pages, bytes);
}

static inline int64_t
world_now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static inline int
world_random(void *buf, size_t bytes)
{
    char *p = buf;

    while (bytes > 0) {
        ssize_t n = getrandom(p, bytes, 0);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        p += n;
        bytes -= (size_t)n;
    }
    return 0;
}

static inline int
world_futex_wait(uint32_t *word, uint32_t value, int64_t ns)
{
    struct timespec limit = {
        .tv_sec = ns / 1000000000,
        .tv_nsec = ns % 1000000000,
    };

    return (int)syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, value,
                        ns < 0 ? NULL : &limit, NULL, 0);
}

static inline int
world_futex_wake(uint32_t *word, int n)
{
    return (int)syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, n, NULL, NULL, 0);
}

static inline int
world_thread(void *(*fn)(void *), void *arg)
{
    pthread_t thread;
    int error = pthread_create(&thread, NULL, fn, arg);

    if (error != 0) {
        errno = error;
        return -1;
    }
    pthread_detach(thread);
    return 0;
}

static inline void
world_write(const char *text, size_t bytes)
{
    while (bytes > 0) {
        ssize_t n = write(STDERR_FILENO, text, bytes);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return;                 // nobody is left to tell
        text += n;
        bytes -= (size_t)n;
    }
}

// Handlers of atexit do not run: we may stand on any stack. But what the
// program has printed is shown, if its lock is free.
static inline void
world_exit(int status)
{
    if (ftrylockfile(stdout) == 0)
        fflush(stdout);
    _exit(status);
}

static const struct world world = {
    .map        = world_map,
    .guard      = world_guard,
    .unmap      = world_unmap,
    .now        = world_now,
    .random     = world_random,
    .futex_wait = world_futex_wait,
    .futex_wake = world_futex_wake,
    .thread     = world_thread,
    .write      = world_write,
    .exit       = world_exit,
};

#endif

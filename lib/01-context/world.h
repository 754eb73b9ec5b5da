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
 * Chapters 1 and 2 ask for memory and signals; chapter 3 for threads, futexes,
 * time, and what else is known of the machine.
 */
#ifndef WORLD_H
#define WORLD_H

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <linux/membarrier.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "worldcalls.h"

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

static inline void *
world_alloc(size_t bytes)
{
    return malloc(bytes);
}

static inline void
world_free(void *piece)
{
    free(piece);
}

static inline void *
world_reserve(size_t bytes)
{
    void *p = world_map(bytes);

    // A stack that touches one page must not be given 512.
    if (p != NULL)
        madvise(p, bytes, MADV_NOHUGEPAGE);
    return p;
}

static inline size_t
world_page_size(void)
{
    return getauxval(AT_PAGESZ);
}

enum { WORLD_GUARD_INSTALL = 102 };     // MADV_GUARD_INSTALL, of Linux 6.13

static inline int
world_guard_regions(const struct iovec *place, int n)
{
    int self = (int)syscall(SYS_pidfd_open, getpid(), 0);
    size_t bytes = 0;
    ssize_t done = -1;

    for (int i = 0; i < n; i++)
        bytes += place[i].iov_len;
    if (self >= 0) {
        done = syscall(SYS_process_madvise, self, place, (size_t)n,
                       WORLD_GUARD_INSTALL, 0);
        close(self);
    }
    // One after the other: no file descriptor is left, or a sandbox forbids
    // the call, or the kernel does not know the advice, and says so again.
    for (int i = 0; i < n && done != (ssize_t)bytes; i++)
        if (madvise(place[i].iov_base, place[i].iov_len,
                    WORLD_GUARD_INSTALL) != 0)
            return -1;
    // An emulator may take any advice for a mere hint, and say yes: so see
    // whether the kernel refuses to fetch what it must not.
    if (n > 0 && (madvise(place[0].iov_base, place[0].iov_len,
                          MADV_POPULATE_READ) == 0 || errno != EFAULT)) {
        errno = EINVAL;
        return -1;
    }
    return 0;
}

static inline int
world_discard(void *pages, size_t bytes)
{
    return madvise(pages, bytes, MADV_DONTNEED);
}

static inline int
world_resident(void *pages, size_t bytes, unsigned char *resident)
{
    return mincore(pages, bytes, resident);
}

static inline size_t
world_signal_frame(void)
{
    return getauxval(AT_MINSIGSTKSZ);
}

static inline int
world_signal_stack(const stack_t *stack, stack_t *old)
{
    return sigaltstack(stack, old);
}

static inline int
world_on_signal(int sig, const struct sigaction *action, struct sigaction *old)
{
    return sigaction(sig, action, old);
}

static inline int
world_signal_mask(uint64_t *mask)
{
    return (int)syscall(SYS_rt_sigprocmask, SIG_BLOCK, NULL, mask, sizeof(*mask));
}

static inline int
world_signal_thread(int thread, int sig)
{
    return (int)syscall(SYS_tgkill, getpid(), thread, sig);
}

static inline bool
world_shadow_stack(void)
{
    unsigned long status = 0;
#ifdef __x86_64__
    enum { SHSTK_STATUS = 0x5005 };             // of Linux 6.6
    long result = syscall(SYS_arch_prctl, SHSTK_STATUS, &status);
#else
    enum { GET_SHADOW_STACK_STATUS = 74 };      // of Linux 6.13
    long result = prctl(GET_SHADOW_STACK_STATUS, &status, 0, 0, 0);
#endif

    return result == 0 && (status & 1) != 0;
}

static inline const char *
world_environment(const char *name)
{
    return getenv(name);
}

static inline int64_t
world_now_coarse(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
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
    pthread_attr_t attr;
    pthread_t thread;
    int error = pthread_attr_init(&attr);

    if (error == 0) {
        // From its beginning: it may end before we are back.
        pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
        error = pthread_create(&thread, &attr, fn, arg);
        pthread_attr_destroy(&attr);
    }
    if (error == 0)
        return 0;
    errno = error;
    return -1;
}

static inline int
world_thread_id(void)
{
    return (int)syscall(SYS_gettid);
}

static inline int64_t
world_thread_computed(int thread)
{
    // The clock of a thread, made as the kernel makes it for the C library.
    const clockid_t its_clock = (clockid_t)(~(unsigned)thread << 3 | 6);
    struct timespec t;

    if (clock_gettime(its_clock, &t) != 0)
        return -1;
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static inline void
world_give_way(void)
{
    sched_yield();
}

// Linux wants to know beforehand. Who asks for the first time while there is one
// thread only need not wait for it.
static inline int
world_fence_all(void)
{
    if (syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0) == 0)
        return 0;
    if (errno != EPERM ||
        syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0) != 0)
        return -1;
    return (int)syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0);
}

static inline int
world_processors(void)
{
    // Large enough for any machine that Linux runs on (NR_CPUS is 8,192).
    static const size_t bytes = 8192 / 8;
    unsigned long set[1024 / sizeof(unsigned long)];
    int n = 0;

    long filled = syscall(SYS_sched_getaffinity, 0, bytes, set);

    // (Not __builtin_popcountl: that may be a function of libgcc. Chapter 5 says
    // why the runtime calls none.)
    for (long i = 0; i < filled / (long)sizeof(set[0]); i++)
        for (unsigned long left = set[i]; left != 0; left &= left - 1)
            n++;
    return n > 0 ? n : 1;
}

static inline int
world_cpu(void)
{
    return sched_getcpu();
}

static inline unsigned long
world_auxiliary(unsigned long type)
{
    return getauxval(type);
}

static inline ssize_t
world_read_file(const char *path, char *buf, size_t bytes)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    size_t have = 0;
    ssize_t n = 0;

    if (fd < 0)
        return -1;
    while (have < bytes && (n = read(fd, buf + have, bytes - have)) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            break;
        have += (size_t)n;
    }
    close(fd);
    return n < 0 ? -1 : (ssize_t)have;
}

static inline const void *
world_map_file(const char *path, size_t *bytes)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    off_t size = fd >= 0 ? lseek(fd, 0, SEEK_END) : 0;
    void *p = MAP_FAILED;

    if (size > 0)
        p = mmap(NULL, (size_t)size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (fd >= 0)
        close(fd);
    *bytes = (size_t)size;
    return p == MAP_FAILED ? NULL : p;
}

static inline ssize_t
world_program(char *path, size_t bytes)
{
    ssize_t n = readlink("/proc/self/exe", path, bytes - 1);

    if (n >= 0)
        path[n] = '\0';
    return n;
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
    .alloc      = world_alloc,
    .free       = world_free,
    .reserve    = world_reserve,
    .page_size  = world_page_size,
    .guard_regions = world_guard_regions,
    .discard    = world_discard,
    .resident   = world_resident,
    .signal_frame = world_signal_frame,
    .signal_stack = world_signal_stack,
    .on_signal  = world_on_signal,
    .signal_mask = world_signal_mask,
    .signal_thread = world_signal_thread,
    .shadow_stack = world_shadow_stack,
    .environment = world_environment,
    .now        = world_now,
    .now_coarse = world_now_coarse,
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

#endif

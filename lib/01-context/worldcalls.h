/** @file worldcalls.h  What the runtime asks of the world: the table of the
 * first seam. Who answers is another matter: world.h.
 */
#ifndef WORLDCALLS_H
#define WORLDCALLS_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <sys/uio.h>

// Calls that can fail return -1, or NULL, and say why in errno.
struct world {
    void   *(*map)(size_t bytes);            // zeroed pages
    int     (*guard)(void *page, size_t bytes);  // touching them will fault
    int     (*unmap)(void *pages, size_t bytes);

    // Small pieces of any size, not zeroed: the C library's.
    void   *(*alloc)(size_t bytes);
    void    (*free)(void *piece);

    // Zeroed pages of which most are never touched: addresses, in truth.
    void   *(*reserve)(size_t bytes);
    size_t  (*page_size)(void);
    // The same as guard for n places at once, and mappings stay whole. Fails
    // with EINVAL where Linux is older than 6.13, or an emulator only says yes.
    int     (*guard_regions)(const struct iovec *place, int n);
    int     (*discard)(void *pages, size_t bytes);   // zeroed when touched again
    // resident[i] is odd if page i is in memory.
    int     (*resident)(void *pages, size_t bytes, unsigned char *resident);

    size_t  (*signal_frame)(void);           // what a signal takes of a stack
    int     (*signal_stack)(const stack_t *stack, stack_t *old);
    int     (*on_signal)(int sig, const struct sigaction *action,
                         struct sigaction *old);
    int     (*signal_mask)(uint64_t *mask);  // which ones the thread blocks
    int     (*signal_thread)(int thread, int sig);
    bool    (*shadow_stack)(void);           // of return addresses: is there one?
    const char *(*environment)(const char *name);    // NULL: not set

    int64_t (*now)(void);                    // nanoseconds, never runs back
    int64_t (*now_coarse)(void);             // the same, cheap, late by 4 ms
    int     (*random)(void *buf, size_t bytes);

    // Sleep while *word is still value, at most ns nanoseconds (< 0: no
    // limit). 0 when woken, which may be for no reason.
    int     (*futex_wait)(uint32_t *word, uint32_t value, int64_t ns);
    int     (*futex_wake)(uint32_t *word, int n);    // how many woke up

    int     (*thread)(void *(*fn)(void *), void *arg);   // detached
    int     (*thread_id)(void);
    int64_t (*thread_computed)(int thread);  // for how many ns; -1: no such one
    void    (*give_way)(void);               // to other threads, if any wait
    // Each thread of this process that runs now passes a full fence, wherever it
    // is. Slow where others run (10 us); fails on an old or a guarded Linux.
    int     (*fence_all)(void);
    int     (*processors)(void);             // that this process may run on
    int     (*cpu)(void);                    // the one that runs this, now
    unsigned long (*auxiliary)(unsigned long type);  // see getauxval
    // The first bytes of a file; how many, -1 if it cannot be read.
    ssize_t (*read_file)(const char *path, char *buf, size_t bytes);
    const void *(*map_file)(const char *path, size_t *bytes);    // to be read
    ssize_t (*program)(char *path, size_t bytes);   // the file that runs here

    void    (*write)(const char *text, size_t bytes);    // standard error
    void    (*exit)(int status);             // does not return
};

#endif

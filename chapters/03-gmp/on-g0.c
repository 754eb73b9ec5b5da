/** @file on-g0.c  Where does the scheduler stand?
 *
 * While a goroutine runs, its thread's g0 stands still: the stack pointer that
 * the switch saved for it says where. We look from goroutines on two threads,
 * the one that called go_run and another.
 */
#include <pthread.h>
#include <string.h>

#include "../01-context/claim.h"
#include "runtime.h"

static bool g0_on_thread_stack[2], we_are_elsewhere[2];

// Whether an address lies on the stack that this thread came with.
static bool
is_threads(uintptr_t address)
{
    pthread_attr_t attr;
    void *lo;
    size_t size;

    if (pthread_getattr_np(pthread_self(), &attr) != 0)
        return false;
    pthread_attr_getstack(&attr, &lo, &size);
    pthread_attr_destroy(&attr);
    return address >= (uintptr_t)lo && address < (uintptr_t)lo + size;
}

static void
looks(int which)
{
    char here;

    // The thread of go_run is taken by main: this is another one.
    g0_on_thread_stack[which] = is_threads(getg()->m->g0.sched.sp);
    we_are_elsewhere[which] = !is_threads((uintptr_t)&here);
}

static int
go_main(int argc, char **argv)
{
    struct go_waitgroup wg = {0};

    (void)argc;
    (void)argv;
    go_lock_os_thread();
    looks(0);
    go_waitgroup_go(&wg, looks, 1);
    go_waitgroup_wait(&wg);
    return 0;
}

int
main(int argc, char **argv)
{
    int value = go_run(go_main, argc, argv);
    const bool both = g0_on_thread_stack[0] && g0_on_thread_stack[1];
    const bool apart = we_are_elsewhere[0] && we_are_elsewhere[1];

    verdict("3.90", both && apart ? "half true" : "false",
            "ours, yes; without cgo Go gives each thread but the first 16 KiB"
            " of its own");
    verdict("3.91 3.92", both && apart ? "true" : "false",
            "goroutines stand on stacks of their own, the scheduler on its g0");
    return value;
}

/** @file fibers.c  Spare fibers of ThreadSanitizer.
 *
 * Making one costs a millisecond, so those that ended are kept.
 *
 * Whenever `busy` is false: spare[0 .. n) are fibers that no g uses.
 * The lock is not instrumented. ThreadSanitizer must not see it: it would
 * order all goroutines that were ever made, and hide their races.
 */
#include "runtime.h"

enum { SPARE_MAX = 8192 };      // gcc's runtime has no more than that

static ATOMIC(bool) busy;
static void *spare[SPARE_MAX];
static int n;

HOOKS_SWITCH static void
lock(void)
{
    while (atomic_swap(&busy, true))
        ;
}

HOOKS_SWITCH static void
unlock(void)
{
    atomic_store_release(&busy, false);
}

// A fiber for a new g: a spare one if there is any.
HOOKS_SWITCH void *
fiber_get(void)
{
    void *fiber = NULL;

    lock();
    if (n > 0)
        fiber = spare[--n];
    unlock();
    return fiber != NULL ? fiber : __tsan_create_fiber(0);
}

// Take back a fiber that has ended.
HOOKS_SWITCH void
fiber_put(void *fiber)
{
    lock();
    if (n < SPARE_MAX) {
        spare[n++] = fiber;
        fiber = NULL;
    }
    unlock();
    if (fiber != NULL)
        __tsan_destroy_fiber(fiber);
}

/** @file once.c  Doing something once.
 *
 * A flag alone does not do: whoever comes second must not only see that it is
 * not his to do, but wait until it has been done. So there is a mutex, and the
 * flag is set at the end:
 *
 *     1  comes first                     2  comes second
 *        done? no. lock
 *        done? no                           done? no. lock: waits
 *        fn()
 *        done = 1
 *        unlock
 *                                           done? yes. unlock
 *
 * The usual case is the first look, which is made in the program (goroutine.h).
 * Whoever sees done sees what fn did: the one is released, the other acquired.
 *
 * If fn ends its goroutine, it has been done, too (ending.h).
 *
 * Mirrors Go's sync/once.go.
 */
#include "ending.h"

#include "steps.h"

static word_t *
done_of(struct go_once *once)
{
    return (word_t *)&once->done;
}

// Its goroutine has ended in the middle of it.
static void
ended_early(struct go_ending_ *e)
{
    go_once_end_((struct go_once_call_ *)e);
}

// Whether the caller is to do what call is about. If so, it has the mutex, has
// noted call->ending by ending_begin, so that ended_early is called if the
// goroutine ends in the middle, and calls go_once_end_ next, which sets done. If
// not, it has been done by now, and the caller has no mutex.
bool
go_once_begin_(struct go_once_call_ *call)
{
    // [lab once-begin]
    struct go_once *once = call->once;
    struct g *gp = goroutine("go_once_do");

    if (atomic_load_acquire(done_of(once)) == 0) {      // pairs with go_once_end_
        go_mutex_lock(&once->mutex);
        if (atomic_load_relaxed(done_of(once)) == 0) {
            ending_begin(gp, &call->ending, ended_early);
            return true;
        }
        go_mutex_unlock(&once->mutex);
    }
    race_acquire(once);
    return false;
    // [lab once-begin]
}

// It has been done, or its goroutine has ended: no note any more (ending_end),
// done is set, and then the mutex is free.
void
go_once_end_(struct go_once_call_ *call)
{
    // [lab once-end]
    struct go_once *once = call->once;

    ending_end(goroutine("go_once_do"), &call->ending);
    race_release(once);
    atomic_store_release(done_of(once), 1);     // pairs with go_once_begin_
    go_mutex_unlock(&once->mutex);
    // [lab once-end]
}

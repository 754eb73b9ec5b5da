/** @file channel_ends.h  For checks of whole programs with one channel: what a
 * failure left of it.
 */
#ifndef CHANNEL_ENDS_H
#define CHANNEL_ENDS_H

#include "chan.h"
#include "explore.h"

static go_chan(int) ch;         // made by the program; NULL before

static inline bool
nobody_goes_on(const struct explore_failure *f)
{
    return f->kind == EXPLORE_DEADLOCK || f->kind == EXPLORE_LOST_WAKEUP ||
           f->kind == EXPLORE_NEVER_ENDS || f->kind == EXPLORE_ENDED ||
           f->kind == EXPLORE_NOT_SAID;
}

static inline bool
is_taken(void)
{
    return ch != NULL && ((struct chan *)ch)->lock.taken.atomic_value;
}

static inline bool
some_receive(void)
{
    return ch != NULL && ((struct chan *)ch)->recvq.first.atomic_value != NULL;
}

static inline bool
some_send(void)
{
    return ch != NULL && ((struct chan *)ch)->sendq.first.atomic_value != NULL;
}

// True if the lock explains it.
static inline bool
explain_lock(struct explore_failure *f)
{
    if (!nobody_goes_on(f) || !is_taken())
        return false;
    f->what = "The lock of the channel is never given back.";
    f->why = "Who parks leaves with it, and g0 gives it back. Who does not park "
             "does it before anybody is made ready.";
    return true;
}

#endif

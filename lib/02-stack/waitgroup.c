/** @file waitgroup.c  Until chapter 3 nobody waits for a group. */
#include "runtime.h"

void
go_waitgroup_add(struct go_waitgroup *wg, int delta)
{
    wg->state += (uint64_t)(int64_t)delta;
}

void
go_waitgroup_done(struct go_waitgroup *wg)
{
    race_release(wg);           // pairs with go_waitgroup_wait
    go_waitgroup_add(wg, -1);
}

void
go_waitgroup_wait(struct go_waitgroup *wg)
{
    goroutine("go_waitgroup_wait");
    while (wg->state != 0)
        go_gosched();
    race_acquire(wg);           // with go_waitgroup_done
}

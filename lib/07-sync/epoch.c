/** @file epoch.c  Readers, and who frees what they may look at. epoch.h has the
 * protocol.
 */
#include "epoch.h"

struct epoch epoch;

static struct sched *
run(void)
{
    return getg()->m->p->sched;
}

void
epoch_begins(void)
{
    if (!atomic_load_relaxed(&epoch.unfenced) && world.fence_all() == 0)
        atomic_store_relaxed(&epoch.unfenced, true);
}

void
epoch_enter(struct m *mp)
{
    // [lab epoch-enter]
    const bool unfenced = atomic_load_relaxed(&epoch.unfenced);

    if (procs_alone)
        return;
    // It may be late by now. Then it only holds up more.
    // Pairs with epoch_advance.
    atomic_store_relaxed(&mp->p->reading, atomic_load(&mp->p->sched->epoch) + 1);
    if (unfenced)
        atomic_fence_compiler();                // pairs with epoch_advance
    else
        atomic_fence();                         // pairs with epoch_of_unlinked
    // [lab epoch-enter]
}

void
epoch_leave(struct m *mp)
{
    if (!procs_alone)
        // Pairs with epoch_advance.
        atomic_store_release(&mp->p->reading, 0);
}

uint64_t
epoch_of_unlinked(void)
{
    atomic_fence();                                 // pairs with epoch_enter
    return epoch_now();
}

uint64_t
epoch_now(void)
{
    return atomic_load(&run()->epoch);
}

bool
epoch_is_over(uint64_t of)
{
    // [lab epoch-is-over]
    return of + 2 <= epoch_now();
    // [lab epoch-is-over]
}

void
epoch_advance(struct sched *s)
{
    // [lab epoch-advance]
    uint64_t now = atomic_load(&s->epoch);

    // Who reads has said so, or will see what was unlinked.
    if (!procs_alone && atomic_load_relaxed(&epoch.unfenced) &&
        world.fence_all() != 0)
        return;
    for (int i = 0; i < s->procs_most; i++) {
        // Pairs with epoch_enter and epoch_leave.
        uint64_t began = atomic_load(&s->p[i].reading);

        if (began != 0 && began != now + 1)
            return;
    }
    // If it fails, somebody else has found the same.
    atomic_cas(&s->epoch, &now, now + 1);           // pairs with epoch_enter
    // [lab epoch-advance]
}

/** @file alone.c  Who is alone? alone.h has the protocol. */
#include "alone.h"

#include "relax.h"

struct alone alone_now;

// Protected by sched->lock.
static bool fences;             // the kernel has world.fence_all
static bool forbidden;          // sysmon looks after the queues

// Owner: sysmon. Who was alone may still be busy.
static bool doubt;

enum { PATIENCE = 1000 };       // relaxes: more than any steps take

void
alone_run_begins(struct sched *s, bool has_fences)
{
    lock(&s->lock);
    fences = has_fences;
    forbidden = doubt = false;
    alone_judge(s);
    unlock(&s->lock);
}

void
alone_judge(struct sched *s)
{
    const bool one = s->procs - atomic_load_relaxed(&s->n_idle) == 1;
    const bool alone = one && (s->procs == 1 || fences) &&
                       !forbidden && !procs_abandoned;

    // Pairs with alone_begins: whoever has gone idle has done all that it did.
    if (alone != atomic_load_relaxed(&alone_now.alone))
        atomic_store_release(&alone_now.alone, alone);
}

// Each thread passes a fence. If there is no such call any more, nobody is alone from
// now on; and each has passed some fence at the next look, a millisecond later.
static bool
fence_all(struct sched *s)
{
    lock(&s->lock);

    const bool had_fences = fences;

    unlock(&s->lock);
    if (!had_fences || world.fence_all() == 0)
        return true;
    lock(&s->lock);
    fences = false;
    alone_judge(s);
    unlock(&s->lock);
    return false;
}

bool
alone_forbid(struct sched *s)
{
    lock(&s->lock);

    const bool several = s->procs > 1;

    doubt |= several && atomic_load_relaxed(&alone_now.alone);
    forbidden = true;
    alone_judge(s);
    unlock(&s->lock);
    // If there is one p, it is either idle, or there is none to be woken.
    if (!several || !doubt)
        return true;
    // [lab alone-forbid]
    // Who has not yet said that it is busy will see that it is not alone.
    if (!fence_all(s))
        return false;
    for (int i = 0; i < PATIENCE && doubt; i++) {
        doubt = atomic_load_acquire(&alone_now.busy);   // pairs with alone_ends
        if (doubt)
            cpu_relax();
    }
    return !doubt;
    // [lab alone-forbid]
}

bool
alone_is_seen(struct sched *s)
{
    return fence_all(s);
}

void
alone_allow(struct sched *s)
{
    lock(&s->lock);
    forbidden = false;
    alone_judge(s);
    unlock(&s->lock);
}

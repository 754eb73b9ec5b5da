/** @file spin.h  A lock for a handful of instructions, given back for nothing.
 *
 * Taking any lock costs an atomic step, 5 ns here, and so does giving back a
 * struct lock, which must see whether somebody sleeps. Here nobody sleeps:
 * who finds it taken looks again, and lets other threads run if that takes
 * long. So giving it back is a plain store. It is for data that belongs to one
 * thread in all but name, such as the queue of a p.
 *
 * The zero value is free.
 */
#ifndef SPIN_H
#define SPIN_H

#include <stdbool.h>

#include "atomic.h"
#include "relax.h"
#include "world.h"

struct spin {
    ATOMIC(bool) taken;
};

enum { SPIN_PATIENCE = 100 };   // looks before others may run

static inline void
spin_lock(struct spin *l)
{
    bool taken = atomic_swap(&l->taken, true);      // pairs with spin_unlock

    for (int i = 1; taken; i++) {
        cpu_relax();
        if (i % SPIN_PATIENCE == 0)
            world.give_way();
        taken = atomic_swap(&l->taken, true);       // pairs with spin_unlock
    }
}

static inline void
spin_unlock(struct spin *l)
{
    atomic_store_release(&l->taken, false);         // pairs with spin_lock
}

#endif

/** @file channel_lock.c  What a thread does when a channel is taken. */
#include "channel_lock.h"

#include "relax.h"
#include "world.h"

enum {
    PAUSE = 64,                 // relaxes before each look: about a microsecond
    PATIENCE = 16,              // looks before others may run
};

// Each look takes the line of the cache away from whoever has the lock, and he
// gives it back the later for it. So looks are rare. Who has the lock takes it
// some fifty times meanwhile, each time at the price of one thread alone. (Four
// senders and four receivers on two p's: 13 ns a value; with one relax before
// each look, 50.)
void
channel_wait(struct channel_lock *l)
{
    for (int looks = 1;; looks++) {
        for (int i = 0; i < PAUSE; i++)
            cpu_relax();
        if (looks % PATIENCE == 0)
            world.give_way();
        if (atomic_load_relaxed(&l->taken))
            continue;

        bool taken = atomic_swap(&l->taken, true);  // pairs with channel_unlock

        if (!taken)
            return;
    }
}

/** @file semaalone.h  Semaphores, for a goroutine that is alone (alone.h).
 *
 * Nobody comes between two steps of it: so none of them need be atomic, there is
 * nothing to look at twice, and no lock.
 *
 * Inline, because each return that follows a switch is guessed wrong by the
 * processor, and costs 10 ns: a wait that returns through three functions costs
 * half as much again as one that returns through one.
 */
#ifndef SEMAALONE_H
#define SEMAALONE_H

#include "chan.h"
#include "semaroot.h"

// Take a permit, if there is one.
static inline bool
sema_take_alone(word_t *sema)
{
    const uint32_t n = atomic_load_relaxed(sema);

    if (n > 0)
        atomic_store_relaxed(sema, n - 1);
    return n > 0;
}

// Whether gp has a permit now. If not, it has waited, and was woken. It is not alone
// any more in any case.
__attribute__((always_inline)) static inline bool
sema_acquire_alone(struct g *gp, word_t *sema, bool first, enum wait_reason why)
{
    struct sema_root *root = sema_root(sema);
    struct sema_waiter w = { .g = gp, .sema = sema };

    if (sema_take_alone(sema)) {
        alone_ends();
        return true;
    }
    plain_add(&root->waiters, 1);
    semaroot_put(root, &w, first);
    g_park_with(gp, NULL, why);
    return w.handed;
}

// Who is to be woken, or NULL; *handed says whether it was handed the permit.
static inline struct g *
sema_release_alone(word_t *sema, bool hand_over, bool *handed)
{
    struct sema_root *root = sema_root(sema);
    struct sema_waiter *w = NULL;

    plain_add(sema, 1);
    if (atomic_load_relaxed(&root->waiters) > 0)
        w = semaroot_get(root, sema);
    if (w == NULL)
        return NULL;
    plain_add(&root->waiters, -1);
    *handed = w->handed = hand_over && sema_take_alone(sema);
    return w->g;
}

#endif

/** @file semaowed.c  Permits that are owed.
 *
 * Who waits for a mutex or an RWMutex has counted itself in the state of that, and
 * whoever sees it counted, and takes it out of the count, owes it a permit. So
 * who grants one need not find out whether anybody waits: somebody does, or will
 * in a moment. The lock of the root decides which:
 *
 *     1  waits, and was counted          2  grants
 *        lock
 *        no permit: onto the list
 *        leaves its stack; unlock
 *                                           lock; takes 1 off the list; unlock
 *                                           g_ready(1)
 *        goes on, and has its permit
 *
 *     1  waits, and was counted          2  grants
 *                                           lock; nobody is there: permits + 1
 *                                           unlock
 *        lock; takes the permit; unlock
 *
 * What sema.c needs its fences and its second looks for, that nobody knows of
 * the other, has been done by the step that counted. So a sleep and a wake-up
 * take six atomic steps less.
 *
 * A wake-up is a permit only if it was handed over. For who releases a semaphore
 * of the other kind has given its permit before it looks for somebody to wake: the
 * semaphore may be gone by then, and a mutex be in its place.
 *
 *     1  sema_release(s)                 2  has s, and frees it; locks what is there
 *        permits + 1
 *                                           takes the permit; s is gone
 *                                           a mutex: 3 waits for it, on that word
 *        lock; takes 3 off the list
 *        g_ready(3)                      3  was not handed anything: waits again
 *
 * Such a word is changed under the lock only. So nobody comes between two steps
 * there, and the plain steps of semaalone.h do, with any number of p's.
 *
 * Go has one kind of semaphore for both.
 */
#include "sema.h"

#include "schedt.h"
#include "semaalone.h"
#include "wake.h"

void
sema_wait(struct g *gp, word_t *sema, bool first, enum wait_reason why)
{
    if (alone_begins()) {
        sema_acquire_alone(gp, sema, first, why);
        return;
    }
    // [lab sema-wait]
    struct sema_root *root = sema_root(sema);
    struct sema_waiter w = { .g = gp, .sema = sema };

    do {
        lock(&root->lock);
        if (sema_take_alone(sema)) {
            unlock(&root->lock);
            return;
        }
        plain_add(&root->waiters, 1);
        semaroot_put(root, &w, first);
        g_park(&root->lock, why);
        first = true;                           // if it was woken by mistake
    } while (!w.handed);
    // [lab sema-wait]
}

// Who unlocks goes on running. So whoever it has woken, and who comes next here,
// is work for a p that is idle. (Whoever readies a goroutine otherwise mostly
// parks soon: so g_ready wakes nobody for it.)
static void
share_next(void)
{
    struct sched *s = getg()->m->p->sched;

    if (procs_alone || atomic_load_relaxed(&s->n_idle) == 0)
        return;
    atomic_fence();                             // pairs with spin_stop
    wake_one(s);
}

void
sema_grant(word_t *sema, bool hand_over)
{
    // [lab sema-grant]
    struct sema_root *root = sema_root(sema);
    const bool alone = alone_begins();

    if (!alone)
        lock(&root->lock);

    struct sema_waiter *w = semaroot_get(root, sema);

    plain_add(w != NULL ? &root->waiters : sema, w != NULL ? -1 : 1);
    if (alone)
        alone_ends();
    else
        unlock(&root->lock);
    if (w == NULL)
        return;
    w->handed = true;
    sema_wake(w->g, hand_over);
    if (!hand_over)
        share_next();
    // [lab sema-grant]
}

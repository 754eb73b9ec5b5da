/** @file sema.c  Semaphores.
 *
 * Two who do not see each other must not both go on: one to sleep, the other
 * without waking him.
 *
 *     1  acquires                        2  releases
 *        no permit
 *        lock
 *        waiters + 1     (a fence)          permits + 1     (a fence)
 *        a permit after all? takes it       waiters is 0? done
 *        none: onto the list
 *        leaves its stack; unlock
 *                                           lock; takes 1 off the list
 *                                           waiters - 1; unlock
 *                                           g_ready(1)
 *        goes on: a permit? takes it,
 *        or waits again
 *
 * One of the two fences is the first. Is it that of 1, then 2 sees that
 * somebody waits. Is it that of 2, then 1 finds the permit. If 2 comes to the
 * lock before 1 is on the list, it has to wait until 1 is.
 */
#include "sema.h"

#include "gstatus.h"
#include "proc.h"
#include "schedt.h"
#include "semaalone.h"

// Take a permit, if there is one.
static bool
take(word_t *sema)
{
    uint32_t n = atomic_load(sema);

    while (n > 0)
        if (atomic_cas(sema, &n, n - 1))        // pairs with sema_release
            return true;
    return false;
}

// A permit that is there is taken at once. Else gp counts itself in the waiters of
// its root, looks once more, and parks. Who is woken has the permit if it was
// handed over (w.handed); if not, it takes one, or waits again. Waiters counts
// those on the list, whenever the lock of the root is free.
void
sema_acquire(struct g *gp, word_t *sema, bool first, enum wait_reason why)
{
    while (alone_begins())
        if (sema_acquire_alone(gp, sema, first, why))
            return;
    // [lab sema-acquire]
    struct sema_root *root = sema_root(sema);
    struct sema_waiter w = { .g = gp, .sema = sema };

    if (take(sema))
        return;
    do {
        lock(&root->lock);
        atomic_add(&root->waiters, 1);          // pairs with sema_release
        if (take(sema)) {
            atomic_add(&root->waiters, -1);
            unlock(&root->lock);
            return;
        }
        semaroot_put(root, &w, first);
        g_park(&root->lock, why);
    } while (!w.handed && !take(sema));
    // [lab sema-acquire]
}

// The running goroutine has left its stack: it comes last on its p.
static void
then_last(struct m *mp, struct g *gp)
{
    g_set_status(gp, G_RUNNING, G_RUNNABLE);
    put_last(mp->p, gp);
}

// (Who has asked to stay on its thread does not go aside, and gp runs soon.)
void
sema_wake(struct g *gp, bool now)
{
    g_ready(gp);
    if (now && getg()->m->curg->no_preempt == 0)
        proc_leave(then_last);
}

// The permit is given, and then it is looked whether anybody waits: if so, the
// first of them is woken. See sema.h for hand_over. Until it is ready it sleeps:
// so the word is still there, and w, which lies on its stack.
void
sema_release(word_t *sema, bool hand_over)
{
    if (alone_begins()) {
        bool handed = false;
        struct g *gp = sema_release_alone(sema, hand_over, &handed);

        alone_ends();
        if (gp != NULL)
            sema_wake(gp, handed);
        return;
    }
    // [lab sema-release]
    struct sema_root *root = sema_root(sema);

    atomic_add(sema, 1);                        // pairs with sema_acquire
    if (atomic_load(&root->waiters) == 0)       // pairs with sema_acquire
        return;
    lock(&root->lock);

    struct sema_waiter *w = semaroot_get(root, sema);

    if (w != NULL)
        atomic_add(&root->waiters, -1);
    unlock(&root->lock);
    if (w == NULL)
        return;

    const bool handed = hand_over && take(sema);

    w->handed = handed;
    sema_wake(w->g, handed);
    // [lab sema-release]
}

// ---- What the program calls ------------------------------------------------

static word_t *
permits(struct go_sema *s)
{
    return (word_t *)&s->permits;
}

void
go_sema_acquire(struct go_sema *s)
{
    sema_acquire(goroutine("go_sema_acquire"), permits(s), false,
                 WAIT_SEMACQUIRE);
    race_acquire(s);
}

bool
go_sema_try_acquire(struct go_sema *s)
{
    goroutine("go_sema_try_acquire");
    if (!take(permits(s)))
        return false;
    race_acquire(s);
    return true;
}

void
go_sema_release(struct go_sema *s)
{
    goroutine("go_sema_release");
    if (atomic_load_relaxed(permits(s)) == UINT32_MAX)
        fatal("go_sema_release: too many permits (max 4294967295)");
    race_release(s);
    sema_release(permits(s), false);
}

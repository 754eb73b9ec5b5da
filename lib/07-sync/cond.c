/** @file cond.c  Waiting to be told.
 *
 * Between unlocking the mutex and going to sleep there is a moment in which one
 * holds nothing and is on no list. A signal must not miss who is in it. So
 * whoever waits draws a number first, while he has the mutex; `wait` is the
 * next number, and `notify` the next one to be told. Who has a number below
 * notify has been told.
 *
 *     1  waits                           2  signals
 *        number 0: wait = 1
 *        unlocks the mutex
 *                                           wait is 1, notify is 0: somebody waits
 *                                           lock; notify = 1
 *                                           nobody on the list has number 0
 *                                           unlock
 *        lock; 0 is below notify
 *        unlock; does not sleep
 *
 * Numbers are told in their order: who waits longest comes first. They wrap
 * around, so "below" is the sign of a difference.
 *
 * Mirrors notifyList in Go's runtime/sema.go, and sync/cond.go.
 */
#include "runtime.h"

#include "lock.h"
#include "schedt.h"
#include "steps.h"

// Lies on the stack of its goroutine.
struct cond_waiter {
    struct g *g;
    uint32_t number;
    struct cond_waiter *next;
};

static word_t *
wait_of(struct go_cond *cond)
{
    return (word_t *)&cond->wait;
}

static word_t *
notify_of(struct go_cond *cond)
{
    return (word_t *)&cond->notify;
}

static struct lock *
lock_of(struct go_cond *cond)
{
    return (struct lock *)&cond->key;
}

// It must be where it was used first. (Go's copyChecker.)
static void
check_copied(struct go_cond *cond)
{
    ATOMIC(void *) *self = (void *)&cond->self;
    void *nobody = NULL;

    if (atomic_load_relaxed(self) != cond && !atomic_cas(self, &nobody, cond) &&
        nobody != cond)
        gopanic("sync.Cond is copied");
}

// Whether who drew this number has been told, if notify is the next one to be
// told. After 4294967295 comes 0. Fewer than 2147483648 wait at a time.
static bool
told(uint32_t number, uint32_t notify)
{
    // [lab cond-told]
    return (int32_t)(number - notify) < 0;
    // [lab cond-told]
}

// gp, which calls, has drawn this number, and holds no lock. Returns when it has
// been told: at once, if it was told by now; else it comes last on the list, and
// sleeps (WAIT_COND_WAIT). Whoever tells a number has the lock, and makes ready
// who is on the list with it. No lock is held on return.
static void
cond_sleep(struct g *gp, struct go_cond *cond, uint32_t number)
{
    // [lab cond-wait]
    struct cond_waiter w = { .g = gp, .number = number };
    struct cond_waiter *tail;

    lock(lock_of(cond));
    if (told(number, atomic_load_relaxed(notify_of(cond)))) {
        unlock(lock_of(cond));
        return;
    }
    tail = cond->tail;
    if (tail == NULL)
        cond->head = &w;
    else
        tail->next = &w;
    cond->tail = &w;
    g_park(lock_of(cond), WAIT_COND_WAIT);
    // [lab cond-wait]
}

void
go_cond_wait(struct go_cond *cond, struct go_mutex *mu)
{
    struct g *gp = goroutine("go_cond_wait");

    check_copied(cond);

    // While it has the mutex: whoever signals after that finds it counted.
    uint32_t number = atomic_add(wait_of(cond), 1) - 1;

    go_mutex_unlock(mu);
    cond_sleep(gp, cond, number);
    race_acquire(cond);
    go_mutex_lock(mu);
}

// Take who has this number off the list; NULL if he is not there yet. The caller
// holds the lock.
static struct cond_waiter *
take(struct go_cond *cond, uint32_t number)
{
    struct cond_waiter *before = NULL, *w = cond->head;

    while (w != NULL && w->number != number) {
        before = w;
        w = w->next;
    }
    if (w == NULL)
        return NULL;
    if (before == NULL)
        cond->head = w->next;
    else
        before->next = w->next;
    if (w->next == NULL)
        cond->tail = before;
    return w;
}

void
go_cond_signal(struct go_cond *cond)
{
    // [lab cond-signal]
    goroutine("go_cond_signal");
    check_copied(cond);
    race_release(cond);

    uint32_t number = atomic_load(notify_of(cond));

    if (atomic_load(wait_of(cond)) == number)           // pairs with go_cond_wait
        return;
    lock(lock_of(cond));
    number = atomic_load_relaxed(notify_of(cond));
    if (atomic_load(wait_of(cond)) == number) {
        unlock(lock_of(cond));
        return;
    }
    atomic_store(notify_of(cond), number + 1);

    struct cond_waiter *w = take(cond, number);

    unlock(lock_of(cond));
    if (w != NULL)
        g_ready(w->g);
    // [lab cond-signal]
}

void
go_cond_broadcast(struct go_cond *cond)
{
    // [lab cond-broadcast]
    goroutine("go_cond_broadcast");
    check_copied(cond);
    race_release(cond);

    uint32_t number = atomic_load(notify_of(cond));

    if (atomic_load(wait_of(cond)) == number)           // pairs with go_cond_wait
        return;
    lock(lock_of(cond));
    atomic_store(notify_of(cond), atomic_load(wait_of(cond)));

    struct cond_waiter *w = cond->head;

    cond->head = cond->tail = NULL;
    unlock(lock_of(cond));
    while (w != NULL) {
        struct cond_waiter *next = w->next;     // w is gone once it is ready

        g_ready(w->g);
        w = next;
    }
    // [lab cond-broadcast]
}

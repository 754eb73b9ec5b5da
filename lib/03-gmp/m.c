/** @file m.c  Threads: they are made when they are needed, sleep when they are
 * not, and are kept for the next time, and the next run.
 *
 * A thread sleeps on its own note, a word that is 0 until somebody wakes it:
 *
 *     1  mp                              2  who wakes it
 *        note is 0                          next_p = p
 *        futex_wait(note, 0)                note = 1      (release)
 *          ... until note is not 0          futex_wake(note)
 *        note = 0
 *        p = next_p
 *
 * Comes the 1 before the wait, the kernel does not let it begin; comes it
 * after, it ends it. A thread is woken by one at a time: by whoever took it
 * off the list of idle threads, or whoever hands it the p for the goroutine
 * that is locked to it, or the last one that it waits for.
 *
 * Mirrors startm, stopm and mstart in Go's runtime/proc.go, and notesleep in
 * lock_futex.go.
 */
#include "schedt.h"

#include "stack.h"
#include "proc.h"

static struct {
    struct lock lock;

    // Protected by lock.
    struct m *idle;
    struct m *all;              // that run goroutines, the newest first
    int numbers;                // that have been given
    int count;                  // of all that run goroutines, or could
    int max;
} threads = { .max = 10000 };

// ---- Sleeping --------------------------------------------------------------

// Sleep until somebody wakes mp, the calling thread, or for ns nanoseconds
// (< 0: no limit). If it was given a p, it has it on return. May return for no
// reason: the caller looks whether what it waits for is there.
void
m_sleep(struct m *mp, int64_t ns)
{
    trace_sleep();
    // [lab m-sleep]
    int64_t end = ns < 0 ? 0 : world.now() + ns;

    while (atomic_load_acquire(&mp->note) == 0) {       // pairs with m_wake
        if (ns >= 0) {
            ns = end - world.now();
            if (ns <= 0)
                return;
        }
        world.futex_wait(&mp->note.atomic_value, 0, ns);
    }
    // Takes what the last one has said who woke it, if several did.
    atomic_swap(&mp->note, 0);                          // pairs with m_wake
    if (mp->next_p != NULL) {
        mp->p = mp->next_p;
        mp->next_p = NULL;
    }
    // [lab m-sleep]
}

// Wake mp, with a p or NULL.
void
m_wake(struct m *mp, struct p *next)
{
    trace_wake(mp, next);
    // [lab m-wake]
    int error = errno;

    if (next != NULL)
        mp->next_p = next;
    atomic_store_release(&mp->note, 1);                 // pairs with m_sleep
    world.futex_wake(&mp->note.atomic_value, 1);
    errno = error;
    // [lab m-wake]
}

// mp is about to sleep, and anybody may wake it with a p.
void
m_push_idle(struct m *mp)
{
    lock(&threads.lock);
    mp->next = threads.idle;
    threads.idle = mp;
    unlock(&threads.lock);
}

// ---- Beginning and ending --------------------------------------------------

// The caller holds the lock, and keeps it, so that nobody else says this, too.
static _Noreturn void
exhausted(void)
{
    say("runtime: program exceeds %d-thread limit\n", threads.max);
    fatal("thread exhaustion");
}

// There are n more threads that run goroutines (or fewer: n < 0).
void
m_count(int n)
{
    lock(&threads.lock);
    threads.count += n;
    if (n > 0 && threads.count > threads.max)
        exhausted();
    unlock(&threads.lock);
}

// mp, the calling thread, runs goroutines from now on.
void
m_list(struct m *mp)
{
    lock(&threads.lock);
    mp->number = threads.numbers++;
    mp->all = threads.all;
    threads.all = mp;
    unlock(&threads.lock);
}

// And no more.
void
m_unlist(struct m *mp)
{
    lock(&threads.lock);
    for (struct m **at = &threads.all; *at != NULL; at = &(*at)->all)
        if (*at == mp) {
            *at = mp->all;
            break;
        }
    unlock(&threads.lock);
}

// Let fn see all that are on that list. None of them ends meanwhile.
void
m_each(void (*fn)(struct m *mp, void *arg), void *arg)
{
    lock(&threads.lock);
    for (struct m *mp = threads.all; mp != NULL; mp = mp->all)
        fn(mp, arg);
    unlock(&threads.lock);
}

// How many threads sleep until there is something to do.
int
m_count_idle(void)
{
    int n = 0;

    lock(&threads.lock);
    for (struct m *mp = threads.idle; mp != NULL; mp = mp->next)
        n++;
    unlock(&threads.lock);
    return n;
}

// There is no new thread, and goroutines might wait for ever.
_Noreturn void
m_refused(int error)
{
    lock(&threads.lock);

    int have = threads.count;

    unlock(&threads.lock);
    say("runtime: failed to create new OS thread (have %d already; errno=%d)\n",
        have, error);
    if (error == EAGAIN)
        say("runtime: may need to increase max user processes (ulimit -u)\n");
    fatal("newosproc");
}

int
go_set_max_threads(int n)
{
    goroutine("go_set_max_threads");
    lock(&threads.lock);

    int old = threads.max;

    threads.max = n;
    if (threads.count > n)
        exhausted();
    unlock(&threads.lock);
    return old;
}

// In a child after fork the threads are gone.
void
m_forked(void)
{
    threads.idle = NULL;
    threads.all = NULL;
    threads.count = 0;
    threads.lock = (struct lock){ 0 };
}

// Signals may come to mp, the calling thread, if they have a stack of their own.
// (After a fork its number is another one.)
void
m_number(struct m *mp)
{
    mp->thread = mp->signal_stack.ss_sp != NULL ? world.thread_id() : 0;
}

static void *
m_main(void *arg)
{
    struct m *mp = g_current()->m;
    const struct p *p = arg;

    // A thread begins with the rounding modes of the one that made it: some
    // goroutine's. Goroutines begin with those of go_run's caller.
    gobuf_modes_like(&mp->g0.sched, &p->sched->m0->g0.sched);
    overflow_watch(mp);
    m_number(mp);
    m_list(mp);
    mp->p = arg;
    while (!mp->ends)
        proc_execute(mp, proc_next(mp));
    m_unlist(mp);
    overflow_unwatch(mp);
    m_count(-1);
    return NULL;
}

// Whether a goroutine has, or had, this thread for itself: then who knows what
// it did to it, and a thread that it makes would inherit that.
static bool
is_odd(void)
{
    struct g *gp = getg();

    return gp != NULL && (gp->m->locked_g != NULL || gp->m->ends);
}

// Find an m for p, which is P_RUNNING and nobody's: an idle one, or a new one.
void
m_start(struct p *p)
{
    lock(&threads.lock);

    struct m *mp = threads.idle;

    if (mp != NULL)
        threads.idle = mp->next;
    unlock(&threads.lock);

    if (mp != NULL) {
        m_wake(mp, p);
        return;
    }
    if (is_odd()) {
        sysmon_start_m(p);
        return;
    }
    m_count(1);

    int error = errno;

    if (world.thread(m_main, p) != 0) {
        error = errno;
        m_count(-1);
        m_refused(error);
    }
    errno = error;
}

// ---- One goroutine, one thread ---------------------------------------------

void
go_lock_os_thread(void)
{
    struct g *gp = goroutine("go_lock_os_thread");

    // Begun now, while this thread is as any other: see is_odd.
    sysmon_watch(gp->m->sched);
    gp->locked++;
    gp->locked_m = gp->m;
    gp->m->locked_g = gp;
}

void
go_unlock_os_thread(void)
{
    struct g *gp = goroutine("go_unlock_os_thread");

    if (gp->locked == 0 || --gp->locked > 0)
        return;
    gp->locked_m->locked_g = NULL;
    gp->locked_m = NULL;
}

/** @file sysmon.c  A thread without a p, which looks after those that have one.
 *
 * It sleeps a millisecond, or ten if there is seldom anything to do, and then
 * does what no busy thread comes to do:
 *
 *   - a goroutine waits in the queue of a p whose thread computes: it goes to
 *     the global queue, and if a p is idle, that is started;
 *   - goroutines are so short that other p's had better not have them: find.c
 *     is told;
 *   - a thread that a goroutine has for itself needs another one: sysmon makes
 *     it, because what a thread makes inherits signal masks and the like;
 *   - goroutines have ended and lie on the free list: the memory of their
 *     stacks goes back to the kernel.
 *
 * It begins when there is first a reason, and sleeps between runs.
 * Chapter 5 gives it more to do. Mirrors sysmon in Go's runtime/proc.go.
 */
#include "schedt.h"

enum {
    SHORT = 1000000,            // ns
    LONG = 10000000,
    FRUITLESS = 50,             // short sleeps before longer ones
    COOL = 8,                   // batches of goroutines at a time
    QUICK = 200,                // ns: less is not worth another thread's while
};

static struct {
    struct lock lock;

    // Protected by lock.
    struct sched *run;          // who is watched, or NULL
    struct p *wanting;          // p's that want a new m
    bool begun;                 // there is a thread

    ATOMIC(uint32_t) note;      // futex: run has been set
} sysmon;

// Look at p, `elapsed` ns after the last look. Returns whether it has run
// nothing new since, though something waits.
static bool
is_stuck(struct p *p, int64_t elapsed)
{
    uint32_t ticks = atomic_load_relaxed(&p->ticks);
    uint32_t ran = ticks - p->seen;

    p->seen = ticks;
    atomic_store_relaxed(&p->quick, ran > elapsed / QUICK);
    return ran == 0 && p->status == P_RUNNING && runq_length(&p->runq) > 0;
}

// Half of what waits behind goroutines that compute is given to all: an idle p
// is started for it, and one that only has goroutines that yield looks there.
static bool
rescue(struct sched *s, int64_t elapsed)
{
    struct p *idle = NULL;

    lock(&s->lock);
    // The queue of the only p is its own.
    if (!atomic_load_relaxed(&s->stopping) && s->procs > 1) {
        for (int i = 0; i < s->procs; i++) {
            struct g *first, *last;
            uint32_t n;

            if (is_stuck(&s->p[i], elapsed) &&
                (n = runq_take_half(&s->p[i].runq, &first, &last)) > 0)
                sched_put(s, first, last, n);
        }
        if (atomic_load_relaxed(&s->n_global) > 0)
            idle = sched_get_idle(s);
    }
    unlock(&s->lock);
    if (idle != NULL)
        m_start(idle);
    return idle != NULL;
}

static void *
sysmon_main(void *arg)
{
    int64_t nap = SHORT;
    int fruitless = 0;
    int64_t last = world.now();

    (void)arg;
    for (;;) {
        const int64_t now = world.now();
        bool active = false, fruit = false;
        struct p *p;

        lock(&sysmon.lock);
        if (sysmon.run != NULL) {
            active = true;
            fruit = rescue(sysmon.run, now - last);
            gfree_cool(sysmon.run, COOL);
        }
        atomic_store_relaxed(&sysmon.note, 0);
        p = sysmon.wanting;
        sysmon.wanting = NULL;
        unlock(&sysmon.lock);

        while (p != NULL) {
            struct p *next = p->next;

            m_start(p);
            p = next;
        }
        last = now;
        fruitless = fruit ? 0 : fruitless + 1;
        nap = fruitless < FRUITLESS ? SHORT : nap < LONG ? 2 * nap : LONG;
        world.futex_wait(&sysmon.note.atomic_value, 0, active ? nap : -1);
    }
    return NULL;
}

// s wants to be looked after from now on. A fatal error if there is no thread
// for it: a goroutine that computes would make others wait for ever.
void
sysmon_watch(struct sched *s)
{
    if (atomic_swap(&s->watched, true))
        return;

    int error = errno;
    lock(&sysmon.lock);
    sysmon.run = s;
    if (!sysmon.begun && world.thread(sysmon_main, NULL) != 0)
        m_refused(errno);
    sysmon.begun = true;
    atomic_store_relaxed(&sysmon.note, 1);
    unlock(&sysmon.lock);
    world.futex_wake(&sysmon.note.atomic_value, 1);
    errno = error;
}

// p, which is P_RUNNING and nobody's, wants an m, and the calling thread must
// not make one. What sysmon makes inherits nothing odd.
void
sysmon_start_m(struct p *p)
{
    int error = errno;

    lock(&sysmon.lock);
    p->next = sysmon.wanting;
    sysmon.wanting = p;
    atomic_store_relaxed(&sysmon.note, 1);
    unlock(&sysmon.lock);
    world.futex_wake(&sysmon.note.atomic_value, 1);
    errno = error;
}

// s has ended.
void
sysmon_forget(struct sched *s)
{
    lock(&sysmon.lock);
    if (sysmon.run == s)
        sysmon.run = NULL;
    unlock(&sysmon.lock);
}

// In a child after fork its thread is gone.
void
sysmon_forked(void)
{
    sysmon.lock = (struct lock){ 0 };
    sysmon.run = NULL;
    sysmon.wanting = NULL;
    sysmon.begun = false;
}

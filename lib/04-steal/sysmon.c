/** @file sysmon.c  A thread without a p, which looks after those that have one.
 *
 * It sleeps a millisecond, or ten if there is seldom anything to do, and then
 * does what no busy thread comes to do:
 *
 *   - a goroutine computes, and others wait behind it: they go to the global
 *     queue, because who should run next is not stolen by those who have work
 *     of their own, and one that only yields never steals;
 *   - it counts how many goroutines each p runs, and how many end there: p's
 *     whose goroutines are many and short are `quick`, and left alone by thieves
 *     (find.c). Once they are not any more, their rings are work for all, and
 *     somebody is woken;
 *   - a thread that a goroutine has for itself needs another one: sysmon makes
 *     it, because what a thread makes inherits signal masks and the like;
 *   - goroutines have ended and lie on the free list: the memory of their
 *     stacks goes back to the kernel;
 *   - GODEBUG=schedtrace asks for a line (schedtrace.c).
 *
 * It begins when there is first a reason. When nothing has run for a while, and
 * nothing waits, it sleeps until there is a reason again:
 *
 *     1  sysmon                          2  somebody who readies a goroutine
 *        watched = false   (a fence)        puts it where it waits (a fence)
 *        does anything wait?                watched?
 *        sleeps                             wakes sysmon
 *
 * In chapter 5 it also asks goroutines to stop that compute for too long
 * (preempt_late). Mirrors sysmon in Go's runtime/proc.go.
 */
#include "wake.h"

#include "alone.h"
#include "godebug.h"
#include "preempt.h"
#include "schedtrace.h"
#include "tooearly.h"

enum {
    SHORT = 1000000,            // ns
    LONG = 10000000,
    FRUITLESS = 50,             // short sleeps before longer ones
    COOL = 8,                   // batches of goroutines at a time
    QUICK = 120,                // ns: less is not worth another thread's while
    AGAIN = 8,                  // times that who was asked to stop is looked at
};

static struct {
    struct lock lock;

    // Protected by lock.
    struct sched *run;          // who is watched, or NULL
    struct p *wanting;          // p's that want a new m
    bool begun;                 // there is a thread
    bool calm;                  // the last look has shown nothing, either

    ATOMIC(uint32_t) note;      // futex: run has been set
} sysmon;

// What a look at all p's has shown.
struct look {
    bool certain;               // before it: nobody is alone (chapter 7)
    bool ran;                   // something has run since the last look
    bool waits;                 // something waits
    bool quick;                 // a p is, and so comes to the global queue
    bool work;                  // somebody should be woken for what waits
};

// Look at p, `elapsed` ns after the last look. The caller holds s->lock.
static void
look_at(struct p *p, int64_t elapsed, struct look *look)
{
    const uint32_t ticks = atomic_load_relaxed(&p->ticks);
    const uint32_t ran = ticks - p->seen;
    const bool waits = p->status == P_RUNNING && !runq_empty(&p->runq);
    struct g *first, *last;
    uint32_t n;

    const uint32_t ended = (uint32_t)atomic_load_relaxed(&p->ended);
    const uint32_t short_lived = ended - p->seen_ended;

    const bool too_early = elapsed < TOO_EARLY;

    if (!too_early) {
        p->seen = ticks;
        p->seen_ended = ended;
        atomic_store_relaxed(&p->quick,
                             ran > elapsed / QUICK && short_lived > ran / 4);
    }
    look->ran |= ran > 0;
    look->waits |= waits;
    look->quick |= atomic_load_relaxed(&p->quick);
    if (!look->certain || too_early)
        return;
    // [lab rescue]
    if (waits && ran == 0 && p->sched->procs > 1) {
        n = runq_take_half(&p->runq, &first, &last);
        if (n > 0)
            sched_put(p->sched, first, last, n);
    } else if (waits && !atomic_load_relaxed(&p->quick)) {
        look->work |= runq_in_ring(&p->runq) > 0;
    }
    // [lab rescue]
}

// (The queue of the only p is its own.)
static struct look
look(struct sched *s, int64_t elapsed, bool certain)
{
    struct look look = { .certain = certain };

    lock(&s->lock);
    if (atomic_load_relaxed(&s->stopping)) {
        look.waits = true;
    } else {
        for (int i = 0; i < s->procs; i++)
            look_at(&s->p[i], elapsed, &look);
        if (atomic_load_relaxed(&s->n_global) > 0) {
            look.waits = true;
            look.work |= !look.quick;
        }
    }
    unlock(&s->lock);
    return look;
}

// Whether there is nothing to look after: `watched` is false then, and who
// brings something new wakes us.
static bool
may_sleep(struct sched *s)
{
    atomic_store(&s->watched, false);               // pairs with proc_put

    const bool seen = alone_is_seen(s);
    struct look now = look(s, SHORT, false);
    bool quiet = seen && !now.ran && !now.waits && godebug.schedtrace == 0 &&
                 atomic_load_relaxed(&s->n_gfree) == 0;

    if (!quiet)
        atomic_store(&s->watched, true);
    // With one p, who puts something there makes do without a fence. What we
    // have missed for that is seen by the next look.
    if (quiet && s->procs == 1 && !sysmon.calm) {
        sysmon.calm = true;
        return false;
    }
    sysmon.calm = false;
    return quiet;
}

static void
start_all(struct p *p)
{
    while (p != NULL) {
        struct p *next = p->next;

        m_start(p);
        p = next;
    }
}

// Somebody was asked to stop. That may have come at a bad time.
static void
insist(void)
{
    bool more = true;

    for (int i = 0; i < AGAIN && more; i++) {
        world.futex_wait(&sysmon.note.atomic_value, 0, SOON);
        lock(&sysmon.lock);
        more = sysmon.run != NULL && preempt_again(sysmon.run);
        unlock(&sysmon.lock);
    }
}

static void *
sysmon_main(void *arg)
{
    int64_t nap = SHORT, cooled = world.now();
    int64_t last = cooled - TOO_EARLY;      // the first look counts
    int fruitless = 0;

    (void)arg;
    for (;;) {
        const int64_t now = world.now();
        struct sched *s;
        struct p *wanting;
        bool sleep = true, traced = false, asked = false;

        lock(&sysmon.lock);
        atomic_store_relaxed(&sysmon.note, 0);
        wanting = sysmon.wanting;
        sysmon.wanting = NULL;
        s = sysmon.run;
        if (s != NULL) {
            struct look seen = look(s, now - last, alone_forbid(s));

            fruitless = seen.work || !seen.certain ? 0 : fruitless + 1;
            if (seen.work && seen.certain && atomic_load_relaxed(&s->n_idle) > 0)
                wake_one(s);
            alone_allow(s);
            atomic_tell(&s->now, world.now_coarse());
            asked = preempt_late(s, now);
            if (now - cooled >= nap) {
                gfree_cool(s, COOL);
                cooled = now;
            }
            schedtrace(s, now);
            // Of this run, while it lasts: the next one reads GODEBUG anew.
            traced = godebug.schedtrace > 0;
            sleep = !seen.ran && !seen.waits && fruitless >= FRUITLESS &&
                    may_sleep(s);
        }
        unlock(&sysmon.lock);

        start_all(wanting);
        if (asked)
            insist();
        // However often it is woken: what it counts is counted from one look to the
        // next that is not too early.
        if (now - last >= TOO_EARLY)
            last = now;
        nap = fruitless < FRUITLESS ? SHORT : nap < LONG ? 2 * nap : LONG;
        if (traced)
            nap = SHORT;
        // Goroutines that compute are looked at more often than it cools stacks.
        world.futex_wait(&sysmon.note.atomic_value, 0,
                         sleep ? -1 : nap < LONGEST_NAP ? nap : LONGEST_NAP);
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
    // A goroutine that an older run has left behind may call.
    if (run_active() == s)
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

/** @file late.c  Whose time slice is over? Asked by sysmon, again and again.
 *
 * A slice is 4 ms. Go's is 10 ms, and its sysmon may sleep as long: who waits
 * there for a goroutine that computes, was seen to wait for 20 ms. Here sysmon
 * sleeps for half a slice at most, so nobody waits for more than two:
 *
 *     it begins just after a look    is noticed, half a slice later
 *     has had its slice              one slice after that
 *     which is seen                  half a slice later, at most
 *
 * A signal that comes at a bad time is repeated soon, some times. A goroutine that
 * locks and unlocks a mutex all the time is in the runtime for nine tenths of it:
 * asked once a slice, it would go on for ten slices.
 *
 * A goroutine that has been asked in five slices, and is still there, is a hog that
 * nobody can stop. It is counted; GODEBUG=schedtrace shows how many there were.
 *
 * Mirrors retake in Go's runtime/proc.go.
 */
#include "preempt.h"

enum {
    MOMENT = 100000,            // ns: a thread that computed less, slept
    IN_VAIN = 5,                // slices in which a hog has been asked
};

// Whether somebody waits for p, or for any p.
static bool
is_wanted(const struct p *p)
{
    const struct sched *s = p->sched;

    if (atomic_load_relaxed(&s->stopping))
        return true;
    return runq_length(&p->runq) > 0 || atomic_load_relaxed(&s->n_global) > 0;
}

// For how long the thread that has p has computed by now; all the time, if it
// cannot be asked.
static int64_t
computed(const struct p *p, int64_t now)
{
    const int thread = atomic_load_relaxed(&p->thread);

    return thread != 0 ? world.thread_computed(thread) : now;
}

// p has had the same goroutine for a slice, by the clock. Has it not computed?
//
// A thread that has hardly computed since waits in the kernel: a signal would
// only end its wait, with EINTR. It has another slice. If it has slept for some
// of the time, it may still do so: look again. But not for ever, for it may be
// that others have the processor.
static bool
perhaps_sleeps(struct p *p, int64_t now)
{
    const int64_t until_now = computed(p, now);
    const int64_t lately = until_now - p->computed;

    p->computed = until_now;
    if (lately < SLICE / 2 && !p->doubtful) {
        p->doubtful = true;
        return true;
    }
    p->doubtful = false;
    if (lately < MOMENT)
        p->since = now;
    return lately < MOMENT;
}

// The goroutine that p runs has been asked to stop, once more.
static void
count_hogs(struct p *p)
{
    p->asked++;
    if (p->asked == IN_VAIN + 1)
        p->sched->hogs++;
}

// Look at p, now. If it runs, still the goroutine of tick p->slice, has done so
// for a slice since p->since, is wanted, and does not perhaps sleep, then it is
// asked to stop (preempt_request), and again after each further slice: p->since
// is when it was last asked. Each time it counts (count_hogs).
//
// If it runs another goroutine, that one's slice begins now: slice and since
// say so, computed is by now, nothing is doubtful, and nobody was asked. If it
// does not run, whatever it runs next is another one: slice is no tick of now.
//
// The caller holds s->lock.
static void
retake(struct p *p, int64_t now)
{
    // [lab retake]
    const uint32_t tick = atomic_load_relaxed(&p->ticks);

    if (p->status != P_RUNNING) {
        p->slice = tick - 1;
        return;
    }
    if (tick != p->slice) {
        p->slice = tick;
        p->since = now;
        p->computed = computed(p, now);
        p->doubtful = false;
        p->asked = 0;
        return;
    }
    if (now - p->since < SLICE || !is_wanted(p) || perhaps_sleeps(p, now))
        return;
    p->since = now;
    count_hogs(p);
    preempt_request(p);
    // [lab retake]
}

bool
preempt_late(struct sched *s, int64_t now)
{
    bool asked = false;

    lock(&s->lock);
    for (int i = 0; i < s->procs; i++) {
        struct p *p = &s->p[i];
        const uint32_t before = p->asked;

        p->refused_seen = atomic_load_relaxed(&p->refused);
        retake(p, now);
        p->computed_again = p->computed;
        asked |= p->asked > before;
    }
    unlock(&s->lock);
    return asked;
}

// p's goroutine was asked to stop. If it is still there, and the signal came at a
// bad time, it is asked once more; but not if its thread sleeps by now. It sleeps if
// it has not computed for half of the time: to take a signal, and to go on sleeping,
// also takes some. False if there is nothing more to do.
static bool
ask_again(struct p *p)
{
    const uint32_t refused = atomic_load_relaxed(&p->refused);

    if (p->status != P_RUNNING || !preempt_wanted(p))
        return false;
    if (refused == p->refused_seen)
        return true;                            // it may still be on its way

    const int64_t until_now = computed(p, world.now());

    if (until_now - p->computed_again < SOON / 2)
        return true;
    p->refused_seen = refused;
    p->computed_again = until_now;
    preempt_request(p);
    return true;
}

bool
preempt_again(struct sched *s)
{
    bool more = false;

    lock(&s->lock);
    for (int i = 0; i < s->procs; i++)
        more |= ask_again(&s->p[i]);
    unlock(&s->lock);
    return more;
}

void
preempt_trace(const struct sched *s)
{
    const char *why = preempt_off();
    uint32_t refused = 0;

    if (s->hogs == 0)
        return;
    for (int i = 0; i < s->procs; i++)
        refused += atomic_load_relaxed(&s->p[i].refused);
    say("  hogs=%u refused=%u: goroutines that computed on while others waited, "
        "and signals at a bad time\n", s->hogs, refused);
    if (why != NULL)
        say("  No signals are sent: %s. Use go_checkpoint.\n", why);
}

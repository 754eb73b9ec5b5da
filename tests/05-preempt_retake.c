/** @file 05-preempt_retake.c  Does sysmon ask a goroutine to stop when its slice
 * is over, and only then?
 *
 * Time is a number here. A p whose thread is 0 counts as one that computes all the
 * time.
 */
#include <pthread.h>
#include <string.h>

#include "check.h"
#include "preempt.h"

enum { MS = 1000000 };

static struct sched s;
static struct p *const p = &s.p[0];
static int64_t now;

static const char keeps[] = "p->since is when its slice began, or when it was "
                            "last asked.";

// One p that runs a goroutine; somebody waits for it, if `waits`.
static void
prepare(bool waits)
{
    memset(&s, 0, sizeof(s));
    s.procs = s.procs_most = 1;
    p->sched = &s;
    p->status = P_RUNNING;
    now = 1000 * (int64_t)MS;
    atomic_store_relaxed(&p->ticks, 7);
    atomic_store_relaxed(&s.n_global, waits);
}

// Another goroutine is there now.
static void
next_one(void)
{
    atomic_store_relaxed(&p->ticks, atomic_load_relaxed(&p->ticks) + 1);
}

// ns later sysmon looks. Whether it asks.
static bool
looks_after(int64_t ns)
{
    now += ns;
    atomic_store_relaxed(&p->preempt, 0);
    step("looking at a p that runs a goroutine");
    preempt_late(&s, now);
    return atomic_load_relaxed(&p->preempt) == atomic_load_relaxed(&p->ticks);
}

static void
not_yet(const char *when)
{
    fail("A goroutine is asked to stop before its slice is over.",
         "A slice begins when sysmon first sees the goroutine: slice is its tick, "
         "and since is now.",
         "%s", when);
}

static void
is_asked(void)
{
    prepare(true);
    if (looks_after(0))
        not_yet("at the first look");
    if (looks_after(SLICE / 2))
        not_yet("after half a slice");
    if (!looks_after(SLICE / 2))
        fail("A goroutine has had its slice, and is not asked to stop.",
             "Others wait. preempt_request asks it.",
             "first seen at 0 ms, and still there at %d ms", SLICE / MS);
}

static void
again(void)
{
    prepare(true);
    looks_after(0);
    looks_after(SLICE);
    for (int i = 1; i < SLICE / MS; i++)
        if (looks_after(MS))
            fail("A goroutine is asked at each look.",
                 "It had no time to come to a place where it may stop, and each "
                 "signal costs it some. When it was last asked, is in since.",
                 "asked after a slice, and again %d ms later", i);
    if (!looks_after(MS))
        fail("A goroutine is asked once, and never again.",
             "The signal may have come at a bad time. Another slice later it is "
             "asked once more.",
             "asked after one slice, and not after two");
}

// Each runs for less than a slice; together they run for many.
static void
a_new_one(void)
{
    prepare(true);
    looks_after(0);
    for (int i = 0; i < 10; i++) {
        next_one();
        if (looks_after(SLICE - MS))
            not_yet("it began after the last look");
    }
    if (looks_after(MS))
        not_yet("it was first seen 1 ms ago");
    if (!looks_after(SLICE - MS))
        fail("A goroutine has had its slice, and is not asked to stop.", keeps,
             "it was first seen a slice ago");
}

static void
nobody_waits(void)
{
    prepare(false);
    looks_after(0);
    for (int i = 0; i < 3; i++)
        if (looks_after(SLICE))
            fail("A goroutine is asked to stop, and nobody wants the p.",
                 "It would be switched away, and back. is_wanted says whether "
                 "somebody waits.",
                 "no goroutine is on any queue");
    atomic_store_relaxed(&s.n_global, 1);
    if (!looks_after(MS))
        fail("Somebody comes, and waits for one slice more.",
             "The slice is over. Only that nobody wanted the p has kept the "
             "goroutine: since does not change for that.",
             "it has run for three slices, when one more was put on a queue");
}

// Two p's: one does not run anything. What it runs later has a slice of its own,
// though its tick may be the one that was seen.
static void
does_not_run(void)
{
    prepare(true);
    looks_after(0);
    p->status = P_IDLE;
    if (looks_after(2 * (int64_t)SLICE))
        fail("A p that runs nothing is asked to stop.",
             "An idle p has no goroutine. The tick is that of the last one.",
             "status is P_IDLE");
    p->status = P_RUNNING;
    if (looks_after(MS))
        fail("A p that was idle is late at once.",
             "The tick is still the one that was seen. So slice must become "
             "another number while the p does not run.",
             "idle for two slices, and running for 1 ms");
}

// The thread sleeps in the kernel: the signal would end its wait.
static int sleeper_id;          // 0: it has not begun

static void *
sleeps(void *arg)
{
    (void)arg;
    __atomic_store_n(&sleeper_id, world.thread_id(), __ATOMIC_SEQ_CST);
    for (;;)
        pause();
    return NULL;
}

static void
thread_sleeps(void)
{
    pthread_t thread;
    int id;

    prepare(true);
    if (pthread_create(&thread, NULL, sleeps, NULL) != 0)
        return;
    while ((id = __atomic_load_n(&sleeper_id, __ATOMIC_SEQ_CST)) == 0)
        continue;
    usleep(50000);              // so that it has fallen asleep
    atomic_store_relaxed(&p->thread, id);
    looks_after(0);
    for (int i = 0; i < 5; i++)
        if (looks_after(SLICE))
            fail("A thread that sleeps in the kernel is sent a signal.",
                 "Its wait would end with EINTR. perhaps_sleeps says whether the "
                 "thread has computed.",
                 "it has computed for nothing of %d slices", i + 1);
}

static void
is_counted(void)
{
    prepare(true);
    looks_after(0);
    for (int i = 0; i < 9; i++)
        looks_after(SLICE);
    if (s.hogs != 1)
        fail("A hog that nobody can stop is not counted.",
             "count_hogs counts how often one goroutine is asked; the sixth time "
             "it is a hog.",
             "asked nine times, and hogs is %u", s.hogs);
}

static void
are_no_hogs(void)
{
    prepare(true);
    for (int i = 0; i < 9; i++) {
        next_one();
        looks_after(0);
        looks_after(SLICE);
    }
    if (s.hogs > 0)
        fail("Goroutines that stop when they are asked are counted as hogs.",
             "asked is how often this one was asked: a new one begins with 0.",
             "nine were asked once each, and hogs is %u", s.hogs);
}

int
main(void)
{
    ask(is_asked);
    ask(a_new_one);
    ask(again);
    ask(nobody_waits);
    ask(does_not_run);
    ask(is_counted);
    ask(are_no_hogs);
    ask(thread_sleeps);
    return asked();
}

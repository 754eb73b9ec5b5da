/** @file schedtrace.c  GODEBUG=schedtrace=N: every N ms a line about the
 * scheduler, in Go's form. With scheddetail=1 all p's, m's and g's, too.
 *
 * What others own is read while they change it: a snapshot that is out of focus
 * here and there. (So ThreadSanitizer does not look at those who read it.) A p has no word about its m, an m has one about its p. What
 * we do not have is shown as Go shows it where it does not happen: there are no
 * system calls yet (chapter 9), and no collector.
 *
 * Mirrors schedtrace in Go's runtime/proc.go.
 */
#include <stdio.h>

#include "schedtrace.h"

#include "godebug.h"
#include "gstatus.h"
#include "preempt.h"
#include "proc.h"
#include "stack.h"

enum { MS = 1000000, NUMBER = 24 };

// A number, or nil where there is none.
static const char *
number_or_nil(char *text, bool there, int64_t n)
{
    snprintf(text, NUMBER, "%lld", (long long)n);
    return there ? text : "nil";
}

// ---- One line for each -----------------------------------------------------

struct search {
    const struct p *p;
    int number;
};

HOOKS_SWITCH static void
look_for_m(struct m *mp, void *arg)
{
    struct search *search = arg;

    if (mp->p == search->p)
        search->number = mp->number;
}

static int
status_of(const struct p *p)
{
    return p->status == P_IDLE ? 0 : p->status == P_RUNNING ? 1 : 3;
}

HOOKS_SWITCH static void
say_p(const struct p *p, int i)
{
    struct search search = { .p = p, .number = -1 };
    char m[NUMBER];

    if (p->status == P_RUNNING)
        m_each(look_for_m, &search);
    say("  P%d: status=%d schedtick=%u syscalltick=0 m=%s runqsize=%u "
        "gfreecnt=%d timerslen=0\n", i, status_of(p),
        atomic_load_relaxed(&p->ticks),
        number_or_nil(m, search.number >= 0, search.number),
        runq_in_ring(&p->runq), p->n_gfree);
}

HOOKS_SWITCH static void
say_m(struct m *mp, void *arg)
{
    const struct sched *s = arg;
    const struct p *p = mp->p;
    const struct g *gp = mp->curg, *own = mp->locked_g;
    char at[NUMBER], runs[NUMBER], locked[NUMBER];

    say("  M%d: p=%s curg=%s mallocing=0 throwing=0 preemptoff= locks=0 dying=0 "
        "spinning=%s blocked=%s lockedg=%s\n", mp->number,
        number_or_nil(at, p != NULL, p != NULL ? p - s->p : 0),
        number_or_nil(runs, gp != NULL, gp != NULL ? (int64_t)gp->id : 0),
        p != NULL && atomic_load_relaxed(&p->spinning) ? "true" : "false",
        p == NULL ? "true" : "false",
        number_or_nil(locked, own != NULL, own != NULL ? (int64_t)own->id : 0));
}

HOOKS_SWITCH static void
say_g(struct g *gp, void *arg)
{
    const enum g_status status = g_status(gp);
    const bool fresh = gp->top == NULL;         // there is no second part
    const struct m *mp = fresh ? NULL : gp->m, *own = gp->locked_m;
    char m[NUMBER], locked[NUMBER];

    if (gp->id == 0 || (!fresh && atomic_load_relaxed(&gp->run) != arg))
        return;
    say("  G%llu: status=%d(%s) m=%s lockedm=%s\n", (unsigned long long)gp->id,
        (int)status, status == G_WAITING ? wait_reason(gp->why) : "",
        number_or_nil(m, status == G_RUNNING && mp != NULL,
                      status == G_RUNNING && mp != NULL ? mp->number : 0),
        number_or_nil(locked, own != NULL, own != NULL ? own->number : 0));
}

// ---- All of it -------------------------------------------------------------

static void
count(struct m *mp, void *arg)
{
    (void)mp;
    ++*(int *)arg;
}

// The caller holds s->lock.
static void
say_all(struct sched *s, int64_t now)
{
    const int idle = atomic_load_relaxed(&s->n_idle);
    const int spinning = atomic_load_relaxed(&s->n_spinning);
    const bool need = atomic_load_relaxed(&s->need_spinning);
    const uint32_t queued = atomic_load_relaxed(&s->n_global);
    int threads = 1;                    // sysmon, which writes this

    m_each(count, &threads);
    say("SCHED %lldms: gomaxprocs=%d idleprocs=%d threads=%d "
        "spinningthreads=%d needspinning=%d idlethreads=%d runqueue=%u",
        (long long)((now - s->began) / MS), s->procs, idle, threads, spinning,
        need, m_count_idle(), queued);
    if (!godebug.scheddetail) {
        for (int i = 0; i < s->procs; i++)
            say("%s%u", i == 0 ? " [" : " ", runq_in_ring(&s->p[i].runq));
        say("]\n");
        return;
    }
    say(" gcwaiting=%s nmidlelocked=0 stopwait=%d sysmonwait=false\n",
        atomic_load_relaxed(&s->stopping) ? "true" : "false", s->to_stop);
    for (int i = 0; i < s->procs; i++)
        say_p(&s->p[i], i);
    m_each(say_m, s);
}

void
schedtrace(struct sched *s, int64_t now)
{
    const int64_t every = (int64_t)godebug.schedtrace * MS;

    if (every == 0)
        return;
    if (s->began == 0)
        s->began = now;
    else if (now - atomic_load_relaxed(&s->traced) < every)
        return;
    lock(&s->lock);
    say_all(s, now);
    preempt_trace(s);
    unlock(&s->lock);
    if (godebug.scheddetail)
        g_each(say_g, s);
    atomic_store_relaxed(&s->traced, now);
}

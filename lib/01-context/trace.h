/** @file trace.h  What is said when something happens, for pictures of a run.
 *
 * In the usual build nothing is said: the functions below are empty. TRACE=1
 * puts trace/trace.h in place of this file, and trace.c writes a line for each.
 * A goroutine's changes of state are not among them: they are known already,
 * from g_set_status.
 *
 * A scheduler must say three things, so that a picture can show who waits
 * where: each time a goroutine is put on a queue (not when it is taken from
 * it: it runs then, or is put on another one); each time a p becomes idle, or
 * ceases to be; and when a thread is about to sleep, or to be woken. It says
 * so before others can act on it (a thief: once it has what it took, before
 * others can take that), and outside the lab marks: what a learner writes need
 * not say anything.
 */
#ifndef TRACE_H
#define TRACE_H

#include <stdint.h>

struct g;
struct m;
struct p;

// gp is put on the queue of this thread's p.
static inline void
trace_local(const struct g *gp)
{
    (void)gp;
}

// n goroutines, linked from first on, are put on the queue that all share.
static inline void
trace_global(const struct g *first, uint32_t n)
{
    (void)first;
    (void)n;
}

// p has nothing to do from now on.
static inline void
trace_idle(const struct p *p)
{
    (void)p;
}

// p, which was idle, is taken by the calling thread, or for another one.
static inline void
trace_busy(const struct p *p)
{
    (void)p;
}

// The calling thread is about to sleep, unless it has been woken already.
static inline void
trace_sleep(void)
{
}

// mp is about to be woken, and given p, or NULL.
static inline void
trace_wake(const struct m *mp, const struct p *p)
{
    (void)mp;
    (void)p;
}

#endif

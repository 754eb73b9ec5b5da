/** @file deadlock.c  All goroutines wait, and nobody is left who could change
 * that.
 *
 * Every p is idle: so no thread runs a goroutine, none is on its way to one,
 * and no queue has one. A goroutine that computes, or waits in a system call,
 * has a p, so this is never said too early. It is not said at all while one
 * goroutine goes on and others wait for ever: that is a leak, not a deadlock.
 *
 * Mirrors checkdead in Go's runtime/proc.go.
 */
#include "schedt.h"

#include "proc.h"

// A p has become idle. The caller holds s->lock. If that was the last one of
// the s->procs that there are, and nothing is on the global queue, and the run
// has not ended, then nobody will ever run again: a fatal error, in Go's words.
//
// They are others if no goroutine is left at all (proc_count). Then goroutine 1
// has called go_goexit, for had it returned, the run would have ended.
void
deadlock_check(struct sched *s)
{
    // [lab deadlock-check]
    if (atomic_load_relaxed(&s->n_idle) < s->procs ||
        atomic_load_relaxed(&s->n_global) > 0 || s->ended)
        return;
    if (proc_count() == 0)
        fatal("no goroutines (main called runtime.Goexit) - deadlock!");
    fatal("all goroutines are asleep - deadlock!");
    // [lab deadlock-check]
}

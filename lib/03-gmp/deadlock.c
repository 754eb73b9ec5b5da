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

// A p has become idle. The caller holds s->lock.
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

/** @file proc.h  What the scheduler's files tell one another. */
#ifndef PROC_H
#define PROC_H

#include "runtime.h"

// What is done with a goroutine that has left its stack, by g0, or by whoever
// goes on next (chapter 4).
typedef void then_fn(struct m *mp, struct g *gp);

// Leave the stack that the running goroutine is on, and have `then` done with
// the goroutine. Returns when the goroutine is continued, perhaps on another
// thread, with what was left for it in its param (chapter 6); never, if `then` has
// seen to that.
void *proc_leave(then_fn *then);

// The same, and it is g0 that does it (chapter 3). Mirrors Go's mcall.
void *proc_to_g0(then_fn *then);

// On g0: continue gp, which is G_RUNNABLE and on no list, and when it leaves
// its stack, do what it asked for.
void proc_execute(struct m *mp, struct g *gp);

// gp has become G_RUNNABLE: let it wait for its turn.
void proc_put(struct m *mp, struct g *gp);

// Goroutine 1 has ended, with this value. Does not return to it.
void proc_end_run(int value);

// The same for a goroutine that does not go on: it does not return. Who goes on
// next may be on the same stack (chapter 4).
void proc_leave_for_good(then_fn *then);

// The running goroutine is G_DEAD, and never continues.
void proc_goexit(void);

// How many goroutines there are.
int proc_count(void);

// goroutine.c: goroutine 1 of a run, G_RUNNABLE.
struct g *goroutine_main(struct m *mp, int (*fn)(int, char **), int argc,
                         char **argv);

// fresh.c: a g for a goroutine that is to have a stack of at least stack_max
// bytes, and to run goroutine_start: G_WAITING. A fatal error if there is no
// memory.
struct g *gfree_get(struct m *mp, size_t stack_max);

// fresh.c: let fn see each goroutine of the run that there is.
void g_each(void (*fn)(struct g *gp, void *arg), void *arg);

// gfree.c: the same as gfree_get; it has its stack.
struct g *gfree_take(struct m *mp, size_t stack_max);

// gfree.c: gp is G_DEAD, and nobody is on its stack.
void gfree_put(struct m *mp, struct g *gp);

// goroutine.c: what every goroutine runs; arg is its g.
void goroutine_start(void *arg);

// goroutine.c: fork.
void goroutine_forked(void);
bool goroutine_is_forked(void);
void goroutine_check_fork(const char *function);

// A number for a new goroutine, which is counted from now on.
uint64_t goid_next(struct m *mp);

#endif

/** @file preempt.h  Goroutines that compute for long are made to stop.
 *
 * Whoever wants a p names the goroutine that must stop: not by its g, which may
 * be another's by the time anybody looks, but by the tick of the p. A request
 * for a tick that has passed means nothing.
 *
 *     1  sysmon, or who stops the world    2  the m that has p
 *        tick = p->ticks
 *        p->preempt = tick
 *        signal to the thread
 *                                             ... in the runtime or a library:
 *                                             not now. In the user's code:
 *        or without a signal:                 preempt_async
 *                                             a checkpoint
 *                                             p->preempt == p->ticks?
 *                                             to the global queue
 *
 * If the goroutine leaves by itself between the two, p->ticks has gone on.
 *
 * Mirrors Go's runtime/preempt.go and signal_unix.go.
 */
#ifndef PREEMPT_H
#define PREEMPT_H

#include "schedt.h"

enum {
    PREEMPTS = 1,               // whether it helps, with one p, that sysmon
                                // sees who waits
    SLICE = 4000000,            // ns that a goroutine may compute while others
                                // wait
    LONGEST_NAP = SLICE / 2,    // ns that sysmon sleeps, at most (late.c)
    SOON = 100000,              // ns: who was asked is looked at again
};

// A run begins on the calling thread. Whether signals are sent, and if not why
// not, is known from here on.
void preempt_catch(void);

// It ends.
void preempt_release(void);

// Let the goroutine that p runs stop. The thread gets a signal, if that may
// help. Any thread may call this; p's m need not stand still.
void preempt_request(struct p *p);

// The same for all p's of s that run, but for that of the calling thread. The
// caller holds s->lock.
void preempt_all(struct sched *s);

// sysmon looks, now: goroutines that have computed for longer than a time slice,
// while others wait, are asked to stop. Whether one was.
bool preempt_late(struct sched *s, int64_t now);

// Who was asked, and whose signal came at a bad time, is asked again. Whether some
// who were asked are still there.
bool preempt_again(struct sched *s);

// Why no signals are sent, or NULL.
const char *preempt_off(void);

// GODEBUG=schedtrace: a line about goroutines that could not be stopped, if there
// were any. The caller holds s->lock.
void preempt_trace(const struct sched *s);

// The handler of the signal, and what it asks: whether gp, which runs on this
// thread, may be stopped where the signal interrupted it.
void preempt_signal(int sig, siginfo_t *info, void *context);
bool preempt_is_safe(const struct g *gp, const void *context);

// Whether the goroutine that p, the caller's, runs should stop.
static inline bool
preempt_wanted(const struct p *p)
{
    return atomic_load_relaxed(&p->preempt) == atomic_load_relaxed(&p->ticks);
}

#endif

/** @file preempt.h  Goroutines that compute for long are made to stop: in
 * chapter 5. Until then one that computes keeps its thread.
 */
#ifndef PREEMPT_H
#define PREEMPT_H

#include "schedt.h"

enum {
    PREEMPTS = 0,               // whether it helps, with one p, that sysmon
                                // sees who waits
    LONGEST_NAP = 10000000,     // ns that sysmon sleeps, at most
    SOON = 100000,              // ns: who was asked is looked at again
};

// A run begins, and ends.
void preempt_catch(void);
void preempt_release(void);

// sysmon looks, now: who has computed for too long should stop. Whether somebody
// was asked to.
bool preempt_late(struct sched *s, int64_t now);

// Those who were asked are asked once more, if need be. Whether some are still
// there.
bool preempt_again(struct sched *s);

// The goroutines of all p's of s but the caller's should stop. The caller holds
// s->lock.
void preempt_all(struct sched *s);

// GODEBUG=schedtrace: a line about goroutines that could not be stopped. The
// caller holds s->lock.
void preempt_trace(const struct sched *s);

#endif

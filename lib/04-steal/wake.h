/** @file wake.h  Waking threads for work, and putting them to rest. */
#ifndef WAKE_H
#define WAKE_H

#include "schedt.h"

// There is work for one more: start an m for an idle p, which looks for it, if
// no other looks already. If no p is idle, the next that has nothing to do
// looks again. The caller has put the work where all can see it, and then
// called atomic_fence.
void wake_one(struct sched *s);

// Whether mp's p may look into the queues of others: from now on it spins. Not
// if half of the busy ones do already.
bool spin_begin(struct p *p);

// p, which spun, has found work. If there is more, one more is woken.
void spin_end(struct p *p);

// p, which may have spun, does not look any more, and has found nothing.
void spin_stop(struct p *p);

// There is nothing to do for mp, as far as it has seen. It is idle on return,
// without a p, unless something has come meanwhile.
void m_idle(struct m *mp);

#endif

/** @file pass.h  A switch that takes a task along.
 *
 * As gobuf_switch; but between leaving the one stack and going on with the
 * other, proc_passed is called, on the other stack. So what must not be done
 * before the one has left is done before the other goes on.
 */
#ifndef PASS_H
#define PASS_H

#include "runtime.h"

// pass.S: save the running function in from, stand on the stack of to, call
// proc_passed(mp), and continue to, handing it value. Returns when somebody
// switches back to from: what they hand over. proc_passed may let others
// continue from, or free it.
void *gobuf_pass(struct gobuf *from, struct gobuf *to, void *value,
                 struct m *mp);

// leave.c. Called by gobuf_pass only.
void proc_passed(struct m *mp);

// pass.S: continue to, handing it value. Nothing is saved, so the stack that we
// stand on may be the one that to begins on. Go's gogo.
_Noreturn void gobuf_go(struct gobuf *to, void *value);

// g_switch (g.c), with that call. The caller has said who left, and what is to
// be done with it (m.then); and has looked at its canary, while that was clear.
static inline void *
g_pass(struct g *from, struct g *to, void *value)
{
    struct m *mp = from->m;

    if (mp->caughtp != NULL) {
        from->caught = *mp->caughtp;
        *mp->caughtp = to->caught;
    }
    from->err = *mp->errnop;
    *mp->errnop = to->err;
    to->m = mp;
    setg(to);
    return gobuf_pass(&from->sched, &to->sched, value, mp);
}

// The same for the end of a goroutine of mp: it does not go on, and has nobody
// to be told.
_Noreturn static inline void
g_go(struct m *mp, struct g *to, void *value)
{
    if (mp->caughtp != NULL)
        *mp->caughtp = to->caught;
    *mp->errnop = to->err;
    to->m = mp;
    setg(to);
    gobuf_go(&to->sched, value);
}

#endif

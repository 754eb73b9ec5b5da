/** @file spin.c  Waiting for a moment, awake.
 *
 * Going to sleep and being woken costs more than most mutexes are held for. So
 * whoever finds one taken looks again, some times, if somebody who runs on
 * another processor may give it back meanwhile, and nobody else could run here.
 *
 * Mirrors sync_runtime_canSpin and sync_runtime_doSpin in Go's runtime/proc.go.
 */
#include "mutex.h"

#include "relax.h"

// Go looks 4 times, 30 relaxes apart. Eight goroutines that spend half of their
// time inside take a quarter less for a turn if they look longer than that
// (mutex_cont8_work): more of them come in without having slept.
enum {
    SPINS = 4,
    RELAXES = 60,
};

bool
spin_helps(const struct m *mp, int spins)
{
    const struct p *p = mp->p;
    struct sched *s = p->sched;

    if (spins >= SPINS || procs_alone)
        return false;

    int idle = atomic_load_relaxed(&s->n_idle);

    idle += atomic_load_relaxed(&s->n_spinning);
    return s->procs > idle + 1 && runq_length(&p->runq) == 0;
}

void
spin_once(void)
{
    for (int i = 0; i < RELAXES; i++)
        cpu_relax();
}

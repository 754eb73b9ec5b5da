/** @file begin.c  What a run needs at its beginning, and at its end: as in
 * chapter 4; nobody waits for a semaphore yet, and nobody reads a map.
 */
#include "schedt.h"

#include "alone.h"
#include "epoch.h"
#include "fresh.h"
#include "godebug.h"
#include "semaroot.h"
#include "topology.h"

// There is one thread yet.
void
run_begins(struct sched *s)
{
    topology_read();
    semaroot_reset();
    epoch_begins();
    alone_run_begins(s, atomic_load_relaxed(&epoch.unfenced));
    if (godebug.schedtrace > 0)
        sysmon_watch(s);
}

// Nobody works for s any more.
void
run_ends(struct sched *s)
{
    fresh_free(s);
}

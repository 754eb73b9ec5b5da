/** @file relax.h  A loop that waits lets the others go first, or it would be
 * explored for ever. In place of 02-stack/MACHINE/relax.h.
 */
#ifndef RELAX_H
#define RELAX_H

#include "explore.h"

// Who finds a lock taken looks once more, and sleeps.
enum { SPIN_LOOKS = 1, SPIN_RELAXES = 1 };

static inline void
cpu_relax(void)
{
    explore_relax();
}

#endif

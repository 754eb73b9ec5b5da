/** @file relax.h  What a loop does while it waits for another thread (x86-64).
 *
 * pause tells the processor that this is such a loop: it takes less power,
 * leaves more to the other thread of the same core, and does not run ahead
 * into loads that it would have to throw away.
 */
#ifndef RELAX_H
#define RELAX_H

// How often a thread looks whether a lock is free before it sleeps, and how long
// it waits before each look: whoever holds it needs it for about a hundred
// instructions. (Go's numbers.)
enum { SPIN_LOOKS = 4, SPIN_RELAXES = 30 };

static inline void
cpu_relax(void)
{
    __asm__ volatile("pause");
}

#endif

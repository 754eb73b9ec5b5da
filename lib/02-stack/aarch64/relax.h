/** @file relax.h  What a loop does while it waits for another thread
 * (aarch64).
 *
 * isb, not yield: most cores treat yield as nothing, and isb holds them up
 * for about as long as pause does on x86-64.
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
    __asm__ volatile("isb");
}

#endif

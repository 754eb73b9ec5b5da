/** @file relax.h  What a loop does while it waits for another thread (x86-64).
 *
 * pause tells the processor that this is such a loop: it takes less power,
 * leaves more to the other thread of the same core, and does not run ahead
 * into loads that it would have to throw away.
 */
#ifndef RELAX_H
#define RELAX_H

static inline void
cpu_relax(void)
{
    __asm__ volatile("pause");
}

#endif

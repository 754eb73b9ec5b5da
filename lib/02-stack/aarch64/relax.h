/** @file relax.h  What a loop does while it waits for another thread
 * (aarch64).
 *
 * isb, not yield: most cores treat yield as nothing, and isb holds them up
 * for about as long as pause does on x86-64.
 */
#ifndef RELAX_H
#define RELAX_H

static inline void
cpu_relax(void)
{
    __asm__ volatile("isb");
}

#endif

/** @file getg.h  Which g runs on this thread: the one accessor (aarch64).
 *
 * Part of the first seam: the schedule explorer puts its own file here.
 *
 * tls_g is never named in C. A compiler may fetch the address of a
 * thread-local variable once per function and keep it over a call; after a
 * switch the function may go on on another thread, with the address of the
 * first thread's variable. volatile assembly is executed anew each time.
 *
 * Mirrors getg(), which Go's compiler turns into one register: R28.
 */
#ifndef GETG_H
#define GETG_H

struct g;

// The g of this thread, NULL if the runtime has not seen the thread yet.
static inline struct g *
getg(void)
{
    struct g *gp;
    struct g **base;

    __asm__ volatile("adrp %0, :gottprel:tls_g\n\t"
                     "ldr  %0, [%0, :gottprel_lo12:tls_g]\n\t"
                     "mrs  %1, tpidr_el0\n\t"
                     "ldr  %0, [%1, %0]"
                     : "=&r"(gp), "=&r"(base));
    return gp;
}

// Make gp the g of this thread. The caller is about to switch to it.
static inline void
setg(struct g *gp)
{
    struct g **offset;
    struct g **base;

    __asm__ volatile("adrp %0, :gottprel:tls_g\n\t"
                     "ldr  %0, [%0, :gottprel_lo12:tls_g]\n\t"
                     "mrs  %1, tpidr_el0\n\t"
                     "str  %2, [%1, %0]"
                     : "=&r"(offset), "=&r"(base)
                     : "r"(gp)
                     : "memory");
}

#endif

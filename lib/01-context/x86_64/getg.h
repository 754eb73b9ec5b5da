/** @file getg.h  Which g runs on this thread: the one accessor (x86-64).
 *
 * Part of the first seam: the schedule explorer puts its own file here.
 *
 * tls_g is never named in C. A compiler may fetch the address of a
 * thread-local variable once per function and keep it over a call; after a
 * switch the function may go on on another thread, with the address of the
 * first thread's variable. volatile assembly is executed anew each time.
 *
 * Mirrors getg(), which Go's compiler turns into one register: R14.
 */
#ifndef GETG_H
#define GETG_H

struct g;

// The g of this thread, NULL if the runtime has not seen the thread yet.
static inline struct g *
getg(void)
{
    struct g *gp;

    __asm__ volatile("movq tls_g@gottpoff(%%rip), %0\n\t"
                     "movq %%fs:(%0), %0"
                     : "=r"(gp));
    return gp;
}

// Make gp the g of this thread. The caller is about to switch to it.
static inline void
setg(struct g *gp)
{
    struct g **offset;

    __asm__ volatile("movq tls_g@gottpoff(%%rip), %0\n\t"
                     "movq %1, %%fs:(%0)"
                     : "=&r"(offset)
                     : "r"(gp)
                     : "memory");
}

#endif

/** @file tls.c  What each thread has for itself. Part of the first seam.
 *
 * Nobody names these variables: the reason is in getg.h.
 */
#include "runtime.h"

// The g of this thread. Read and written by getg and setg only.
// Initial-exec: at a fixed distance from the thread pointer, also in the .so.
// Used: by assembly, which link-time optimisation does not look into.
_Thread_local struct g *tls_g
    __attribute__((used, tls_model("initial-exec"), visibility("hidden")));

static _Thread_local struct m m;

// The m of this thread. Only m_init asks for it, before the first switch.
struct m *
tls_m(void)
{
    return &m;
}

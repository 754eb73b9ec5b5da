/** @file errno.c  The errno of the running goroutine.
 *
 * While a goroutine runs, its errno is simply that of its thread; g_switch
 * puts it away and brings it back. So here is little to do, but it must be
 * done in a function that no compiler looks into: the C library declares the
 * address of errno as constant, and a caller that was allowed to know would
 * keep it over a switch, after which it may be another thread's.
 */
#include "runtime.h"

__attribute__((noinline)) int *
go_errno(void)
{
    int *p = __errno_location();

    __asm__ volatile("" : "+r"(p));
    return p;
}

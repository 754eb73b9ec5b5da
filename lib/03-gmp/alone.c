/** @file alone.c  Until chapter 7 it does not matter how many p's are idle: a
 * goroutine is alone if there is one p.
 */
#include "schedt.h"

void
alone_judge(struct sched *s)
{
    (void)s;
}

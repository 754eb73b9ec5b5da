/** @file seven.c  A ring of seven, and a thief. Looks behind goroutine.h. */
#include <goroutine.h>
#include <stdio.h>

#include "runq.h"
#include "runtime.h"

static struct runq victim, thief;
static struct g item[7];

int
main(void)
{
    for (int i = 0; i < 7; i++)
        runq_put(&victim, &item[i]);

    struct g *gp = runq_steal(&thief, &victim);

    printf("it runs the %s, keeps %u, leaves %u\n",
           gp == &item[0] ? "oldest" : "newest", runq_length(&thief),
           runq_length(&victim));
    return 0;
}

/** @file trace.c  What happened, in order (TRACE=1).
 *
 * Events are kept in memory, because writing each one at once would be most
 * of what the picture shows. When the process ends they go to the file that
 * GO_TRACE names, one a line:
 *
 *     nanoseconds  goroutine  from  to
 *
 * A goroutine is numbered when it is first seen.
 */
#include <stdio.h>
#include <stdlib.h>

#include "gstatus.h"

enum { MAX_EVENTS = 1 << 16, MAX_G = 1 << 10 };

static struct event {
    int64_t when;
    const struct g *gp;
    enum g_status from, to;
} event[MAX_EVENTS];
static ATOMIC(long) events;

// gp goes from `from` to `to` now. What does not fit is dropped, and counted.
void
trace_status(const struct g *gp, enum g_status from, enum g_status to)
{
    long i = atomic_add(&events, 1) - 1;

    if (i < MAX_EVENTS)
        event[i] = (struct event){ world.now(), gp, from, to };
}

// The number of gp: a new one each time it begins, also on the stack of another
// that has ended.
static int
number(const struct g *gp, bool begins)
{
    static const struct g *known[MAX_G];
    static int n;

    for (int i = n - 1; i >= 0 && !begins; i--)
        if (known[i] == gp)
            return i;
    if (n == MAX_G)
        return -1;
    known[n] = gp;
    return n++;
}

__attribute__((destructor)) static void
trace_write(void)
{
    const char *path = getenv("GO_TRACE");
    FILE *file = path != NULL ? fopen(path, "w") : NULL;

    if (file == NULL)
        return;

    const long n = atomic_load(&events);

    for (long i = 0; i < n && i < MAX_EVENTS; i++)
        fprintf(file, "%lld %d %d %d\n",
                (long long)(event[i].when - event[0].when),
                number(event[i].gp, event[i].from == G_IDLE || event[i].from == G_DEAD),
                (int)event[i].from, (int)event[i].to);
    if (n > MAX_EVENTS)
        fprintf(file, "# %ld events more\n", n - MAX_EVENTS);
    fclose(file);
}

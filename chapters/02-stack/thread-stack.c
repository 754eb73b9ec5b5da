/** @file thread-stack.c  How large is the stack of a thread, and when is it
 * memory?
 */
#include <pthread.h>
#include <stdlib.h>

#include "../01-context/claim.h"
#include "runtime.h"

enum { MIB = 1 << 20 };

static size_t reserved, resident;

// The stack of this thread, and how much of it is in memory.
static void *
looks(void *arg)
{
    pthread_attr_t attr;
    void *low;
    const size_t page = world.page_size();

    if (pthread_getattr_np(pthread_self(), &attr) != 0 ||
        pthread_attr_getstack(&attr, &low, &reserved) != 0)
        exit(2);
    pthread_attr_destroy(&attr);

    unsigned char *in = calloc(reserved / page + 1, 1);

    if (in == NULL || world.resident(low, reserved, in) != 0)
        exit(2);
    for (size_t i = 0; i < reserved / page; i++)
        resident += (in[i] & 1) * page;
    free(in);
    return arg;
}

int
main(void)
{
    pthread_t thread;

    if (pthread_create(&thread, NULL, looks, NULL) != 0)
        return 2;
    pthread_join(thread, NULL);
    verdict("2.3", resident > MIB ? "true" : "false",
            "addresses are reserved; memory comes with the first touch");
    verdict("2.10", reserved == MIB ? "true" : "false",
            "what ulimit -s says, 8 MiB usually; 1 MiB is Windows");
    verdict("2.28", reserved == MIB && resident == reserved ? "true" : "false",
            "what ulimit -s says, and only what is touched is memory");
    return 0;
}

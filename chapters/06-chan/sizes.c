/** @file sizes.c  What a channel, and one who waits for it, take. */
#include <stdio.h>

#include "chan.h"

int
main(void)
{
    printf("chan %zu\n", sizeof(struct chan));
    printf("sudog %zu\n", sizeof(struct sudog));
    return 0;
}

/** @file releases.c  What Go's release notes say of stacks, in order.
 *
 * The past cannot be run here. So this is a table of what the notes of each
 * release say (https://go.dev/doc/go1.2 and so on), and the claims are asked
 * of the table.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

#include "../01-context/claim.h"

static const struct release {
    int minor;                  // of Go 1
    int start;                  // bytes that a stack begins with
    bool contiguous;            // copied when full; before: one more segment
    bool shrinks;               // when little is used, at a collection
    bool adaptive;              // begins with the average that was used
} releases[] = {
    {  0, 4096, false, false, false },
    {  2, 8192, false, false, false },
    {  3, 8192, true,  true,  false },
    {  4, 2048, true,  true,  false },
    { 19, 2048, true,  true,  true },
};

enum { N = sizeof(releases) / sizeof(releases[0]) };

// How it was in Go 1.minor.
static const struct release *
in(int minor)
{
    const struct release *found = &releases[0];

    for (int i = 0; i < N; i++)
        if (releases[i].minor <= minor)
            found = &releases[i];
    return found;
}

static const char *
is(bool so)
{
    return so ? "true" : "false";
}

int
main(void)
{
    const struct release *now = in(99);

    verdict("2.1 2.9 2.15 2.25", is(now->start == 2048),
            "since Go 1.4; since 1.19 it may begin with the average instead");
    verdict("2.27 2.29 2.36 2.40", is(now->start == 2048),
            "since Go 1.4; since 1.19 it may begin with the average instead");
    verdict("2.14", is(in(13)->start == 8192 && in(14)->start == 2048),
            "it was Go 1.4: 2 KiB, and 8 before");
    verdict("2.48", is(in(3)->start == 8192 && in(4)->start == 2048),
            "by Go 1.4");
    verdict("2.24", is(!in(13)->shrinks && in(14)->shrinks),
            "they shrink since Go 1.3");
    verdict("2.47", is(!in(2)->contiguous && in(3)->contiguous),
            "by Go 1.3");
    verdict("2.42", now->contiguous ? "outdated" : "true",
            "that was the name of segments; copied ones are contiguous");
    return 0;
}

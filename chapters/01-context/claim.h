/** @file claim.h  How a program gives its verdict on a claim.
 *
 * A line a claim: its number in claims.tsv, the verdict that this run comes
 * to, and what was seen. The test compares the verdicts with the list.
 */
#ifndef CLAIM_H
#define CLAIM_H

#include <stdio.h>

static inline void
verdict(const char *claims, const char *verdict, const char *seen)
{
    printf("%-24s %-10s %s\n", claims, verdict, seen);
}

#endif

/** @file outcomes.c  Does the search find the same with and without comparing
 * states (state.c)? For tests of the explorer itself.
 *
 * An outcome is how an execution failed, or else the variables that it left.
 */
#include <stdio.h>
#include <string.h>

#include "engine.h"

enum { MOST = 4096 };

static struct {
    uint64_t outcome[MOST];
    int n;
} set[2] __attribute__((section("explore_keep")));

static int which __attribute__((section("explore_keep")));

static void
keep(void)
{
    const struct explorer *x = explorer;
    const uint64_t outcome = x->failed ? memory_mix(2, x->failure, strlen(x->failure))
                                       : memory_variables();

    for (int i = 0; i < set[which].n; i++)
        if (set[which].outcome[i] == outcome)
            return;
    if (set[which].n < MOST)
        set[which].outcome[set[which].n++] = outcome;
}

static bool
is_in(uint64_t outcome, int k)
{
    for (int i = 0; i < set[k].n; i++)
        if (set[k].outcome[i] == outcome)
            return true;
    return false;
}

// Search all schedules with at most `bound` preemptions twice, and compare.
bool
search_outcomes(int bound)
{
    struct explorer *x = explorer;
    uint64_t executions[2];
    bool same, complete = true;

    x->keeps_on = true;
    x->outcome = keep;
    for (which = 0; which < 2; which++) {
        set[which].n = 0;
        x->executions = 0;
        x->without_states = which == 0 ? UINT64_MAX : 0;
        state_forget();
        for (int b = 0; b <= bound && complete; b++)
            search_bounded(b, 60, &complete);
        executions[which] = x->executions;
    }
    x->keeps_on = false;
    x->outcome = NULL;

    same = complete && set[0].n == set[1].n && set[0].n < MOST;
    for (int i = 0; i < set[0].n; i++)
        same &= is_in(set[0].outcome[i], 1);
    printf("%s\t%s\t%d outcomes\t%lu schedules\t%lu with states compared\n",
           same ? "same" : "DIFFER", x->check->name, set[0].n,
           (unsigned long)executions[0], (unsigned long)executions[1]);
    return same;
}

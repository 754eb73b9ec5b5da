/** @file search.c  Which schedules are tried, and in which order.
 *
 *   bounded   all schedules with at most so many preemptions, depth first. A
 *             preemption is another thread going on though the current one
 *             could. Most bugs need two or three, and few threads have few
 *             schedules with so few: then the search comes to its end, and has
 *             shown that there is no such bug.
 *   random    at each choice anyone, from a seed.
 *   PCT       each thread has a priority, the highest goes on, and at depth - 1
 *             random steps the one at it falls to the lowest. Finds a bug that
 *             needs `depth` steps in a certain order with a probability that
 *             is known (Burckhardt and others, 2010).
 *
 * A schedule that failed is made smaller: deviations are left out as long as
 * the execution still fails in the same way.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "engine.h"

// ---- Bounded ---------------------------------------------------------------

static struct {
    int bound;
    int depth;                  // choices that are fixed
    int at;                     // the next choice
    int used;                   // preemptions
    struct {
        uint8_t index, count;
        int place;              // of its state; see state_done
    } path[MOST_STEPS + 1];
} dfs __attribute__((section("explore_keep")));

static int
choose_bounded(const int *actor, int n, int usual, bool preempts)
{
    int allowed[2 * THREADS], count = 0;

    allowed[count++] = usual;
    for (int i = 0; i < n; i++) {
        const bool costs = preempts && actor[i] < FLUSH;

        if (actor[i] != usual && (!costs || dfs.used < dfs.bound))
            allowed[count++] = actor[i];
    }
    if (dfs.at > MOST_STEPS)
        return usual;
    if (dfs.at == dfs.depth) {
        int place = -1;

        if (count > 1 && state_done(dfs.bound - dfs.used, &place)) {
            explorer->cut = true;
            return -1;
        }
        dfs.path[dfs.depth].index = 0;
        dfs.path[dfs.depth].count = (uint8_t)count;
        dfs.path[dfs.depth].place = place;
        dfs.depth++;
    }

    int chosen = allowed[dfs.path[dfs.at++].index];

    explorer->compares = dfs.at >= dfs.depth && state_wanted();

    dfs.used += preempts && chosen != usual && chosen < FLUSH;
    return chosen;
}

static double
seconds_now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

// Whether the check holds in all schedules with at most `bound` preemptions
// that were tried; *complete: these were all.
bool
search_bounded(int bound, double seconds, bool *complete)
{
    const double end = seconds_now() + seconds;

    *complete = false;
    explorer->choose = choose_bounded;
    dfs.bound = bound;
    dfs.depth = 0;
    for (uint64_t i = 1;; i++) {
        dfs.at = dfs.used = 0;
        explorer->compares = dfs.depth == 0 && state_wanted();
        bool holds = engine_run();

        if (explorer->outcome != NULL && !explorer->cut)
            explorer->outcome();
        if (!holds && !explorer->keeps_on)
            return false;
        // The last choice that has another alternative.
        while (dfs.depth > 0 &&
               dfs.path[dfs.depth - 1].index + 1 >= dfs.path[dfs.depth - 1].count)
            state_close(dfs.path[--dfs.depth].place);
        if (dfs.depth == 0) {
            *complete = true;
            return true;
        }
        dfs.path[dfs.depth - 1].index++;
        if ((explorer->most_steps > 0 && explorer->all_steps >= explorer->most_steps) ||
            (i % 256 == 0 && seconds_now() > end))
            return true;
    }
}

// ---- Random ----------------------------------------------------------------

static uint64_t state __attribute__((section("explore_keep")));

static uint32_t
chance(uint32_t n)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)((state >> 32) * n >> 32);
}

static void
seed_with(uint64_t seed)
{
    state = seed * 0x9e3779b97f4a7c15 | 1;
    for (int i = 0; i < 4; i++)
        chance(2);
}

static int
choose_random(const int *actor, int n, int usual, bool preempts)
{
    (void)usual;
    (void)preempts;
    return actor[chance((uint32_t)n)];
}

bool
search_random(uint64_t seed)
{
    seed_with(seed);
    explorer->compares = false;
    explorer->choose = choose_random;
    return engine_run();
}

// ---- PCT -------------------------------------------------------------------

static struct {
    int depth;
    int priority[2 * THREADS];
    int change[8];              // steps
    int lowest;
    int seen;
} pct __attribute__((section("explore_keep")));

static int
choose_pct(const int *actor, int n, int usual, bool preempts)
{
    (void)preempts;
    for (int i = 0; i < pct.depth - 1; i++)
        if (explorer->choices == pct.change[i])
            pct.priority[usual] = --pct.lowest;
    // Who waits in a loop would otherwise wait for ever.
    for (int i = 0; i < n; i++)
        if (actor[i] < FLUSH && explorer->thread[actor[i]].relaxed)
            pct.priority[actor[i]] = --pct.lowest;

    int best = actor[0];

    for (int i = 1; i < n; i++)
        if (pct.priority[actor[i]] > pct.priority[best])
            best = actor[i];
    if (best >= FLUSH)
        pct.priority[best] = 1 + (int)chance(1000);
    return best;
}

// length: how many choices an execution is thought to have.
bool
search_pct(uint64_t seed, int depth, int length)
{
    seed_with(seed);
    pct.depth = depth;
    pct.lowest = 0;
    for (int i = 0; i < 2 * THREADS; i++)
        pct.priority[i] = 1 + (int)chance(1000);
    for (int i = 0; i < depth - 1; i++)
        pct.change[i] = (int)chance((uint32_t)length + 1);
    explorer->compares = false;
    explorer->choose = choose_pct;
    return engine_run();
}

// ---- Again -----------------------------------------------------------------

static struct {
    const struct schedule *s;
    int at;
    bool fits;
    char misfit[120];           // why not
} again __attribute__((section("explore_keep")));

static int
choose_again(const int *actor, int n, int usual, bool preempts)
{
    (void)preempts;
    if (again.at == again.s->n || again.s->d[again.at].n != explorer->choices)
        return usual;

    int wanted = again.s->d[again.at++].actor;

    for (int i = 0; i < n; i++)
        if (actor[i] == wanted)
            return wanted;
    snprintf(again.misfit, sizeof(again.misfit), "choice %d of the execution cannot be %s %c, "
             "which is not ready then", explorer->choices + 1,
             wanted >= FLUSH ? "a store of thread" : "thread", (char)('A' + wanted % FLUSH));
    again.fits = false;
    return usual;
}

// Run s. *fits: each of its deviations could be made.
bool
search_replay(const struct schedule *s, bool *fits)
{
    again.s = s;
    again.at = 0;
    again.fits = true;
    explorer->compares = false;
    explorer->choose = choose_again;

    bool holds = engine_run();

    if (again.fits && again.at < s->n)
        snprintf(again.misfit, sizeof(again.misfit), "the execution has %d choices, and the "
                 "schedule is about number %d", explorer->choices, s->d[again.at].n + 1);
    *fits = again.fits && again.at == s->n;
    return holds;
}

// Why the last schedule did not fit.
const char *
search_misfit(void)
{
    return again.misfit;
}

// Leave out of s, which fails, what it fails without.
void
search_minimise(struct schedule *s)
{
    static struct schedule less __attribute__((section("explore_keep")));
    char why[sizeof(explorer->failure)];
    bool fits;

    search_replay(s, &fits);
    memcpy(why, explorer->failure, sizeof(why));
    // From the end: what comes after the failure is never needed. And in large
    // pieces first.
    for (int piece = s->n; piece >= 1; piece /= 2)
        for (int from = s->n - piece; from >= 0; from -= piece) {
            less.n = 0;
            for (int i = 0; i < s->n; i++)
                if (i < from || i >= from + piece)
                    less.d[less.n++] = s->d[i];
            if (!search_replay(&less, &fits) &&
                strcmp(explorer->failure, why) == 0) {
                // What was really done, without deviations that did not fit.
                *s = explorer->made;
                from = s->n - piece + 1 < from ? s->n - piece + 1 : from;
            }
        }
}

/** @file life.c  From go to the end of a goroutine: its states, its number, and
 * what becomes of it afterwards.
 */
#include <string.h>
#include <time.h>

#include "../01-context/claim.h"
#include "gstatus.h"

static struct go_waitgroup gate;
static struct g *seen[3];
static enum g_status when_running;
static bool after_goexit;
static long turns;

static const char *
is(bool so)
{
    return so ? "true" : "false";
}

static void
waits(int which)
{
    seen[which] = getg();
    when_running = g_status(getg());
    go_waitgroup_wait(&gate);
}

static void
ends_inside(void)
{
    go_goexit();
    after_goexit = true;
}

static void
leaves_by_goexit(void)
{
    ends_inside();
    after_goexit = true;
}

static void
runs_on(void)
{
    for (;;) {
        turns++;
        go_gosched();
    }
}

static void
does_nothing(void)
{
}

static int64_t
now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

// ns that a runnable one waits for its turn, and one that does nothing runs:
// the least of many.
static int64_t
shortest_turn(void)
{
    int64_t least = INT64_MAX;

    for (int i = 0; i < 1000; i++) {
        struct go_waitgroup wg = {0};
        int64_t start = now();

        go_waitgroup_go(&wg, does_nothing);
        go_waitgroup_wait(&wg);
        if (now() - start < least)
            least = now() - start;
    }
    return least;
}

static int64_t
shortest_call(void)
{
    int64_t least = INT64_MAX;

    for (int i = 0; i < 1000; i++) {
        struct timespec t;
        int64_t start = now();

        clock_getres(CLOCK_PROCESS_CPUTIME_ID, &t);
        if (now() - start < least)
            least = now() - start;
    }
    return least;
}

static int
go_main(int argc, char **argv)
{
    struct go_waitgroup one = {0}, two = {0}, three = {0};
    char text[100];

    (void)argc;
    (void)argv;
    go_gomaxprocs(1);
    go_waitgroup_add(&gate, 1);

    go_waitgroup_go(&one, waits, 0);
    go_gosched();

    struct g *gp = seen[0];
    const enum g_status when_waiting = g_status(gp);
    const uint64_t first_id = gp->id;
    const bool off_queue = gp->why == WAIT_WAITGROUP;

    go_waitgroup_done(&gate);

    const enum g_status when_ready = g_status(gp);

    go_waitgroup_wait(&one);

    const enum g_status at_the_end = g_status(gp);

    // The next one.
    go_waitgroup_add(&gate, 1);
    go_waitgroup_go(&two, waits, 1);
    go_gosched();

    const bool reused = seen[1] == gp;
    const uint64_t second_id = seen[1]->id;

    go_waitgroup_done(&gate);
    go_waitgroup_wait(&two);
    go_waitgroup_go(&three, leaves_by_goexit);
    go_waitgroup_wait(&three);

    const bool life = when_running == G_RUNNING && when_waiting == G_WAITING &&
                      when_ready == G_RUNNABLE && at_the_end == G_DEAD;

    verdict("3.9 3.60 3.78", is(seen[0] != NULL), "go made it");
    verdict("3.35", is(life),
            "running, then waiting, ready to run, and dead: each was seen");
    verdict("3.34", is(life && reused),
            "made ready by another; and a dead one is begun anew");
    verdict("3.33", life ? "half true" : "false",
            "Go's begins as idle, and is dead before it is runnable; and"
            " there are two states more");
    verdict("3.43 3.80", is(life), "its status, read by another");
    verdict("3.12", off_queue && life ? "half true" : "false",
            "waiting, yes; but who runs is on no run queue already");
    verdict("3.47 3.48 3.51 3.11", is(at_the_end == G_DEAD && reused),
            "dead at its end; and the next go took the same g");
    verdict("3.52", is(reused),
            "the next go found a g, and a stack that is in the cache");
    verdict("3.58 3.41", is(!(reused && at_the_end == G_DEAD)),
            "kept, not freed: the g and its stack wait for the next go");
    verdict("3.42 3.102", reused ? "half true" : "true",
            "the second go allocated nothing: it used a dead g again");
    verdict("3.36", reused ? "half true" : "false",
            "true once: a g that is used again never is idle again");
    verdict("3.29 3.31", is(first_id != second_id),
            "one g, two goroutines, two numbers");
    verdict("3.30", is(first_id != 0),
            "Go has no call for it; ours has, go_id");
    verdict("3.32", is(second_id > first_id),
            "the numbers only go up (each p takes sixteen at a time)");
    verdict("3.50 3.57", is(after_goexit),
            "go_goexit ended one, from a call inside its function");

    // Made, run and ended, in all: so none of the two states took longer.
    const int64_t turn = shortest_turn(), call = shortest_call();

    snprintf(text, sizeof(text), "made, run and ended in %lld ns",
             (long long)turn);
    verdict("3.37 3.38", is(turn >= 1000000), text);
    verdict("3.39", is(life), "as long as what it waits for takes");
    snprintf(text, sizeof(text), "a short one takes %lld ns", (long long)call);
    verdict("3.40", is(call >= 1000000), text);

    go(runs_on);
    go_gosched();
    return 0;
}

int
main(int argc, char **argv)
{
    int value = go_run(go_main, argc, argv);
    const long then = turns;

    shortest_call();
    verdict("3.63", is(then > 0 && turns == then),
            "another one was in an endless loop: it got no turn any more");
    return value;
}

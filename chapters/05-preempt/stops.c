/** @file stops.c  When is a goroutine made to stop, and by what? */
#include <stdio.h>
#include <time.h>

#include "../01-context/claim.h"
#include "godebug.h"
#include "preempt.h"

static volatile bool stop;
static volatile unsigned long rounds, polite, others;
static const char *answer[2];   // of a run with signals, and of one without
static bool by_signal, asked, by_checkpoint, hog_kept_p, waited_for;
static int64_t turn;            // ns, of one that computes on
static uint32_t tick_named, tick_then;

static const char *
is(bool so)
{
    return so ? "true" : "false";
}

// Calls nothing.
__attribute__((noinline)) static void
spins(void)
{
    while (!stop)
        rounds++;
}

// Computes for some slices, and calls nothing; then it is done.
static void
computes(void)
{
    const int64_t begin = world.now();

    while (world.now() - begin < 10 * (int64_t)SLICE)
        for (volatile int i = 0; i < 100000; i++)
            continue;
    hog_kept_p = others == 0;
}

// Asks at each round.
static void
asks(void)
{
    const int64_t begin = world.now();

    while (world.now() - begin < 20 * (int64_t)SLICE && others == 0) {
        polite++;
        go_checkpoint();
    }
    by_checkpoint = others > 0;
}

static void
counts(void)
{
    others++;
}

static int
with_signals(int argc, char **argv)
{
    const struct p *p = getg()->m->p;

    (void)argc;
    (void)argv;
    go_gomaxprocs(1);
    answer[0] = preempt_off();
    if (answer[0] != NULL)
        return 0;
    go(spins);
    for (int i = 0; i < 3; i++) {
        const int64_t begin = world.now();

        tick_then = atomic_load_relaxed(&p->ticks) + 1;     // that of spins
        go_gosched();
        turn = world.now() - begin;
        tick_named = atomic_load_relaxed(&p->preempt);
    }
    by_signal = rounds > 0;
    asked = tick_named == tick_then;
    waited_for = turn >= SLICE / 2;
    stop = true;
    return 0;
}

static int
without_signals(int argc, char **argv)
{
    struct go_waitgroup all = {0};

    (void)argc;
    (void)argv;
    go_gomaxprocs(1);
    answer[1] = preempt_off();
    go_waitgroup_go(&all, counts);
    go_waitgroup_go(&all, computes);            // goes first
    go_waitgroup_wait(&all);
    others = 0;
    go_waitgroup_go(&all, counts);
    go_waitgroup_go(&all, asks);
    go_waitgroup_wait(&all);
    return 0;
}

int
main(void)
{
    char text[100];

    go_run(with_signals, 0, NULL);
    setenv("GODEBUG", "asyncpreemptoff=1", 1);
    go_run(without_signals, 0, NULL);

    const bool signals = by_signal && answer[0] == NULL && answer[1] != NULL;

    verdict("5.1", signals && by_checkpoint ? "half true" : "false",
            "both kinds; but the one at calls is from Go 1.2, 1.14 brought signals");
    verdict("5.2", signals ? "outdated" : "true",
            "a loop without any call was stopped");
    snprintf(text, sizeof(text), "others waited %.1f ms, each time", (double)turn / 1e6);
    verdict("5.3", is(waited_for), text);
    verdict("5.4", is(by_signal), "its turn ended by a signal; or it would have waited");
    verdict("5.5", is(by_checkpoint), "without signals, a checkpoint was enough");
    snprintf(text, sizeof(text),
             "Go's 10 ms are when it is asked; it was seen to run for 20. Here %.1f ms",
             (double)turn / 1e6);
    verdict("5.6", by_signal ? "half true" : "false", text);
    verdict("5.7", is(hog_kept_p && by_checkpoint),
            "without signals the loop kept its p, one with checkpoints did not");
    verdict("5.8 5.13", is(signals), "with signals the same loop was stopped");
    verdict("5.9", is(asked), "the request names the turn that was too long");
    verdict("5.10", is(by_checkpoint),
            "in Go each function does; here who calls go_checkpoint");
    verdict("5.11", is(signals), "SIGURG, to the thread that has the p");
    verdict("5.12", is(signals && others > 0), "all had their turns");
    return 0;
}

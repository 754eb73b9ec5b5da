/** @file 05-preempt_explore-checkpoint.c  Who comes to a checkpoint stops if it
 * was asked to, and only then.
 */
#include "explore.h"
#include "preempt.h"

static bool ran;                // the other goroutine

static void
runs(void)
{
    ran = true;
}

// Another goroutine is ready, on the only p. Somebody asks for this one, or for
// the last one; this one may have said that it does not want to stop.
static int
main_checks(int argc, char **argv)
{
    const bool asked = argc & 1, late = argc & 2, disabled = argc & 4;
    struct go_waitgroup one = {0};
    struct p *p = getg()->m->p;

    (void)argv;
    if (late)
        preempt_request(p);
    go_gosched();
    if (late)
        atomic_store_relaxed(&p->ticks, atomic_load_relaxed(&p->ticks) + 1);
    go_waitgroup_go(&one, runs);
    if (asked)
        preempt_request(p);
    if (disabled)
        go_preempt_disable();
    go_checkpoint();
    if (disabled)
        EXPLORE_EXPECT(!ran, "A goroutine is stopped that has said go_preempt_disable.",
                       "It may hold a lock of its thread. no_preempt says how "
                       "often it has asked to be left alone.");
    else if (asked)
        EXPLORE_EXPECT(ran, "A goroutine that was asked to stop goes on.",
                       "preempt_wanted says whether somebody wants the "
                       "goroutine of this p to stop.");
    else
        EXPLORE_EXPECT(!ran, "A goroutine is stopped, and nobody has asked.",
                       "A checkpoint stands in a loop: each stop costs a switch. "
                       "And a request for a goroutine that has left means "
                       "nothing to the next one.");
    if (disabled)
        go_preempt_enable();
    go_waitgroup_wait(&one);
    return 0;
}

static void asked(void) { go_run(main_checks, 1, NULL); }
static void not_asked(void) { go_run(main_checks, 0, NULL); }
static void asked_too_late(void) { go_run(main_checks, 2, NULL); }
static void disabled(void) { go_run(main_checks, 1 | 4, NULL); }

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "check-asked", .body = asked, .bound = 1 },
        { .name = "check-not-asked", .body = not_asked, .bound = 1 },
        { .name = "check-disabled", .body = disabled, .bound = 1 },
        { .name = "check-late", .body = asked_too_late, .bound = 1 },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}

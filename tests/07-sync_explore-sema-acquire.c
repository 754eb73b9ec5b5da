/** @file 07-sync_explore-sema-acquire.c  Semaphores are acquired while others release them.
 *
 * Links: -Wl,--wrap=g_park,--wrap=g_ready,--wrap=proc_leave
 */
#include "played.h"

#include "sema.h"
#include "semaroot.h"
static struct go_sema sema;
static int done;

static struct sema_root *
root(void)
{
    return sema_root((word_t *)&sema.permits);
}

static uint32_t
counted(void)
{
    return atomic_load_relaxed(&root()->waiters);
}

static void
acquires(int me)
{
    (void)me;
    go_sema_acquire(&sema);
    done++;
}

static void
releases(int me)
{
    (void)me;
    go_sema_release(&sema);
}

static void
releases_two(int me)
{
    releases(me);
    releases(me);
}

static bool handing;            // a permit is handed over

static void
hands_over(int me)
{
    (void)me;
    handing = true;
    sema_release((word_t *)&sema.permits, true);
}

static void
all_is_as_before(uint32_t permits)
{
    EXPLORE_EXPECT(counted() == 0, "Nobody waits, and somebody is still counted.",
                   "Who finds a permit after all counts itself off again, before "
                   "it gives the lock back.");
    EXPLORE_EXPECT(sema.permits == permits, "Somebody goes on, and has taken no permit.",
                   "To be woken is not to have the permit: somebody else may have "
                   "taken it meanwhile. Take one, or wait again.");
}

static void
permit(void)
{
    play(acquires);
    play(releases);
    play_all();
    all_is_as_before(0);
}

static void
two_permits(void)
{
    play(acquires);
    play(acquires);
    play(releases_two);
    play_all();
    all_is_as_before(0);
}

// One permit, and each gives back what it took.
static int inside;

static void
borrows(int me)
{
    (void)me;
    go_sema_acquire(&sema);
    EXPLORE_EXPECT(inside++ == 0, "Somebody goes on, and has taken no permit.",
                   "There is one permit, and two have it.");
    EXPLORE_YIELD();
    inside--;
    go_sema_release(&sema);
}

static void
one_permit(void)
{
    sema.permits = 1;
    for (int i = 0; i < 3; i++)
        play(borrows);
    play_all();
    all_is_as_before(1);
}

static void
takes_if_free(int me)
{
    (void)me;
    if (go_sema_try_acquire(&sema))
        go_sema_release(&sema);
}

static void
handed_over(void)
{
    play(acquires);
    play(hands_over);
    play(takes_if_free);
    play_all();
    all_is_as_before(0);
}

static void
explain(struct explore_failure *f)
{
    if (!played_stuck(f))
        return;
    if (root()->lock.key.atomic_value != 0) {
        f->what = "The lock of the root is never given back.";
        f->why = "g_park gives it back for who sleeps. Who finds a permit after "
                 "all does it itself.";
    } else if (sema.permits > 0) {
        f->what = "A permit is there, and somebody sleeps.";
        f->why = "Who releases gives the permit, and then looks at waiters. So "
                 "who acquires counts itself, and then looks for a permit: one "
                 "of the two sees the other.";
    } else if (handing) {
        f->what = "A permit was handed over, and who got it waits for another.";
        f->why = "Who hands over has taken the permit for it (w.handed).";
    }
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "acquire-permit", .body = permit, .explain = explain, .bound = 3 },
        { .name = "acquire-two", .body = two_permits, .explain = explain, .bound = 2 },
        { .name = "acquire-one", .body = one_permit, .explain = explain, .bound = 2 },
        { .name = "acquire-handed", .body = handed_over, .explain = explain, .bound = 3 },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}

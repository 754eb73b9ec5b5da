/** @file 07-sync_explore-sema-release.c  Semaphores are released while others acquire them.
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
all_is_as_before(void)
{
    EXPLORE_EXPECT(counted() == 0, "Nobody waits, and somebody is still counted.",
                   "Whoever takes one off the list counts it off, under the same lock.");
    EXPLORE_EXPECT(sema.permits == 0, "A permit is left.", NULL);
}

static void
permit(void)
{
    play(acquires);
    play(releases);
    play_all();
    all_is_as_before();
}

static void
two_permits(void)
{
    play(acquires);
    play(acquires);
    play(releases_two);
    play_all();
    all_is_as_before();
}

static void
handed_over(void)
{
    play(acquires);
    play(hands_over);
    play_all();
    all_is_as_before();
}

// Who acquired it frees it.
static struct go_sema *owned;

static void
frees_after_acquire(int me)
{
    (void)me;
    go_sema_acquire(owned);
    world.free(owned);
}

static void
releases_owned(int me)
{
    (void)me;
    sema_release((word_t *)&owned->permits, true);
}

static void
freed(void)
{
    play(frees_after_acquire);
    play(releases_owned);
    owned = world.alloc(sizeof(*owned));
    *owned = (struct go_sema){0};
    play_all();
}

static void
explain(struct explore_failure *f)
{
    if (f->kind == EXPLORE_FREED) {
        f->why = "Once the permit is given and nobody sleeps, whoever has it may "
                 "free what the word lies in. Who sleeps keeps it alive: until "
                 "he is made ready.";
        return;
    }
    if (!played_stuck(f) || owned != NULL)
        return;
    if (root()->lock.key.atomic_value != 0) {
        f->what = "The lock of the root is never given back.";
        f->why = "It is given back whether anybody was on the list or not.";
    } else if (sema.permits > 0) {
        f->what = "A permit is there, and somebody sleeps.";
        f->why = "Who acquires counts itself, and then looks for a permit. So who "
                 "releases gives the permit, and then looks whether anybody waits: "
                 "one of the two sees the other.";
    } else if (handing) {
        f->what = "A permit was handed over, and who got it waits for another.";
        f->why = "What it is to find when it goes on is written before g_ready.";
    } else {
        f->what = "Two permits were given, and one is lost.";
        f->why = "A word may hold several permits: add one.";
    }
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "release-permit", .body = permit, .explain = explain, .bound = 3 },
        { .name = "release-two", .body = two_permits, .explain = explain, .bound = 2 },
        { .name = "release-handed", .body = handed_over, .explain = explain, .bound = 3 },
        { .name = "release-freed", .body = freed, .explain = explain, .bound = 3 },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}

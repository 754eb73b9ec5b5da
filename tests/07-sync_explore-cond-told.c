/** @file 07-sync_explore-cond-told.c  Numbers are told, near the places where they wrap around.
 *
 * Links: -Wl,--wrap=g_park,--wrap=g_ready,--wrap=proc_leave
 */
#include "played.h"

static struct go_cond cond;
static struct go_mutex mu;
static int signals;             // how many were told

#define LOST "A number was told, and who has it sleeps."
#define EARLY "wait returns, and nobody has signalled."

// Whatever stands in the way of a number: they begin here.
static void
numbers_begin(uint32_t first)
{
    cond.wait = cond.notify = first;
}

static void
waits(int me)
{
    (void)me;
    go_mutex_lock(&mu);
    go_cond_wait(&cond, &mu);
    EXPLORE_EXPECT(signals > 0, EARLY,
                   "notify is the next one to be told, and told are those before "
                   "it. Numbers wrap around: which of two comes first is the sign "
                   "of their difference.");
    go_mutex_unlock(&mu);
}

// Tells two numbers, as soon as they have been drawn.
static void
tells_two(int me)
{
    (void)me;
    go_mutex_lock(&mu);
    while (signals < 2) {
        go_mutex_unlock(&mu);
        explore_relax();
        go_mutex_lock(&mu);
        if (cond.wait != cond.notify) {
            signals++;
            go_cond_signal(&cond);
        }
    }
    go_mutex_unlock(&mu);
}

static void
both_wait(void)
{
    play(waits);
    play(waits);
    play(tells_two);
    play_all();
}

static void from_zero(void) { numbers_begin(0); both_wait(); }
static void at_the_sign(void) { numbers_begin(INT32_MAX); both_wait(); }
static void at_the_end(void) { numbers_begin(UINT32_MAX); both_wait(); }

static void
explain(struct explore_failure *f)
{
    if (!played_stuck(f))
        return;
    f->what = LOST;
    f->why = "It was told before it came to the list, and did not see that. "
             "Told are those before notify, whatever the numbers are.";
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "told-from-0", .body = from_zero, .explain = explain, .bound = 2 },
        { .name = "told-at-the-sign", .body = at_the_sign, .explain = explain, .bound = 2 },
        { .name = "told-at-the-end", .body = at_the_end, .explain = explain, .bound = 2 },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}

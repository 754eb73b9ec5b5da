/** @file 03-gmp_explore-runq-take-half.c  The older half of a queue: alone, and
 * while others put and take.
 */
#include "explore.h"
#include "runq.h"
#include "runtime.h"

static struct runq q;
static struct g item[6];
static int came[6];

static void
comes(struct g *gp)
{
    came[gp - item]++;
    EXPLORE_EXPECT(came[gp - item] == 1, "A goroutine came out of the queue twice.",
                   "What is taken is cut off: the queue goes on behind it, and "
                   "the list that is handed over ends with *last.");
}

static void
take_half(void)
{
    struct g *first, *last;
    uint32_t n = runq_take_half(&q, &first, &last), seen = 0;

    for (struct g *gp = first; n > 0 && gp != NULL; gp = gp->next) {
        comes(gp);
        seen++;
        EXPLORE_EXPECT(gp != last || gp->next == NULL,
                       "The list that is taken has no end.",
                       "Others go through it by next, until there is none.");
        EXPLORE_EXPECT(gp == last || gp->next != NULL,
                       "The list that is taken does not end with *last.",
                       "Whoever gets the list puts it behind another one, and "
                       "must know both ends.");
    }
    EXPLORE_EXPECT(seen == n, "What is taken is not as much as is said.",
                   "The number that is returned is added to that of another "
                   "queue.");
}

static void
take_rest(void)
{
    for (struct g *gp; (gp = runq_get(&q)) != NULL; )
        comes(gp);
}

static void
all_have_come(int n)
{
    for (int i = 0; i < n; i++)
        EXPLORE_EXPECT(came[i] == 1, "A goroutine of the queue got lost.",
                       "It is neither in the list that was taken nor in the "
                       "queue, so it will never run.");
    EXPLORE_EXPECT(runq_length(&q) == 0, "The queue is empty, and its number is not 0.",
                   "n is the length of the list whenever the lock is free; by "
                   "it others know whether to look.");
}

// Nobody else is there.
static void
alone(void)
{
    for (int n = 0; n <= 5; n++) {
        struct g *first, *last;

        for (int i = 0; i < 6; i++)
            came[i] = 0;
        for (int i = 0; i < n; i++)
            runq_put(&q, &item[i]);

        uint32_t taken = runq_take_half(&q, &first, &last);

        EXPLORE_EXPECT((int)taken == (n + 1) / 2, "It is not half of the queue.",
                       "Rounded up, so that the only one can be taken, too: its "
                       "p may be busy for long.");
        EXPLORE_EXPECT(n > 0 || (first == NULL && last == NULL),
                       "From an empty queue something is taken.", NULL);
        EXPLORE_EXPECT(n == 0 || first == &item[0], "It is not the older half.",
                       "Who has waited longest is to run first, wherever that "
                       "is.");
        EXPLORE_EXPECT(n == 0 || last == &item[taken - 1],
                       "The list that is taken does not end with *last.",
                       "Whoever gets the list puts it behind another one, and "
                       "must know both ends.");
        EXPLORE_EXPECT(n == 0 || last->next == NULL, "The list that is taken has no end.",
                       "Others go through it by next, until there is none.");
        for (struct g *gp = first; gp != NULL; gp = gp->next)
            comes(gp);
        // The queue goes on working.
        runq_put(&q, &item[5]);
        take_rest();
        EXPLORE_EXPECT(came[5] == 1, "What is put afterwards is lost.",
                       "tail must be the last of the queue, not of what was "
                       "taken.");
        all_have_come(n);
    }
}

static void
takes_half(void *arg)
{
    (void)arg;
    take_half();
}

static void
while_owner_works(void)
{
    runq_put(&q, &item[0]);
    runq_put(&q, &item[1]);
    explore_thread(takes_half, NULL);
    runq_put(&q, &item[2]);

    struct g *gp = runq_get(&q);

    if (gp != NULL)
        comes(gp);
    explore_join();
    take_rest();
    all_have_come(3);
}

static void
two_take(void)
{
    for (int i = 0; i < 3; i++)
        runq_put(&q, &item[i]);
    explore_thread(takes_half, NULL);
    take_half();
    explore_join();
    take_rest();
    all_have_come(3);
}

static void
explain(struct explore_failure *f)
{
    switch (f->kind) {
    case EXPLORE_CRASH:
        f->what = "It goes on behind the end of the queue.";
        f->why = "From the first of n to the last there are n - 1 steps. And an "
                 "empty queue has no first.";
        break;
    case EXPLORE_NEVER_ENDS:
    case EXPLORE_DEADLOCK:
        f->what = "The lock of the queue is never given back.";
        f->why = "Each way out gives it back, also that of an empty queue.";
        break;
    default:
        break;
    }
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "half", .body = alone, .explain = explain, .bound = 0 },
        { .name = "half-owner", .body = while_owner_works, .explain = explain,
          .bound = 2 },
        { .name = "half-two", .body = two_take, .explain = explain, .bound = 2 },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}

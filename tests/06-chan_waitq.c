/** @file 06-chan_waitq.c  Who waits for a channel: the list, and whom each of them
 * has to fetch in time.
 */
#include <stdio.h>
#include <stdlib.h>

#include "chan.h"
#include "closesize.h"

enum { ALL = 40, STEPS = 200000 };

static struct waitq q;
static struct waiter {
    struct sudog sg;
    struct g g;                 // only its address is used
    int came;                   // as which one in all
} waiter[ALL];

#define REQUIRE(what)                                                         \
    do {                                                                      \
        if (!(what)) {                                                        \
            printf("line %d: not so: %s\n", __LINE__, #what);                 \
            exit(1);                                                          \
        }                                                                     \
    } while (0)

static struct waiter *
waiter_of(const struct g *gp)
{
    return (struct waiter *)((uintptr_t)gp - offsetof(struct waiter, g));
}

// The list is in order, and mark stands where chan.h says. Whom one that waits is to
// fetch has come after it.
static void
look(int length)
{
    const struct sudog *before = NULL;
    uint32_t behind = 0;
    bool marked = false;
    int n = 0;

    for (struct sudog *sg = atomic_load_relaxed(&q.first); sg != NULL; sg = sg->next) {
        const struct waiter *w = waiter_of(sg->g);

        REQUIRE(sg->queued && sg->prev == before);
        REQUIRE(before == NULL || waiter_of(before->g)->came < w->came);
        REQUIRE(sg->later == NULL || waiter_of(sg->later)->came > w->came);
        behind += marked;
        marked |= sg == q.mark;
        before = sg;
        n++;
    }
    REQUIRE(n == length);
    REQUIRE(n == 0 || before == q.last);
    REQUIRE(n < 2 || (marked && behind < LATER));
}

// Thirty come, and nobody leaves: each knows the one LATER places behind it.
static void
come(void)
{
    for (int i = 0; i < 30; i++) {
        struct waiter *w = &waiter[i];

        w->came = i;
        w->sg = (struct sudog){ .g = &w->g };
        waitq_put(&q, &w->sg);
        look(i + 1);
    }
    for (int i = 0; i < 30; i++)
        REQUIRE(waiter[i].sg.later == (i + LATER < 30 ? &waiter[i + LATER].g : NULL));
    for (int i = 0; i < 30; i++)
        waitq_remove(&q, &waiter[i].sg);
    look(0);
}

// The first comes first, and leaves last: nothing of this is left.
static void
leave_backwards(void)
{
    for (int i = 0; i < 6; i++) {
        waiter[i].came = i;
        waiter[i].sg = (struct sudog){ .g = &waiter[i].g };
        waitq_put(&q, &waiter[i].sg);
    }
    for (int i = 5; i >= 0; i--) {
        waitq_remove(&q, &waiter[i].sg);
        look(i);
    }
    come();
}

// Anybody comes, and anybody leaves: now more of the one, and now of the other.
static void
come_and_go(void)
{
    int length = 0;

    srandom(1);
    for (int i = 0; i < STEPS; i++) {
        struct waiter *w = &waiter[random() % ALL];
        const bool fewer = i / 1000 % 2 == 0;

        if (w->sg.queued && (fewer || random() % 8 == 0)) {
            waitq_remove(&q, &w->sg);
            w->sg.later = NULL;
            length--;
        } else if (!w->sg.queued && (!fewer || random() % 8 == 0)) {
            w->came = i;
            w->sg = (struct sudog){ .g = &w->g };
            waitq_put(&q, &w->sg);
            length++;
        }
        look(length);
    }
    for (int i = 0; i < ALL; i++)
        if (waiter[i].sg.queued)
            waitq_remove(&q, &waiter[i].sg);
    look(0);
}

int
main(void)
{
    come();
    leave_backwards();
    come_and_go();
    return 0;
}

/** @file 04-steal_ring.h  Goroutines that come out of rings, counted: what the
 * checks of part 4's rings share. A ring is full with four here
 * (lib/explore/runqsize.h).
 */
#include <string.h>

#include "explore.h"
#include "runq.h"
#include "runtime.h"

enum { ITEMS = 12 };

static struct runq mine, theirs;
static struct g item[ITEMS];
static int taken[ITEMS];

// Said of a goroutine that comes out twice, or not at all: why that may be.
static const char *twice_why, *lost_why;

static inline void
count(struct g *gp)
{
    if (gp == NULL)
        return;
    EXPLORE_EXPECT(gp >= item && gp < item + ITEMS,
                   "What comes out of the ring is no goroutine that was put there.",
                   "Only the slots from head to tail mean anything.");
    taken[gp - item]++;
    EXPLORE_EXPECT(taken[gp - item] == 1, "A goroutine came out of the ring twice.",
                   twice_why);
}

static inline void
count_all(struct runq *q)
{
    for (struct g *gp; (gp = runq_get(q)) != NULL; )
        count(gp);
}

// Each of the first n has come once, and nothing is left.
static inline void
all_have_come(int n)
{
    for (int i = 0; i < n; i++)
        EXPLORE_EXPECT(taken[i] == 1, "A goroutine of the ring got lost.", lost_why);
    EXPLORE_EXPECT(runq_empty(&mine) && runq_empty(&theirs),
                   "All have come out of the ring, and it is not empty.", lost_why);
}

static inline void
nothing_has_come(void)
{
    memset(taken, 0, sizeof(taken));
}

static inline void
begin_at(struct runq *q, uint32_t position)
{
    q->head.atomic_value = q->tail.atomic_value = position;
}

// The next n of item, from `from` on.
static inline void
put(struct runq *q, int from, int n)
{
    for (int i = from; i < from + n; i++)
        EXPLORE_EXPECT(runq_put(q, &item[i]), "The ring is called full, and there is room.",
                       "It holds RUNQ_SIZE. How many are in it is tail - head, "
                       "wherever the two stand.");
}

// A thief with a ring of its own comes twice.
static inline void
steals(void *arg)
{
    (void)arg;
    for (int i = 0; i < 2; i++) {
        count(runq_steal(&theirs, &mine));
        count_all(&theirs);
    }
}

// A thief that wants a list: sysmon, or whoever stops the world.
static inline void
takes_half(void *arg)
{
    struct g *first, *last;

    (void)arg;
    if (runq_take_half(&mine, &first, &last) > 0)
        for (struct g *gp = first; gp != NULL; gp = gp->next)
            count(gp);
}

/** @file 04-steal_explore-adversary.c  Two locks, a bell and two queues. Each is
 * broken, each holds as long as nobody comes at a bad moment, and you choose the
 * moments.
 */
#include "atomic.h"
#include "explore.h"
#include "relax.h"
#include "world.h"

static int inside;

// Nobody else is where only one may be.
static void
works_alone(void)
{
    inside++;
    EXPLORE_YIELD();
    EXPLORE_EXPECT(inside == 1, "Two have the lock at the same time.", NULL);
    inside--;
}

// [ticket]
static ATOMIC(int) tickets, served;

static void
ticket_lock(void)
{
    int mine = atomic_load(&tickets);

    atomic_store(&tickets, mine + 1);
    while (atomic_load(&served) != mine)
        cpu_relax();
}

static void
ticket_unlock(void)
{
    atomic_add(&served, 1);
}
// [ticket]

static void
wants_ticket(void *arg)
{
    (void)arg;
    ticket_lock();
    works_alone();
    ticket_unlock();
}

static void
ticket(void)
{
    explore_thread(wants_ticket, NULL);
    wants_ticket(NULL);
    explore_join();
}

// [turn]
static ATOMIC(int) turn, wants[2];

static void
turn_lock(int me)
{
    atomic_store(&turn, 1 - me);                // after you
    atomic_store(&wants[me], 1);
    while (atomic_load(&wants[1 - me]) && atomic_load(&turn) == 1 - me)
        cpu_relax();
}

static void
turn_unlock(int me)
{
    atomic_store(&wants[me], 0);
}
// [turn]

static void
waits_for_turn(void *me)
{
    turn_lock(me != NULL);
    works_alone();
    turn_unlock(me != NULL);
}

static void
turns(void)
{
    explore_thread(waits_for_turn, &turn);
    waits_for_turn(NULL);
    explore_join();
}

// [bell]
static ATOMIC(int) guests;
static ATOMIC(uint32_t) bell;

static void
bell_ring(void)
{
    atomic_store(&guests, 1);
    world.futex_wake(&bell.atomic_value, 1);
}

static void
bell_wait(void)
{
    if (atomic_load(&guests) == 0)
        world.futex_wait(&bell.atomic_value, 0, -1);
}
// [bell]

static void
rings(void *arg)
{
    (void)arg;
    bell_ring();
}

static void
bells(void)
{
    explore_thread(rings, NULL);
    bell_wait();
    explore_join();
}

static int taken[4];

static void
takes(int value)
{
    if (value == 0)
        return;
    taken[value]++;
    EXPLORE_EXPECT(taken[value] == 1, "One is taken twice.", NULL);
}

// [ring]
static ATOMIC(int) head, tail, slot[4];

static void
ring_put(int value)
{
    int at = atomic_load(&tail);

    atomic_store(&slot[at % 4], value);
    atomic_store(&tail, at + 1);
}

static int
ring_get(void)                                  // its owner
{
    int at = atomic_load(&head);

    if (at == atomic_load(&tail))
        return 0;

    int value = atomic_load(&slot[at % 4]);

    atomic_store(&head, at + 1);
    return value;
}

static int
ring_steal(void)                                // others
{
    int at = atomic_load(&head);

    if (at == atomic_load(&tail))
        return 0;

    int value = atomic_load(&slot[at % 4]);

    return atomic_cas(&head, &at, at + 1) ? value : 0;
}
// [ring]

static void
steals(void *arg)
{
    (void)arg;
    takes(ring_steal());
    takes(ring_steal());
}

static void
rings_around(void)
{
    for (int value = 1; value <= 3; value++)
        ring_put(value);
    explore_thread(steals, NULL);
    takes(ring_get());
    takes(ring_get());
    explore_join();
}

// [stack]
struct node {
    struct node *next;
    int value;
};

static ATOMIC(struct node *) top;
static struct node node[3] = { { .value = 1 }, { .value = 2 }, { .value = 3 } };

static void
stack_push(struct node *n)
{
    struct node *old = atomic_load(&top);

    do {
        n->next = old;
    } while (!atomic_cas(&top, &old, n));
}

static struct node *
stack_pop(void)
{
    struct node *old = atomic_load(&top);

    while (old != NULL) {
        struct node *next = old->next;

        if (atomic_cas(&top, &old, next))
            break;
    }
    return old;
}
// [stack]

static void
pops(void)
{
    struct node *n = stack_pop();

    if (n != NULL)
        takes(n->value);
}

static void
pops_and_gives_back(void *arg)
{
    struct node *first = stack_pop();

    (void)arg;
    pops();
    if (first != NULL)
        stack_push(first);
}

static void
stacks(void)
{
    for (int i = 2; i >= 0; i--)
        stack_push(&node[i]);
    explore_thread(pops_and_gives_back, NULL);
    pops();
    pops();
    explore_join();
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "adv-ticket", .body = ticket, .bound = 3, .finds = "never ends" },
        { .name = "adv-turn", .body = turns, .bound = 3, .finds = "Two have" },
        { .name = "adv-bell", .body = bells, .bound = 3, .finds = "Deadlock" },
        { .name = "adv-ring", .body = rings_around, .bound = 3, .finds = "twice" },
        { .name = "adv-stack", .body = stacks, .bound = 3, .finds = "twice" },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}

/** @file 03-gmp_explore-classics.c  Mistakes that everybody knows and stress
 * tests miss, each beside the version without it: the explorer finds the one
 * and shows that the other has none.
 */
#include <stdbool.h>
#include <stddef.h>

#include "atomic.h"
#include "explore.h"
#include "relax.h"
#include "world.h"

// ---- Two read, add, and write ----------------------------------------------

static ATOMIC(long) sum;

static void
adds_in_two_steps(void *arg)
{
    long n = atomic_load(&sum);

    (void)arg;
    atomic_store(&sum, n + 1);
}

static void
adds_in_one(void *arg)
{
    (void)arg;
    atomic_add(&sum, 1);
}

static void
sum_of(void (*adds)(void *))
{
    explore_thread(adds, NULL);
    adds(NULL);
    explore_join();
    EXPLORE_REQUIRE(sum.atomic_value == 2);
}

static void lost_update(void) { sum_of(adds_in_two_steps); }
static void no_lost_update(void) { sum_of(adds_in_one); }

// ---- Dekker: I say that I want to, then see whether you do -------------------

static ATOMIC(bool) wants[2];
static int inside;

static void
enters(int me, bool fence)
{
    atomic_store_relaxed(&wants[me], true);
    if (fence)
        atomic_fence();

    bool other = atomic_load_relaxed(&wants[1 - me]);

    if (other)
        return;
    inside++;
    EXPLORE_YIELD();
    EXPLORE_REQUIRE(inside == 1);
    inside--;
}

static void enters_unfenced(void *arg) { (void)arg; enters(1, false); }
static void enters_fenced(void *arg) { (void)arg; enters(1, true); }

static void
dekker_unfenced(void)
{
    explore_thread(enters_unfenced, NULL);
    enters(0, false);
    explore_join();
}

static void
dekker(void)
{
    explore_thread(enters_fenced, NULL);
    enters(0, true);
    explore_join();
}

// ---- A stack without locks: the same head, another stack (ABA) ---------------

struct node {
    struct node *next;
    int owner;
};

static ATOMIC(struct node *) head;
static struct node node[3];

static void
push(struct node *n)
{
    struct node *old = atomic_load(&head);

    do {
        n->next = old;
    } while (!atomic_cas(&head, &old, n));
}

static struct node *
pop(void)
{
    struct node *old = atomic_load(&head);
    bool done = false;

    while (old != NULL && !done) {
        struct node *next = old->next;

        done = atomic_cas(&head, &old, next);
    }
    return old;
}

static void
own(struct node *n)
{
    if (n != NULL) {
        n->owner++;
        EXPLORE_REQUIRE(n->owner == 1);
    }
}

static void
pops_two_and_pushes_one(void *arg)
{
    struct node *a = pop();
    struct node *b = pop();

    (void)arg;
    own(b);
    if (a != NULL)
        push(a);
}

static void
aba(void)
{
    for (int i = 2; i >= 0; i--)
        push(&node[i]);
    explore_thread(pops_two_and_pushes_one, NULL);
    own(pop());
    own(pop());
    explore_join();
}

// ---- The deque of Chase and Lev ----------------------------------------------

enum { SLOTS = 4 };

static ATOMIC(long) top, bottom;
static ATOMIC(int) slot[SLOTS];
static int seen[4];

static void
put(int value)
{
    long b = atomic_load_relaxed(&bottom);

    atomic_store_relaxed(&slot[b % SLOTS], value);
    atomic_store_release(&bottom, b + 1);
}

static int
take(bool fence)
{
    long b = atomic_load_relaxed(&bottom) - 1;

    atomic_store_relaxed(&bottom, b);
    if (fence)
        atomic_fence();

    long t = atomic_load_relaxed(&top);

    if (t > b) {
        atomic_store_relaxed(&bottom, b + 1);
        return 0;
    }

    int value = atomic_load_relaxed(&slot[b % SLOTS]);

    if (t == b) {
        bool won = atomic_cas(&top, &t, t + 1);

        atomic_store_relaxed(&bottom, b + 1);
        if (!won)
            return 0;
    }
    return value;
}

static int
steal(bool with_cas)
{
    long t = atomic_load_acquire(&top);

    atomic_fence();

    long b = atomic_load_acquire(&bottom);

    if (t >= b)
        return 0;

    int value = atomic_load_relaxed(&slot[t % SLOTS]);

    if (with_cas) {
        bool won = atomic_cas(&top, &t, t + 1);

        return won ? value : 0;
    }
    atomic_store(&top, t + 1);
    return value;
}

static void
got(int value)
{
    if (value != 0) {
        seen[value]++;
        EXPLORE_REQUIRE(seen[value] == 1);
    }
}

static void steals_two(void *arg) { (void)arg; got(steal(true)); got(steal(true)); }
static void steals_without_cas(void *arg) { (void)arg; got(steal(false)); got(steal(false)); }

static void
deque(bool fence, void (*thief)(void *))
{
    put(1);
    put(2);
    explore_thread(thief, NULL);
    got(take(fence));
    got(take(fence));
    explore_join();
    EXPLORE_REQUIRE(seen[1] == 1);
    EXPLORE_REQUIRE(seen[2] == 1);
}

static void chase_lev(void) { deque(true, steals_two); }
static void chase_lev_unfenced(void) { deque(false, steals_two); }
static void chase_lev_without_cas(void) { deque(true, steals_without_cas); }

// ---- Sleeping and waking -----------------------------------------------------

static ATOMIC(uint32_t) word;
static ATOMIC(bool) asleep;

// Work arrives; whoever sleeps is woken, if the other one has seen that.
static void
submits(bool fence)
{
    atomic_store_relaxed(&word, 1);
    if (fence)
        atomic_fence();

    bool somebody = atomic_load_relaxed(&asleep);

    if (somebody)
        world.futex_wake(&word.atomic_value, 1);
}

static void submits_unfenced(void *arg) { (void)arg; submits(false); }
static void submits_fenced(void *arg) { (void)arg; submits(true); }

static void
parks(bool look_again)
{
    uint32_t work = atomic_load_relaxed(&word);

    if (work != 0)
        return;
    atomic_store(&asleep, true);
    if (look_again)
        while (atomic_load(&word) == 0)
            world.futex_wait(&word.atomic_value, 0, -1);
    else
        explore_sleep(&word.atomic_value, 0, -1);
}

static void
wakes(void (*submit)(void *), bool look_again)
{
    explore_thread(submit, NULL);
    parks(look_again);
    explore_join();
}

static void park_and_wake(void) { wakes(submits_fenced, true); }
static void park_without_looking(void) { wakes(submits_fenced, false); }
static void wake_unfenced(void) { wakes(submits_unfenced, true); }

// ---- Memory that is gone -----------------------------------------------------

struct box {
    ATOMIC(long) number;
    struct box *next;
};

static ATOMIC(struct box *) box;

static void
makes_box(void)
{
    struct box *b = world.map(sizeof(*b));

    b->next = b;
    atomic_store(&box, b);
}

// Whoever takes it out frees it. The other one may still look at it.
static void
takes_box(void *arg)
{
    struct box *b = atomic_swap(&box, NULL);

    (void)arg;
    if (b != NULL)
        world.unmap(b, sizeof(*b));
}

static void
reads_a_freed_number(void)
{
    makes_box();
    explore_thread(takes_box, NULL);

    struct box *b = atomic_load(&box);

    if (b != NULL)
        atomic_add(&b->number, 1);
    explore_join();
}

static void
follows_a_freed_pointer(void)
{
    makes_box();
    explore_thread(takes_box, NULL);

    struct box *b = atomic_load(&box);

    EXPLORE_YIELD();
    if (b != NULL)
        atomic_store_relaxed(&sum, (long)b->next->next->number.atomic_value);
    explore_join();
}

// ---- Other ends ----------------------------------------------------------------

static void
spins_for_ever(void)
{
    while (!atomic_load(&asleep))
        cpu_relax();
}

static void
crashes(void)
{
    *(volatile int *)(uintptr_t)inside = 1;
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "add-once", .body = no_lost_update, .bound = 3 },
        { .name = "add-twice", .body = lost_update, .bound = 3, .finds = "sum" },
        { .name = "dekker", .body = dekker, .bound = 3, .tso = true },
        { .name = "dekker-unfenced-sc", .body = dekker_unfenced, .bound = 3 },
        { .name = "dekker-unfenced", .body = dekker_unfenced, .bound = 3, .tso = true,
          .finds = "inside == 1" },
        { .name = "aba", .body = aba, .bound = 3, .finds = "owner == 1" },
        { .name = "deque", .body = chase_lev, .bound = 2, .tso = true },
        { .name = "deque-unfenced", .body = chase_lev_unfenced, .bound = 3, .tso = true,
          .finds = "seen" },
        { .name = "deque-without-cas", .body = chase_lev_without_cas, .bound = 3,
          .finds = "seen" },
        { .name = "park-then-look", .body = park_and_wake, .bound = 3, .tso = true },
        { .name = "park-without-looking", .body = park_without_looking, .bound = 3,
          .finds = "wake-up is lost" },
        { .name = "wake-unfenced", .body = wake_unfenced, .bound = 3, .tso = true,
          .finds = "wake-up is lost" },
        { .name = "freed-number", .body = reads_a_freed_number, .bound = 3,
          .finds = "used after it was freed" },
        { .name = "freed-pointer", .body = follows_a_freed_pointer, .bound = 3,
          .finds = "read from freed memory" },
        { .name = "spins-for-ever", .body = spins_for_ever, .finds = "never ends" },
        { .name = "crashes", .body = crashes, .finds = "crashes" },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}

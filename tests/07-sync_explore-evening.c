/** @file 07-sync_explore-evening.c  Five evenings with guests. In each of them a
 * mutex, a cond or an RWMutex is used in a way that goes well as long as nobody
 * comes at a bad moment, and you choose the moments.
 *
 * Links: -Wl,--wrap=g_park,--wrap=g_ready,--wrap=proc_leave
 */
#include "played.h"

#include "lock.h"

static struct go_mutex mu;
static struct go_cond cond;

// [forks]
enum { PHILOSOPHERS = 3 };

static struct go_mutex fork_lies[PHILOSOPHERS];

static void
philosopher(int me)
{
    go_mutex_lock(&fork_lies[me]);                      // the left one
    go_mutex_lock(&fork_lies[(me + 1) % PHILOSOPHERS]); // the right one
    go_mutex_unlock(&fork_lies[(me + 1) % PHILOSOPHERS]);
    go_mutex_unlock(&fork_lies[me]);
}
// [forks]

static void
forks(void)
{
    for (int i = 0; i < PHILOSOPHERS; i++)
        play(philosopher);
    play_all();
}

// [dinner]
static ATOMIC(int) ready;

static void
guest(int me)
{
    (void)me;
    if (atomic_load(&ready) == 0) {
        go_mutex_lock(&mu);
        go_cond_wait(&cond, &mu);
        go_mutex_unlock(&mu);
    }
}

static void
cook(int me)
{
    (void)me;
    atomic_store(&ready, 1);
    go_cond_signal(&cond);
}
// [dinner]

static void
dinner(void)
{
    play(guest);
    play(cook);
    play_all();
}

// [chair]
static int chairs, sitting;

static void
sits_down(int me)
{
    (void)me;
    go_mutex_lock(&mu);
    if (chairs == 0)
        go_cond_wait(&cond, &mu);
    chairs--;
    sitting++;
    EXPLORE_EXPECT(chairs >= 0, "Two sit on one chair.", NULL);
    go_mutex_unlock(&mu);
}

static void
brings_a_chair(int me)
{
    (void)me;
    go_mutex_lock(&mu);
    chairs++;
    go_mutex_unlock(&mu);
    go_cond_signal(&cond);
}

static void
looks_for_a_chair(int me)
{
    (void)me;
    go_mutex_lock(&mu);
    if (chairs > 0)
        chairs--;
    go_mutex_unlock(&mu);
}
// [chair]

static void
chair(void)
{
    play(sits_down);
    play(looks_for_a_chair);
    play(brings_a_chair);
    play_all();
}

// [soup]
static ATOMIC(int) somebody_cooks;
static int cooked;

static void
eats_soup(int me)
{
    int nobody = 0;

    (void)me;
    if (atomic_cas(&somebody_cooks, &nobody, 1)) {      // once
        EXPLORE_YIELD();
        cooked = 1;
    }
    EXPLORE_EXPECT(cooked == 1, "The soup is eaten before it is cooked.", NULL);
}
// [soup]

static void
soup(void)
{
    play(eats_soup);
    play(eats_soup);
    play_all();
}

// [wine]
static struct go_rwmutex cellar;
static int bottles;

static void
fetches_wine(int me)
{
    (void)me;
    go_rwmutex_rlock(&cellar);

    const bool none = bottles == 0;

    go_rwmutex_runlock(&cellar);
    if (none) {
        go_rwmutex_lock(&cellar);
        bottles++;                                      // there is room for one
        EXPLORE_EXPECT(bottles == 1, "The last bottle does not fit in.", NULL);
        go_rwmutex_unlock(&cellar);
    }
}
// [wine]

static void
wine(void)
{
    play(fetches_wine);
    play(fetches_wine);
    play_all();
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "eve-forks", .body = forks, .bound = 3, .finds = "Deadlock" },
        { .name = "eve-dinner", .body = dinner, .bound = 3, .finds = "Deadlock" },
        { .name = "eve-chair", .body = chair, .bound = 3, .finds = "one chair" },
        { .name = "eve-soup", .body = soup, .bound = 3, .finds = "before it is cooked" },
        { .name = "eve-wine", .body = wine, .bound = 3, .finds = "does not fit" },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}

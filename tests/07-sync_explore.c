/** @file 07-sync_explore.c  The protocols of semaphores, mutexes, RWMutexes, wait
 * groups, Once and Cond, in every order.
 *
 * Goroutines are played (tests/tools/played.h): so three preemptions are tried
 * at all places. 07-sync_explore-runs.c tries some of it with the scheduler
 * below.
 *
 * Links: -Wl,--wrap=g_park,--wrap=g_ready,--wrap=proc_leave
 */
#include "played.h"

#include "mutex.h"
#include "sema.h"
#include "semaroot.h"

// ---- Semaphores ------------------------------------------------------------

static struct go_sema sema;
static int inside, done;

static uint32_t
sleepers(struct go_sema *s)
{
    return atomic_load_relaxed(&sema_root((word_t *)&s->permits)->waiters);
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
permit(void)
{
    play(acquires);
    play(releases);
    play_all();
    EXPLORE_REQUIRE(done == 1 && sema.permits == 0 && sleepers(&sema) == 0);
}

static void
releases_two(int me)
{
    releases(me);
    releases(me);
}

static void
two_permits(void)
{
    play(acquires);
    play(acquires);
    play(releases_two);
    play_all();
    EXPLORE_REQUIRE(done == 2 && sema.permits == 0 && sleepers(&sema) == 0);
}

// One permit, and each gives back what it took: mutual exclusion.
static void
borrows(int me)
{
    (void)me;
    go_sema_acquire(&sema);
    EXPLORE_REQUIRE(inside++ == 0);
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
    EXPLORE_REQUIRE(sema.permits == 1 && sleepers(&sema) == 0);
}

// Who was handed a permit has it, and nobody comes between.
static bool handed;

static void
hands_over(int me)
{
    (void)me;
    handed = sleepers(&sema) == 1;
    sema_release((word_t *)&sema.permits, true);
}

static void
takes_if_free(int me)
{
    (void)me;
    if (go_sema_try_acquire(&sema))
        go_sema_release(&sema);
}

static void
hand_over(void)
{
    play(acquires);
    play(hands_over);
    play(takes_if_free);
    play_all();
    EXPLORE_REQUIRE(done == 1 && sema.permits == 0 && sleepers(&sema) == 0);
}

// Four wait, and one of them again, behind the others.
static void
acquires_again(int me)
{
    acquires(me);
    acquires(me);
}

static void
releases_four(int me)
{
    releases_two(me);
    releases_two(me);
}

static void
four_permits(void)
{
    play(acquires_again);
    play(acquires);
    play(acquires);
    play(releases_four);
    play_all();
    EXPLORE_REQUIRE(done == 4 && sema.permits == 0 && sleepers(&sema) == 0);
}

// Two semaphores in one root: each is woken for its own.
static struct go_sema apart[SEMA_ROOTS * 8 / sizeof(struct go_sema) + 1];

static void
acquires_first(int me)
{
    (void)me;
    go_sema_acquire(&apart[0]);
    done++;
    go_sema_release(&apart[SEMA_ROOTS * 8 / sizeof(struct go_sema)]);
}

static void
acquires_last(int me)
{
    (void)me;
    go_sema_acquire(&apart[SEMA_ROOTS * 8 / sizeof(struct go_sema)]);
    EXPLORE_REQUIRE(done == 1);
    done++;
}

static void
releases_first(int me)
{
    (void)me;
    go_sema_release(&apart[0]);
}

static void
one_root(void)
{
    play(acquires_first);
    play(acquires_last);
    play(releases_first);
    play_all();
    EXPLORE_REQUIRE(done == 2 && sleepers(&apart[0]) == 0);
}

// The last who needs a semaphore frees it: nobody touches it after that.
struct owned {
    struct go_sema sema;
    struct go_mutex mutex;
    int users;
};

static struct owned *owned;

static void
frees_after_acquire(int me)
{
    (void)me;
    go_sema_acquire(&owned->sema);
    world.free(owned);
}

static void
releases_owned(int me)
{
    (void)me;
    sema_release((word_t *)&owned->sema.permits, true);
}

static void
make_owned(void)
{
    owned = world.alloc(sizeof(*owned));
    *owned = (struct owned){ .users = n_played };
}

static void
sema_freed(void)
{
    play(frees_after_acquire);
    play(releases_owned);
    make_owned();
    play_all();
}

// ---- Mutexes ---------------------------------------------------------------

static struct go_mutex mu;

static void
locks(int me)
{
    (void)me;
    go_mutex_lock(&mu);
    EXPLORE_EXPECT(inside++ == 0, "Two have the mutex.", NULL);
    EXPLORE_YIELD();
    inside--;
    go_mutex_unlock(&mu);
}

static void
locks_twice(int me)
{
    locks(me);
    locks(me);
}

static uint32_t
mutex_sleepers(void)
{
    return atomic_load_relaxed(&sema_root((word_t *)&mu.sema)->waiters);
}

static void
is_free(void)
{
    EXPLORE_EXPECT(mu.state == 0, "All have ended, and the mutex is not as at the beginning.", NULL);
    EXPLORE_EXPECT(mu.sema == 0, "All have ended, and a permit is left.", NULL);
    EXPLORE_REQUIRE(mutex_sleepers() == 0);
}

static void
two_lock(void)
{
    play(locks_twice);
    play(locks_twice);
    play_all();
    is_free();
}

static void
two_spin(void)
{
    played_may_spin = true;
    two_lock();
}

static void
three_spin(void)
{
    played_may_spin = true;
    for (int i = 0; i < 3; i++)
        play(locks);
    play_all();
    is_free();
}

static void
three_lock(void)
{
    for (int i = 0; i < 3; i++)
        play(locks);
    play_all();
    is_free();
}

static void
tries(int me)
{
    (void)me;
    if (go_mutex_try_lock(&mu)) {
        EXPLORE_EXPECT(inside++ == 0, "Two have the mutex.", NULL);
        EXPLORE_YIELD();
        inside--;
        go_mutex_unlock(&mu);
    }
}

static void
lock_and_try(void)
{
    play(locks);
    play(locks);
    play(tries);
    play_all();
    is_free();
}

// Who comes to a mutex in starvation mode has it after who starves, if that one
// is asleep already. (If it is still on its way to its sleep, the permit that is
// meant for it lies there for anybody, as in Go.)
static int times_had;

static void
locks_often(int me)
{
    (void)me;
    for (int i = 0; i < 3; i++) {
        const bool starves = (mu.state & STARVING) != 0 && mutex_sleepers() > 0;

        go_mutex_lock(&mu);
        EXPLORE_EXPECT(!starves || times_had > 0, "Who comes has the mutex before who starves.", NULL);
        EXPLORE_YIELD();
        go_mutex_unlock(&mu);
    }
}

static void
may_starve(int me)
{
    (void)me;
    go_mutex_lock(&mu);
    times_had++;
    go_mutex_unlock(&mu);
}

static void
starving(void)
{
    play(locks_often);
    play(may_starve);
    play_all();
    is_free();
}

// It comes to that.
static void
finds_it_starving(int me)
{
    for (int i = 0; i < 3; i++) {
        EXPLORE_REQUIRE((mu.state & STARVING) == 0);
        locks(me);
    }
}

static void
starvation_mode(void)
{
    play(finds_it_starving);
    play(locks);
    play_all();
}

// The last who has the mutex frees it.
static void
leaves(int me)
{
    bool last;

    (void)me;
    go_mutex_lock(&owned->mutex);
    last = --owned->users == 0;
    go_mutex_unlock(&owned->mutex);
    if (last)
        world.free(owned);
}

static void
mutex_freed(void)
{
    for (int i = 0; i < 3; i++)
        play(leaves);
    make_owned();
    play_all();
}

// ---- RWMutexes -------------------------------------------------------------

static struct go_rwmutex rw;
static int readers, writers;

static void
reads(int me)
{
    (void)me;
    go_rwmutex_rlock(&rw);
    readers++;
    EXPLORE_EXPECT(writers == 0, "A reader is in, and a writer, too.", NULL);
    EXPLORE_YIELD();
    EXPLORE_EXPECT(writers == 0, "A writer comes in, and a reader is in.", NULL);
    readers--;
    go_rwmutex_runlock(&rw);
}

static void
writes(int me)
{
    (void)me;
    go_rwmutex_lock(&rw);
    EXPLORE_EXPECT(readers == 0, "A writer comes in, and a reader is in.", NULL);
    EXPLORE_EXPECT(writers++ == 0, "Two writers are in.", NULL);
    EXPLORE_YIELD();
    EXPLORE_EXPECT(readers == 0, "A reader comes in, and a writer is in.", NULL);
    writers--;
    go_rwmutex_unlock(&rw);
}

static void
rw_is_free(void)
{
    EXPLORE_EXPECT(rw.readers == 0 && rw.leaving == 0 && rw.writers.state == 0,
                   "All have ended, and the RWMutex is not as at the beginning.", NULL);
    EXPLORE_EXPECT(rw.reader_sema == 0 && rw.writer_sema == 0,
                   "All have ended, and a permit is left.", NULL);
}

static void
two_read(void)
{
    play(reads);
    play(reads);
    play(writes);
    play_all();
    rw_is_free();
}

static void
two_write(void)
{
    play(writes);
    play(writes);
    play(reads);
    play_all();
    rw_is_free();
}

static void
reads_twice(int me)
{
    reads(me);
    reads(me);
}

static void
read_again(void)
{
    play(reads_twice);
    play(writes);
    play_all();
    rw_is_free();
}

static void
tries_both(int me)
{
    (void)me;
    if (go_rwmutex_try_rlock(&rw)) {
        EXPLORE_EXPECT(writers == 0, "A reader is in, and a writer, too.", NULL);
        go_rwmutex_runlock(&rw);
    }
    if (go_rwmutex_try_lock(&rw)) {
        EXPLORE_EXPECT(readers == 0 && writers == 0, "Two are in.", NULL);
        go_rwmutex_unlock(&rw);
    }
}

static void
rw_tries(void)
{
    play(reads);
    play(writes);
    play(tries_both);
    play_all();
    rw_is_free();
}

// ---- Wait groups -----------------------------------------------------------

static struct go_waitgroup wg;
static int finished;

static void
finishes(int me)
{
    (void)me;
    finished++;
    go_waitgroup_done(&wg);
}

static void
waits(int me)
{
    (void)me;
    go_waitgroup_wait(&wg);
    EXPLORE_EXPECT(finished == 2, "wait returns, and not all are done.", NULL);
    done++;
}

static void
group(void)
{
    play(waits);
    play(finishes);
    play(finishes);
    wg.state = (uint64_t)2 << 32;
    play_all();
    EXPLORE_REQUIRE(done == 1 && wg.state == 0 && wg.key == 0);
}

static void
group_of_waiters(void)
{
    play(waits);
    play(waits);
    play(finishes);
    finished = 1;
    wg.state = (uint64_t)1 << 32;
    play_all();
    EXPLORE_REQUIRE(done == 2 && wg.state == 0 && wg.key == 0);
}

// The one who waits frees it.
static struct go_waitgroup *own;

static void
waits_and_frees(int me)
{
    (void)me;
    go_waitgroup_wait(own);
    world.free(own);
}

static void
finishes_own(int me)
{
    (void)me;
    go_waitgroup_done(own);
}

static void
group_freed(void)
{
    play(waits_and_frees);
    play(finishes_own);
    play(finishes_own);
    own = world.alloc(sizeof(*own));
    *own = (struct go_waitgroup){ .state = (uint64_t)2 << 32 };
    play_all();
}

// Used again before all who waited are gone: somebody says so.
static void
waits_once(int me)
{
    (void)me;
    go_waitgroup_wait(&wg);
}

static void
uses_again(int me)
{
    (void)me;
    go_waitgroup_done(&wg);
    go_waitgroup_add(&wg, 1);
    go_waitgroup_done(&wg);
}

static void
group_reused(void)
{
    play(uses_again);
    play(waits_once);
    wg.state = (uint64_t)1 << 32;
    play_all();
}

// ---- Once ------------------------------------------------------------------

static struct go_once once;
static int times;
static bool made;

static void
makes(void)
{
    times++;
    EXPLORE_YIELD();
    made = true;
}

static void
asks(int me)
{
    (void)me;
    go_once_do(&once, makes);
    EXPLORE_EXPECT(made, "go_once_do returns, and it has not been done.", NULL);
    EXPLORE_EXPECT(times == 1, "It is done twice.", NULL);
}

static void
three_ask(void)
{
    for (int i = 0; i < 3; i++)
        play(asks);
    play_all();
    EXPLORE_REQUIRE(once.mutex.state == 0);
}

// ---- Cond ------------------------------------------------------------------

static struct go_cond cond;
static int ready, woken;

static void
waits_for_ready(int me)
{
    (void)me;
    go_mutex_lock(&mu);
    while (ready == 0)
        go_cond_wait(&cond, &mu);
    ready--;
    woken++;
    go_mutex_unlock(&mu);
}

static void
signals(int me)
{
    (void)me;
    go_mutex_lock(&mu);
    ready++;
    go_mutex_unlock(&mu);
    go_cond_signal(&cond);
}

static void
signal_one(void)
{
    play(waits_for_ready);
    play(signals);
    play_all();
    EXPLORE_REQUIRE(woken == 1);
    EXPLORE_REQUIRE(cond.head == NULL && cond.tail == NULL);
    is_free();
}

static void
signals_two(int me)
{
    signals(me);
    signals(me);
}

static void
signal_two(void)
{
    play(waits_for_ready);
    play(waits_for_ready);
    play(signals_two);
    play_all();
    EXPLORE_REQUIRE(woken == 2 && cond.head == NULL && cond.tail == NULL);
    is_free();
}

// Two signals at a time are two.
static void
signal_both(void)
{
    play(waits_for_ready);
    play(waits_for_ready);
    play(signals);
    play(signals);
    play_all();
    EXPLORE_REQUIRE(woken == 2 && cond.head == NULL && cond.tail == NULL);
    is_free();
}

static void
broadcasts(int me)
{
    (void)me;
    go_mutex_lock(&mu);
    ready = 2;
    go_mutex_unlock(&mu);
    go_cond_broadcast(&cond);
}

static void
broadcast(void)
{
    play(waits_for_ready);
    play(waits_for_ready);
    play(broadcasts);
    play_all();
    EXPLORE_REQUIRE(woken == 2 && cond.head == NULL && cond.tail == NULL);
    is_free();
}

// Nobody wakes up for nothing, and who waits longest comes first.
static int told, numbers;

static void
waits_in_turn(int me)
{
    int mine;

    (void)me;
    go_mutex_lock(&mu);
    mine = numbers++;
    go_cond_wait(&cond, &mu);
    EXPLORE_EXPECT(told > woken, "wait returns, and nobody has signalled.", NULL);
    EXPLORE_EXPECT(mine < told, "Who waits longest is not woken first.", NULL);
    woken++;
    go_mutex_unlock(&mu);
}

// The first signal is for number 0, however late that one comes to the list.
static void
tells(int me)
{
    (void)me;
    go_mutex_lock(&mu);
    while (told < 2) {
        go_mutex_unlock(&mu);
        explore_relax();
        go_mutex_lock(&mu);
        if (numbers > told) {
            told++;
            go_cond_signal(&cond);
        }
    }
    go_mutex_unlock(&mu);
}

static void
in_turn(void)
{
    play(waits_in_turn);
    play(waits_in_turn);
    play(tells);
    play_all();
    EXPLORE_REQUIRE(woken == 2 && told == 2);
    is_free();
}

int
main(int argc, char **argv)
{
#define CHECK(n, fn) { .name = n, .body = fn, .bound = 3 }, \
                     { .name = n "-tso", .body = fn, .bound = 3, .tso = true }
    static const struct explore_check checks[] = {
        CHECK("sema", permit),
        CHECK("sema-two", two_permits),
        { .name = "sema-four", .body = four_permits, .bound = 2 },
        CHECK("sema-one-permit", one_permit),
        CHECK("sema-hand-over", hand_over),
        CHECK("sema-one-root", one_root),
        CHECK("sema-freed", sema_freed),
        CHECK("mutex", two_lock),
        CHECK("mutex-three", three_lock),
        CHECK("mutex-spin", two_spin),
        CHECK("mutex-three-spin", three_spin),
        CHECK("mutex-try", lock_and_try),
        CHECK("mutex-starving", starving),
        CHECK("mutex-freed", mutex_freed),
        CHECK("rwmutex", two_read),
        CHECK("rwmutex-writers", two_write),
        CHECK("rwmutex-again", read_again),
        CHECK("rwmutex-try", rw_tries),
        CHECK("group", group),
        CHECK("group-waiters", group_of_waiters),
        CHECK("group-freed", group_freed),
        CHECK("once", three_ask),
        CHECK("cond", signal_one),
        CHECK("cond-two", signal_two),
        { .name = "cond-signals", .body = signal_both, .bound = 2 },
        CHECK("cond-broadcast", broadcast),
        CHECK("cond-turn", in_turn),
        { .name = "mutex-starves", .body = starvation_mode, .bound = 3,
          .finds = "Not so: (mu.state & STARVING) == 0." },
        { .name = "group-reused", .body = group_reused, .bound = 3,
          .finds = "WaitGroup is reused before previous Wait has returned" },
    };

    return explore_main(argc, argv, checks, sizeof(checks) / sizeof(checks[0]));
}

/** @file 07-sync_explore-reuse.c  Memory that was a semaphore, and is something
 * else now.
 *
 * Who has acquired a semaphore may free it at once, while the one who has released
 * it still looks for somebody to wake. Whoever waits by then for what has come to
 * lie there must not take that for its own.
 *
 * Links: -Wl,--wrap=g_park,--wrap=g_ready,--wrap=proc_leave
 */
#include "played.h"

#include "mutex.h"
#include "sema.h"

// The semaphore lies where these have a word to sleep on.
static struct go_rwmutex rw;
static struct go_mutex mu;
static ATOMIC(uint32_t) reused;
static int writers, inside;

static struct go_sema *
before_rw(void)
{
    return (struct go_sema *)&rw.reader_sema;
}

static struct go_sema *
before_mu(void)
{
    return (struct go_sema *)&mu.sema;
}

static void
wait_for_it(void)
{
    while (atomic_load(&reused) == 0)
        explore_relax();
}

// ---- An RWMutex ------------------------------------------------------------

static void
releases_rw(int me)
{
    (void)me;
    go_sema_release(before_rw());
}

static void
acquires_and_writes(int me)
{
    (void)me;
    go_sema_acquire(before_rw());
    go_rwmutex_lock(&rw);
    writers++;
    atomic_store(&reused, 1);
    EXPLORE_YIELD();
    EXPLORE_YIELD();
    writers--;
    go_rwmutex_unlock(&rw);
}

static void
reads(int me)
{
    (void)me;
    wait_for_it();
    go_rwmutex_rlock(&rw);
    EXPLORE_EXPECT(writers == 0, "A reader is in, and a writer, too.",
                   "It was woken for a semaphore that is gone, and went in.");
    go_rwmutex_runlock(&rw);
}

static void
reuse_rwmutex(void)
{
    play(acquires_and_writes);
    play(releases_rw);
    play(reads);
    play_all();
    EXPLORE_REQUIRE(rw.readers == 0);
}

// ---- A mutex ---------------------------------------------------------------

static void
releases_mu(int me)
{
    (void)me;
    go_sema_release(before_mu());
}

static void
acquires_and_locks(int me)
{
    (void)me;
    go_sema_acquire(before_mu());
    go_mutex_lock(&mu);
    EXPLORE_REQUIRE(inside++ == 0);
    atomic_store(&reused, 1);
    EXPLORE_YIELD();
    inside--;
    go_mutex_unlock(&mu);
}

static void
locks(int me)
{
    (void)me;
    wait_for_it();
    go_mutex_lock(&mu);
    EXPLORE_REQUIRE(inside++ == 0);
    inside--;
    go_mutex_unlock(&mu);
}

static void
reuse_mutex(void)
{
    play(acquires_and_locks);
    play(releases_mu);
    play(locks);
    play_all();
    EXPLORE_REQUIRE(mu.state == 0);
    EXPLORE_REQUIRE(mu.sema == 0);
}

int
main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "reuse-rwmutex", .body = reuse_rwmutex, .bound = 3 },
        { .name = "reuse-mutex", .body = reuse_mutex, .bound = 3 },
    };

    return explore_main(argc, argv, checks,
                        sizeof(checks) / sizeof(checks[0]));
}

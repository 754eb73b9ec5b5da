/** @file 07-sync_end.c  Programs that misuse what part 7 has, or wait for ever, and
 * what they say.
 *
 * 07-sync_end NAME: each ends the process in its own way. The texts are
 * compared in 07-sync.bats.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "goroutine.h"

static struct go_mutex mu;
static struct go_rwmutex rw;
static struct go_waitgroup wg;
static struct go_once once;
static struct go_cond cond;
static struct go_sema sema;

static void
settle(void)
{
    go_gomaxprocs(1);
    for (int i = 0; i < 5; i++)
        go_gosched();
}

// ---- Deadlocks -------------------------------------------------------------

static void
mutex_self(void)
{
    go_mutex_lock(&mu);
    go_mutex_lock(&mu);
}

static void
rw_self(void)
{
    go_rwmutex_lock(&rw);
    go_rwmutex_lock(&rw);
}

static void
rw_read_then_write(void)
{
    go_rwmutex_rlock(&rw);
    go_rwmutex_lock(&rw);
}

static void
rw_write_then_read(void)
{
    go_rwmutex_lock(&rw);
    go_rwmutex_rlock(&rw);
}

static void
writes(void)
{
    go_rwmutex_lock(&rw);
}

// A writer waits for this reader, and this reader for the writer.
static void
rw_recursive(void)
{
    go_rwmutex_rlock(&rw);
    go(writes);
    settle();
    go_rwmutex_rlock(&rw);
}

static void
group_wait(void)
{
    go_waitgroup_add(&wg, 1);
    go_waitgroup_wait(&wg);
}

static void
cond_wait(void)
{
    go_mutex_lock(&mu);
    go_cond_signal(&cond);              // for nobody
    go_cond_wait(&cond, &mu);
}

static void
sema_acquire(void)
{
    go_sema_acquire(&sema);
}

static void
asks_again(void)
{
    go_once_do(&once, asks_again);
}

static void
once_self(void)
{
    asks_again();
}

static void
locks(void)
{
    go_mutex_lock(&mu);
}

static void
reads(void)
{
    go_rwmutex_rlock(&rw);
}

static void
waits(void)
{
    static struct go_mutex own;

    go_mutex_lock(&own);
    go_cond_wait(&cond, &own);
}

static void
one_of_each(void)
{
    go_mutex_lock(&mu);
    go_rwmutex_rlock(&rw);
    go_waitgroup_add(&wg, 1);
    go_with((&(struct go_attr){ .name = "locker" }), locks);
    settle();
    go(writes);
    settle();
    go(reads);
    settle();
    go(waits);
    settle();
    go(sema_acquire);
    settle();
    go_waitgroup_wait(&wg);
}

// ---- Misuse ----------------------------------------------------------------

static void
unlock_unlocked(void)
{
    go_mutex_unlock(&mu);
}

static void
unlock_twice(void)
{
    go_mutex_lock(&mu);
    go_mutex_unlock(&mu);
    go_mutex_unlock(&mu);
}

// Somebody waits for it, and it is not locked: what is counted does not hide it.
static void
unlock_by_nobody(void)
{
    go_mutex_lock(&mu);
    go(locks);
    settle();
    go_mutex_unlock(&mu);
    settle();
    go_mutex_unlock(&mu);
    go_mutex_unlock(&mu);
}

static void
runlock_unlocked(void)
{
    go_rwmutex_runlock(&rw);
}

static void
runlock_of_writer(void)
{
    go_rwmutex_lock(&rw);
    go_rwmutex_runlock(&rw);
}

static void
runlock_twice(void)
{
    go_rwmutex_rlock(&rw);
    go_rwmutex_runlock(&rw);
    go_rwmutex_runlock(&rw);
}

static void
rw_unlock_unlocked(void)
{
    go_rwmutex_unlock(&rw);
}

static void
rw_unlock_of_reader(void)
{
    go_rwmutex_rlock(&rw);
    go_rwmutex_unlock(&rw);
}

static void
rw_unlock_twice(void)
{
    go_rwmutex_lock(&rw);
    go_rwmutex_unlock(&rw);
    go_rwmutex_unlock(&rw);
}

static void
wg_negative(void)
{
    go_waitgroup_add(&wg, 1);
    go_waitgroup_done(&wg);
    go_waitgroup_done(&wg);
}

static void
wg_negative_add(void)
{
    go_waitgroup_add(&wg, -1);
}

static void
waits_for_group(void)
{
    go_waitgroup_wait(&wg);
}

// It is used again before the one that waited has gone on.
static void
wg_reused(void)
{
    go_gomaxprocs(1);
    go_waitgroup_add(&wg, 1);
    go(waits_for_group);
    settle();
    go_waitgroup_done(&wg);
    go_waitgroup_add(&wg, 1);
    settle();
}

// Somebody counts as waiting, and the counter is 0: as wait leaves it if add
// comes between.
static void
wg_add_while_waiting(void)
{
    wg.state = 1;
    go_waitgroup_add(&wg, 1);
}

static struct go_mutex copy;
static struct go_cond cond_copy;

static void
copy_locked(void)
{
    go_mutex_lock(&mu);
    copy = mu;
    go_mutex_lock(&copy);
}

static void
copy_unlocked(void)
{
    go_mutex_lock(&mu);
    go_mutex_unlock(&mu);
    copy = mu;
    go_mutex_lock(&copy);
}

static void
copy_try_lock(void)
{
    go_mutex_lock(&mu);
    go_mutex_unlock(&mu);
    copy = mu;
    go_mutex_try_lock(&copy);
}

static void
copy_unlock(void)
{
    go_mutex_lock(&mu);
    copy = mu;
    go_mutex_unlock(&copy);
}

static void
copy_rwmutex(void)
{
    static struct go_rwmutex other;

    go_rwmutex_lock(&rw);
    go_rwmutex_unlock(&rw);
    other = rw;
    go_rwmutex_lock(&other);
}

static void
use_cond(void)
{
    go_cond_signal(&cond);
    cond_copy = cond;
}

static void
copy_cond_signal(void)
{
    use_cond();
    go_cond_signal(&cond_copy);
}

static void
copy_cond_broadcast(void)
{
    use_cond();
    go_cond_broadcast(&cond_copy);
}

static void
copy_cond_wait(void)
{
    use_cond();
    go_mutex_lock(&mu);
    go_cond_wait(&cond_copy, &mu);
}

static void
cond_wait_unlocked(void)
{
    go_cond_wait(&cond, &mu);
}

static void
sema_too_many(void)
{
    sema.permits = UINT32_MAX;
    go_sema_release(&sema);
}

// ---- What ThreadSanitizer sees ---------------------------------------------

static int shared;

static void
writes_locked(void)
{
    go_mutex_lock(&mu);
    shared++;
    go_mutex_unlock(&mu);
}

static void
order_mutex(void)
{
    go_waitgroup_go(&wg, writes_locked);
    go_waitgroup_go(&wg, writes_locked);
    writes_locked();
    go_waitgroup_wait(&wg);
}

static void
writes_tried(void)
{
    while (!go_mutex_try_lock(&mu))
        go_gosched();
    shared++;
    go_mutex_unlock(&mu);
}

static void
order_try_lock(void)
{
    go_waitgroup_go(&wg, writes_tried);
    go_waitgroup_go(&wg, writes_tried);
    go_waitgroup_wait(&wg);
}

static void
writes_rw(void)
{
    go_rwmutex_lock(&rw);
    shared++;
    go_rwmutex_unlock(&rw);
}

// It is read, whatever the compiler thinks of that.
static void
see(int v)
{
    volatile int seen = v;

    (void)seen;
}

static void
reads_shared(void)
{
    go_rwmutex_rlock(&rw);
    see(shared);
    go_rwmutex_runlock(&rw);
}

static void
order_rwmutex(void)
{
    for (int i = 0; i < 4; i++) {
        go_waitgroup_go(&wg, reads_shared);
        go_waitgroup_go(&wg, writes_rw);
    }
    go_waitgroup_wait(&wg);
}

static void
writes_plain(void)
{
    shared++;
}

static void
order_group(void)
{
    go_waitgroup_go(&wg, writes_plain);
    go_waitgroup_wait(&wg);
    writes_plain();
}

static void
order_once_asks(void)
{
    go_once_do(&once, writes_plain);
    see(shared);
}

static void
order_once(void)
{
    for (int i = 0; i < 4; i++)
        go_waitgroup_go(&wg, order_once_asks);
    go_waitgroup_wait(&wg);
}

static void
signals_after(void)
{
    // Whoever waits has the mutex until it is counted.
    go_mutex_lock(&mu);
    go_mutex_unlock(&mu);
    shared++;
    go_cond_signal(&cond);
}

static void
order_cond(void)
{
    go_mutex_lock(&mu);
    go_waitgroup_go(&wg, signals_after);
    go_cond_wait(&cond, &mu);
    shared++;
    go_mutex_unlock(&mu);
    go_waitgroup_wait(&wg);
}

static void
releases_after(void)
{
    shared++;
    go_sema_release(&sema);
}

static void
order_sema(void)
{
    go(releases_after);
    go_sema_acquire(&sema);
    shared++;
}

static void
race_rlock_writes(void)
{
    go_rwmutex_rlock(&rw);
    shared++;
    go_rwmutex_runlock(&rw);
}

// Two readers are not ordered.
static void
race_rlock(void)
{
    go_waitgroup_go(&wg, race_rlock_writes);
    go_waitgroup_go(&wg, race_rlock_writes);
    go_waitgroup_wait(&wg);
}

static struct go_mutex mu2;

static void
writes_locked_2(void)
{
    go_mutex_lock(&mu2);
    shared++;
    go_mutex_unlock(&mu2);
}

// Each has a mutex, but not the same.
static void
race_two_mutexes(void)
{
    go_waitgroup_go(&wg, writes_locked);
    go_waitgroup_go(&wg, writes_locked_2);
    go_waitgroup_wait(&wg);
}

static void
asks_then_writes(void)
{
    go_once_do(&once, settle);
    shared++;
}

// Once orders what it did before those who ask, not them.
static void
race_once(void)
{
    go_once_do(&once, settle);
    go_waitgroup_go(&wg, asks_then_writes);
    go_waitgroup_go(&wg, asks_then_writes);
    go_waitgroup_wait(&wg);
}

static void
done_then_writes(void)
{
    go_waitgroup_done(&wg);
    shared++;
}

static void
race_group(void)
{
    go_waitgroup_add(&wg, 1);
    go(done_then_writes);
    go_waitgroup_wait(&wg);
    shared++;
    settle();
}

// ---- Outside ---------------------------------------------------------------

static int
outside(const char *function)
{
#define CALL(f, ...) if (strcmp(function, #f) == 0) f(__VA_ARGS__)
    CALL(go_mutex_lock, &mu);
    CALL(go_mutex_try_lock, &mu);
    CALL(go_mutex_unlock, &mu);
    CALL(go_rwmutex_lock, &rw);
    CALL(go_rwmutex_try_lock, &rw);
    CALL(go_rwmutex_unlock, &rw);
    CALL(go_rwmutex_rlock, &rw);
    CALL(go_rwmutex_try_rlock, &rw);
    CALL(go_rwmutex_runlock, &rw);
    CALL(go_waitgroup_add, &wg, 1);
    CALL(go_waitgroup_done, &wg);
    CALL(go_waitgroup_wait, &wg);
    CALL(go_once_do, &once, settle);
    CALL(go_cond_wait, &cond, &mu);
    CALL(go_cond_signal, &cond);
    CALL(go_cond_broadcast, &cond);
    CALL(go_sema_acquire, &sema);
    CALL(go_sema_try_acquire, &sema);
    CALL(go_sema_release, &sema);
    return 0;
}

static const struct {
    const char *name;
    void (*fn)(void);
} scenarios[] = {
    { "mutex-self", mutex_self },
    { "rw-self", rw_self },
    { "rw-read-then-write", rw_read_then_write },
    { "rw-write-then-read", rw_write_then_read },
    { "rw-recursive", rw_recursive },
    { "group-wait", group_wait },
    { "cond-wait", cond_wait },
    { "sema-acquire", sema_acquire },
    { "once-self", once_self },
    { "one-of-each", one_of_each },
    { "unlock-unlocked", unlock_unlocked },
    { "unlock-twice", unlock_twice },
    { "unlock-by-nobody", unlock_by_nobody },
    { "runlock-unlocked", runlock_unlocked },
    { "runlock-of-writer", runlock_of_writer },
    { "runlock-twice", runlock_twice },
    { "rw-unlock-unlocked", rw_unlock_unlocked },
    { "rw-unlock-of-reader", rw_unlock_of_reader },
    { "rw-unlock-twice", rw_unlock_twice },
    { "wg-negative", wg_negative },
    { "wg-negative-add", wg_negative_add },
    { "wg-reused", wg_reused },
    { "wg-add-while-waiting", wg_add_while_waiting },
    { "copy-locked", copy_locked },
    { "copy-unlocked", copy_unlocked },
    { "copy-try-lock", copy_try_lock },
    { "copy-unlock", copy_unlock },
    { "copy-rwmutex", copy_rwmutex },
    { "copy-cond-signal", copy_cond_signal },
    { "copy-cond-broadcast", copy_cond_broadcast },
    { "copy-cond-wait", copy_cond_wait },
    { "cond-wait-unlocked", cond_wait_unlocked },
    { "sema-too-many", sema_too_many },
    { "order-mutex", order_mutex },
    { "order-try-lock", order_try_lock },
    { "order-rwmutex", order_rwmutex },
    { "order-group", order_group },
    { "order-once", order_once },
    { "order-cond", order_cond },
    { "order-sema", order_sema },
    { "race-rlock", race_rlock },
    { "race-two-mutexes", race_two_mutexes },
    { "race-once", race_once },
    { "race-group", race_group },
};

static int
go_main(int argc, char **argv)
{
    (void)argc;
    for (size_t i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++)
        if (strcmp(argv[1], scenarios[i].name) == 0) {
            scenarios[i].fn();
            return 0;
        }
    printf("there is no scenario %s\n", argv[1]);
    return 3;
}

int
main(int argc, char **argv)
{
    if (argc < 2)
        return 3;
    if (strcmp(argv[1], "outside") == 0)
        return outside(argv[2]);
    return go_run(go_main, argc, argv);
}

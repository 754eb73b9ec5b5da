/** @file 07-sync_mutex.c  Semaphores, Mutex, RWMutex.
 *
 * One scenario a process: 07-sync_mutex NAME. CHECK_SHARE says how many percent
 * of the work to do, on machines that are slow.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "goroutine.h"
#include "sema.h"
#include "semaroot.h"

#define REQUIRE(x) do { if (!(x)) { \
    printf("line %d: not so: %s\n", __LINE__, #x); \
    fflush(stdout); _exit(1); } } while (0)

static int
share(int n)
{
    const char *percent = getenv("CHECK_SHARE");

    n = percent != NULL ? n * atoi(percent) / 100 : n;
    return n < 1 ? 1 : n;
}

static int64_t
now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

// How many wait for a semaphore, or for another one in its root.
static uint32_t
sleepers(const uint32_t *sema)
{
    return atomic_load_relaxed(&sema_root((const word_t *)sema)->waiters);
}

static void
until_sleepers(const uint32_t *sema, uint32_t n)
{
    while (sleepers(sema) != n)
        go_gosched();
}

// ---- Semaphores ------------------------------------------------------------

static struct go_sema sema;
static long counter;

// Go's HammerSemaphore: a semaphore with one permit is a mutex.
static void
hammers_sema(int n)
{
    for (int i = 0; i < n; i++) {
        go_sema_acquire(&sema);
        counter++;
        go_sema_release(&sema);
    }
}

static int
semaphore(void)
{
    struct go_waitgroup wg = {0};
    const int n = share(10000);

    sema.permits = 1;
    for (int i = 0; i < 10; i++)
        go_waitgroup_go(&wg, hammers_sema, n);
    go_waitgroup_wait(&wg);
    REQUIRE(counter == 10L * n && sema.permits == 1);
    REQUIRE(go_sema_try_acquire(&sema) && !go_sema_try_acquire(&sema));
    return 0;
}

static int order[16], n_order;

// On one p: nobody else adds now.
static void
add_order(int k)
{
    go_store(&order[go_load(&n_order)], k);
    go_add(&n_order, 1);
}

static void
acquires_in_turn(int k)
{
    go_sema_acquire(&sema);
    add_order(k);
}

// Who came first is woken first.
static int
sema_order(void)
{
    go_gomaxprocs(1);
    for (int k = 0; k < 16; k++) {
        go(acquires_in_turn, k);
        until_sleepers(&sema.permits, (uint32_t)k + 1);
    }
    for (int k = 0; k < 16; k++) {
        go_sema_release(&sema);
        while (go_load(&n_order) <= k)
            go_gosched();
        REQUIRE(go_load(&order[k]) == k);
    }
    return 0;
}

static bool acquired;

static void
acquires_flag(void)
{
    go_sema_acquire(&sema);
    go_store(&acquired, true);
}

// Go's TestSemaHandoff1, on one p: who is handed the permit runs before release
// returns, although the other one would take it at once.
static int
hand_off(void)
{
    go_gomaxprocs(1);
    for (int i = 0; i < 100; i++) {
        go_store(&acquired, false);
        go(acquires_flag);
        until_sleepers(&sema.permits, 1);
        sema_release((word_t *)&sema.permits, true);
        REQUIRE(go_load(&acquired));
        REQUIRE(!go_sema_try_acquire(&sema));
    }
    return 0;
}

static void
acquires_and_hands_on(struct go_sema *in, struct go_sema *out)
{
    go_sema_acquire(in);
    if (out != NULL)
        sema_release((word_t *)&out->permits, true);
    go_store(&acquired, true);
}

// Go's TestSemaHandoff2: a chain of them.
static int
hand_off_chain(void)
{
    static struct go_sema s[3];

    go_gomaxprocs(1);
    for (int i = 0; i < 3; i++) {
        go(acquires_and_hands_on, &s[i], i < 2 ? &s[i + 1] : NULL);
        until_sleepers(&s[i].permits, 1);
    }
    sema_release((word_t *)&s[0].permits, true);
    while (!go_load(&acquired))
        go_gosched();
    for (int i = 0; i < 3; i++)
        REQUIRE(s[i].permits == 0);
    return 0;
}

static struct go_mutex starved;

static void
locks_starved(void)
{
    go_mutex_lock(&starved);
    go_store(&acquired, true);
    go_mutex_unlock(&starved);
}

// Who hands a mutex over goes aside for whoever gets it; but not if it has said that
// it stays on its thread.
static int
hand_off_stays(void)
{
    go_gomaxprocs(1);
    for (int stays = 0; stays <= 1; stays++) {
        go_store(&acquired, false);
        go_preempt_disable();
        go_mutex_lock(&starved);
        go(locks_starved);
        until_sleepers(&starved.sema, 1);
        usleep(2000);
        // It is woken, and comes too late: it has waited for too long then.
        go_mutex_unlock(&starved);
        go_mutex_lock(&starved);
        until_sleepers(&starved.sema, 0);
        until_sleepers(&starved.sema, 1);
        if (!stays)
            go_preempt_enable();
        go_mutex_unlock(&starved);
        REQUIRE(go_load(&acquired) == !stays);
        if (stays)
            go_preempt_enable();
        while (!go_load(&acquired))
            go_gosched();
    }
    return 0;
}

// Without hand-over the releaser goes on, and may take it back.
static int
no_hand_off(void)
{
    go_gomaxprocs(1);
    go(acquires_flag);
    until_sleepers(&sema.permits, 1);
    go_sema_release(&sema);
    REQUIRE(!go_load(&acquired));
    REQUIRE(go_sema_try_acquire(&sema));
    until_sleepers(&sema.permits, 0);
    until_sleepers(&sema.permits, 1);       // it found nothing, and waits again
    REQUIRE(!go_load(&acquired));
    go_sema_release(&sema);
    while (!go_load(&acquired))
        go_gosched();
    return 0;
}

// ---- The table -------------------------------------------------------------

static int
depth_of(const struct sema_waiter *w)
{
    if (w == NULL)
        return 0;

    const int left = depth_of(w->left), right = depth_of(w->right);

    REQUIRE(w->left == NULL || (w->left->parent == w && w->left->sema < w->sema &&
                                w->left->rank >= w->rank));
    REQUIRE(w->right == NULL || (w->right->parent == w && w->right->sema > w->sema &&
                                 w->right->rank >= w->rank));
    return 1 + (left > right ? left : right);
}

static uint64_t state = 88172645463325252u;

static int
below(int n)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (int)(state % (uint64_t)n);
}

// The tree against plain arrays, at random: any address, any number who wait for
// it, some before the others.
static int
table(void)
{
    enum { ADDRESSES = 200, EACH = 8, ROUNDS = 20000 };
    static word_t address[ADDRESSES];
    static struct sema_waiter waiter[ADDRESSES][EACH];
    static struct sema_waiter *model[ADDRESSES][EACH];
    static int count[ADDRESSES];
    static struct sema_root root;
    int all = 0;

    for (int round = 0; round < share(ROUNDS); round++) {
        const int a = below(ADDRESSES), n = count[a];
        // Now it grows, now it shrinks.
        const bool put = below(10) < (round / 2000 % 2 == 0 ? 7 : 3);

        if (put && n < EACH) {
            struct sema_waiter *w = NULL;
            const bool first = below(3) == 0;

            for (int i = 0; i < EACH && w == NULL; i++)
                if (waiter[a][i].sema == NULL)
                    w = &waiter[a][i];
            w->sema = &address[a];
            semaroot_put(&root, w, first);
            if (first)
                memmove(&model[a][1], &model[a][0], sizeof(model[a][0]) * (size_t)n);
            model[a][first ? 0 : n] = w;
            count[a]++;
            all++;
        } else if (!put) {
            struct sema_waiter *w = semaroot_get(&root, &address[a]);

            REQUIRE(w == (n > 0 ? model[a][0] : NULL));
            if (w == NULL)
                continue;
            memmove(&model[a][0], &model[a][1], sizeof(model[a][0]) * (size_t)(n - 1));
            memset(w, 0, sizeof(*w));
            count[a]--;
            all--;
        }
        if (round % 64 == 0)
            REQUIRE(depth_of(root.tree) <= 40);
    }
    for (int a = 0; a < ADDRESSES; a++)
        while (count[a]-- > 0) {
            REQUIRE(semaroot_get(&root, &address[a]) != NULL);
            all--;
        }
    REQUIRE(root.tree == NULL && all == 0);
    return 0;
}

// In whatever order addresses come, the tree does not become a list.
static int
table_depth(void)
{
    enum { MANY = 100000 };
    static word_t address[MANY];
    static struct sema_waiter waiter[MANY];
    struct sema_root root = {0};

    for (int i = 0; i < MANY; i++) {
        waiter[i].sema = &address[i];
        semaroot_put(&root, &waiter[i], false);
    }
    // log2 is 17; a random tree is rarely three times as deep.
    REQUIRE(depth_of(root.tree) < 60);
    for (int i = 0; i < MANY; i++)
        REQUIRE(semaroot_get(&root, &address[i]) == &waiter[i]);
    REQUIRE(root.tree == NULL);
    return 0;
}

enum { APART = SEMA_ROOTS * 8 / sizeof(struct go_sema), WAITERS = 1000 };
static struct go_sema many[WAITERS * APART];
static int woken[WAITERS];

static void
waits_for_one(int i)
{
    go_sema_acquire(&many[i * APART]);
    woken[i]++;
}

// A thousand wait for a thousand semaphores of one root: each is woken for its
// own.
static int
one_root(void)
{
    const int n = share(WAITERS);
    struct go_waitgroup wg = {0};

    for (int i = 0; i < n; i++) {
        REQUIRE(sema_root((word_t *)&many[i * APART].permits) ==
                sema_root((word_t *)&many[0].permits));
        go_waitgroup_go(&wg, waits_for_one, i);
    }
    until_sleepers(&many[0].permits, (uint32_t)n);
    for (int i = n - 1; i >= 0; i--)
        go_sema_release(&many[i * APART]);
    go_waitgroup_wait(&wg);
    for (int i = 0; i < n; i++)
        REQUIRE(woken[i] == 1 && many[i * APART].permits == 0);
    REQUIRE(sleepers(&many[0].permits) == 0);
    return 0;
}

// ---- Mutexes ---------------------------------------------------------------

static struct go_mutex mu;

// Go's HammerMutex.
static void
hammers(int n)
{
    for (int i = 0; i < n; i++) {
        if (i % 3 == 0) {
            if (go_mutex_try_lock(&mu))
                go_mutex_unlock(&mu);
            continue;
        }
        go_mutex_lock(&mu);
        counter++;
        go_mutex_unlock(&mu);
    }
}

// Go's TestMutex.
static int
mutex(void)
{
    struct go_waitgroup wg = {0};
    const int n = share(30000) / 3 * 3 + 3;

    go_mutex_lock(&mu);
    REQUIRE(!go_mutex_try_lock(&mu));
    go_mutex_unlock(&mu);
    REQUIRE(go_mutex_try_lock(&mu));
    REQUIRE(!go_mutex_try_lock(&mu));
    go_mutex_unlock(&mu);
    for (int i = 0; i < 10; i++)
        go_waitgroup_go(&wg, hammers, n);
    go_waitgroup_wait(&wg);
    REQUIRE(counter == 10L * (n / 3 * 2));
    REQUIRE(mu.state == 0 && mu.sema == 0);
    return 0;
}

static void
yields_with_it(int n)
{
    for (int i = 0; i < n; i++) {
        long before;

        go_mutex_lock(&mu);
        before = counter;
        go_gosched();
        counter = before + 1;
        go_mutex_unlock(&mu);
    }
}

// Who has it lets others run meanwhile: they come, and sleep.
static int
mutex_yields(void)
{
    struct go_waitgroup wg = {0};
    const int n = share(2000);

    for (int i = 0; i < 20; i++)
        go_waitgroup_go(&wg, yields_with_it, n);
    go_waitgroup_wait(&wg);
    REQUIRE(counter == 20L * n);
    REQUIRE(mu.state == 0 && mu.sema == 0);
    return 0;
}

static void
unlocks_it(void)
{
    go_mutex_unlock(&mu);
}

// It has no owner.
static int
no_owner(void)
{
    struct go_waitgroup wg = {0};

    go_mutex_lock(&mu);
    go_waitgroup_go(&wg, unlocks_it);
    go_mutex_lock(&mu);
    go_waitgroup_wait(&wg);
    go_mutex_unlock(&mu);
    return 0;
}

static bool stop;

static void
hogs(void)
{
    while (!go_load(&stop)) {
        const int64_t end = now() + 100000;

        go_mutex_lock(&mu);
        while (now() < end)
            ;
        go_mutex_unlock(&mu);
        go_checkpoint();
    }
}

// Go's TestMutexFairness: one has the mutex nearly all the time. The other one,
// who comes seldom, gets it nonetheless, and soon: it is handed over.
static int
fairness(void)
{
    struct go_waitgroup wg = {0};
    int64_t worst = 0;

    go_gomaxprocs(2);
    go_waitgroup_go(&wg, hogs);
    for (int i = 0; i < 10; i++) {
        const int64_t end = now() + 100000;
        int64_t start;

        while (now() < end)
            go_gosched();
        start = now();
        go_mutex_lock(&mu);
        if (now() - start > worst)
            worst = now() - start;
        go_mutex_unlock(&mu);
    }
    go_store(&stop, true);
    go_waitgroup_wait(&wg);
    REQUIRE(worst < 10000000000);
    return 0;
}

static struct {
    struct go_mutex mu;
    int users;
} *owned;

static void
leaves(void)
{
    bool last;

    go_mutex_lock(&owned->mu);
    go_gosched();
    last = --owned->users == 0;
    go_mutex_unlock(&owned->mu);
    if (last)
        free(owned);
}

// The last one who has it frees it, at once.
static int
freed(void)
{
    for (int round = 0; round < share(2000); round++) {
        struct go_waitgroup wg = {0};

        owned = calloc(1, sizeof(*owned));
        owned->users = 5;
        for (int i = 0; i < 5; i++)
            go_waitgroup_go(&wg, leaves);
        go_waitgroup_wait(&wg);
    }
    return 0;
}

// ---- RWMutexes -------------------------------------------------------------

static struct go_rwmutex rw;
static int activity;

static void
parallel_reader(struct go_sema *in, struct go_sema *out, struct go_waitgroup *wg)
{
    go_rwmutex_rlock(&rw);
    go_waitgroup_done(wg);
    go_sema_acquire(in);
    go_rwmutex_runlock(&rw);
    go_sema_release(out);
}

// Go's TestParallelReaders: n of them are in at the same time.
static int
parallel_readers(void)
{
    for (int n = 1; n <= 10; n += 3) {
        struct go_sema in = {0}, out = {0};
        struct go_waitgroup all_in = {0};

        go_waitgroup_add(&all_in, n);
        for (int i = 0; i < n; i++)
            go(parallel_reader, &in, &out, &all_in);
        go_waitgroup_wait(&all_in);
        for (int i = 0; i < n; i++)
            go_sema_release(&in);
        for (int i = 0; i < n; i++)
            go_sema_acquire(&out);
    }
    return 0;
}

static void
rw_reads(int n)
{
    for (int i = 0; i < n; i++) {
        go_rwmutex_rlock(&rw);
        REQUIRE(go_add(&activity, 1) >= 1 && go_load(&activity) < 10000);
        if (i % 10 == 0)
            go_gosched();
        go_add(&activity, -1);
        go_rwmutex_runlock(&rw);
    }
}

static void
rw_writes(int n)
{
    for (int i = 0; i < n; i++) {
        go_rwmutex_lock(&rw);
        REQUIRE(go_add(&activity, 10000) == 10000);
        if (i % 10 == 0)
            go_gosched();
        counter++;
        REQUIRE(go_add(&activity, -10000) == 0);
        go_rwmutex_unlock(&rw);
    }
}

// Go's HammerRWMutex.
static int
rwmutex(void)
{
    static const int readers[] = { 1, 3, 10, 10 };
    const int n = share(1000);

    for (int k = 0; k < 4; k++) {
        struct go_waitgroup wg = {0};

        counter = 0;
        go_waitgroup_go(&wg, rw_writes, n);
        for (int i = 0; i < readers[k]; i++) {
            go_waitgroup_go(&wg, rw_reads, n);
            if (i == readers[k] / 2)
                go_waitgroup_go(&wg, rw_writes, n);
        }
        go_waitgroup_wait(&wg);
        REQUIRE(counter == 2L * n);
        REQUIRE(rw.readers == 0 && rw.leaving == 0);
    }
    return 0;
}

// Go's TestRWMutex: what try says.
static int
rwmutex_try(void)
{
    go_rwmutex_lock(&rw);
    REQUIRE(!go_rwmutex_try_lock(&rw));
    REQUIRE(!go_rwmutex_try_rlock(&rw));
    go_rwmutex_unlock(&rw);
    REQUIRE(go_rwmutex_try_lock(&rw));
    REQUIRE(!go_rwmutex_try_rlock(&rw));
    go_rwmutex_unlock(&rw);
    go_rwmutex_rlock(&rw);
    REQUIRE(go_rwmutex_try_rlock(&rw));
    REQUIRE(!go_rwmutex_try_lock(&rw));
    go_rwmutex_runlock(&rw);
    REQUIRE(!go_rwmutex_try_lock(&rw));
    go_rwmutex_runlock(&rw);
    REQUIRE(go_rwmutex_try_lock(&rw));
    go_rwmutex_unlock(&rw);
    return 0;
}

static void
writes_once(void)
{
    go_rwmutex_lock(&rw);
    add_order(1);
    go_rwmutex_unlock(&rw);
}

static void
reads_once(void)
{
    go_rwmutex_rlock(&rw);
    add_order(2);
    go_rwmutex_runlock(&rw);
}

static void
settle(void)
{
    for (int i = 0; i < 5; i++)
        go_gosched();
}

// A writer that waits keeps readers out that come later; when it is done, those
// readers come before the next writer.
static int
writer_first(void)
{
    go_gomaxprocs(1);
    go_rwmutex_rlock(&rw);
    go(writes_once);
    settle();
    REQUIRE(!go_rwmutex_try_rlock(&rw));
    go(reads_once);
    settle();
    go(writes_once);
    settle();
    go(reads_once);
    settle();
    REQUIRE(go_load(&n_order) == 0);
    go_rwmutex_runlock(&rw);
    settle();
    REQUIRE(go_load(&n_order) == 4);
    REQUIRE(go_load(&order[0]) == 1 && go_load(&order[1]) == 2);
    REQUIRE(go_load(&order[2]) == 2 && go_load(&order[3]) == 1);
    return 0;
}

// ---- Runs ------------------------------------------------------------------

static void
acquires_for_ever(void)
{
    go_sema_acquire(&sema);
}

// Goroutines that wait when a run ends are forgotten: nobody wakes them in the
// next one, and what was left in the table does not matter.
static int
next_run(int argc, char **argv)
{
    static int runs;

    (void)argc;
    (void)argv;
    REQUIRE(sleepers(&sema.permits) == 0);
    REQUIRE(sema.permits == 0);
    for (int i = 0; i < 10; i++)
        go(acquires_for_ever);
    until_sleepers(&sema.permits, 10);
    if (runs++ == 0)
        return 0;
    go_sema_release(&sema);
    until_sleepers(&sema.permits, 9);
    return 0;
}

static int
runs(void)
{
    REQUIRE(go_run(next_run, 0, NULL) == 0);
    return go_run(next_run, 0, NULL);
}

static const struct {
    const char *name;
    int (*fn)(void);
} scenarios[] = {
    { "semaphore", semaphore },
    { "sema-order", sema_order },
    { "hand-off", hand_off },
    { "hand-off-chain", hand_off_chain },
    { "hand-off-stays", hand_off_stays },
    { "no-hand-off", no_hand_off },
    { "table", table },
    { "table-depth", table_depth },
    { "one-root", one_root },
    { "mutex", mutex },
    { "mutex-yields", mutex_yields },
    { "no-owner", no_owner },
    { "fairness", fairness },
    { "freed", freed },
    { "parallel-readers", parallel_readers },
    { "rwmutex", rwmutex },
    { "rwmutex-try", rwmutex_try },
    { "writer-first", writer_first },
};

static int
go_main(int argc, char **argv)
{
    (void)argc;
    for (size_t i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++)
        if (strcmp(argv[1], scenarios[i].name) == 0)
            return scenarios[i].fn();
    printf("there is no scenario %s\n", argv[1]);
    return 2;
}

int
main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    if (strcmp(argv[1], "runs") == 0)
        return runs();
    return go_run(go_main, argc, argv);
}

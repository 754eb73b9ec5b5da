/** @file 07-sync_model.c  Mutex, RWMutex, WaitGroup and Cond against a model, at
 * random.
 *
 *     07-sync_model [SEED [OPERATIONS]]
 *
 * Some workers do what they are told, each one operation, and may have to wait
 * with it. There is one p: when all have run, each has finished or waits. A
 * model, some plain numbers and lists, says who must have finished. Where who
 * comes first is left open (a mutex may be taken by any who wait for it), what
 * happened must be one of the possibilities, and the model follows.
 *
 * A program that fails is made shorter as long as it fails, and then printed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "goroutine.h"

enum { WORKERS = 5, LENGTH = 60 };

enum kind {
    LOCK, TRY_LOCK, UNLOCK,
    RW_LOCK, RW_TRY_LOCK, RW_UNLOCK, RW_RLOCK, RW_TRY_RLOCK, RW_RUNLOCK,
    ADD, DONE, WAIT,
    COND_WAIT, SIGNAL, BROADCAST,
    ACQUIRE, TRY_ACQUIRE, RELEASE,
    KINDS,
};

static const char *const name[KINDS] = {
    "lock", "try_lock", "unlock",
    "rw lock", "rw try_lock", "rw unlock", "rlock", "try_rlock", "runlock",
    "add 1", "done", "wait",
    "cond wait", "signal", "broadcast",
    "acquire", "try_acquire", "release",
};

struct op {
    enum kind kind;
    int worker;
};

// ---- The workers -----------------------------------------------------------

static struct objects {
    struct go_mutex mu;
    struct go_rwmutex rw;
    struct go_waitgroup wg;
    struct go_cond cond;
    struct go_sema sema;
} *o;

static struct worker {
    struct go_sema told;
    struct op op;               // what it is told to do
    bool busy;
    bool said;                  // what a try came to
} worker[WORKERS];

static void
works(struct worker *w)
{
    for (;;) {
        go_sema_acquire(&w->told);
        switch (w->op.kind) {
        case LOCK: go_mutex_lock(&o->mu); break;
        case TRY_LOCK: w->said = go_mutex_try_lock(&o->mu); break;
        case UNLOCK: go_mutex_unlock(&o->mu); break;
        case RW_LOCK: go_rwmutex_lock(&o->rw); break;
        case RW_TRY_LOCK: w->said = go_rwmutex_try_lock(&o->rw); break;
        case RW_UNLOCK: go_rwmutex_unlock(&o->rw); break;
        case RW_RLOCK: go_rwmutex_rlock(&o->rw); break;
        case RW_TRY_RLOCK: w->said = go_rwmutex_try_rlock(&o->rw); break;
        case RW_RUNLOCK: go_rwmutex_runlock(&o->rw); break;
        case ADD: go_waitgroup_add(&o->wg, 1); break;
        case DONE: go_waitgroup_done(&o->wg); break;
        case WAIT: go_waitgroup_wait(&o->wg); break;
        case COND_WAIT: go_cond_wait(&o->cond, &o->mu); break;
        case SIGNAL: go_cond_signal(&o->cond); break;
        case BROADCAST: go_cond_broadcast(&o->cond); break;
        case ACQUIRE: go_sema_acquire(&o->sema); break;
        case TRY_ACQUIRE: w->said = go_sema_try_acquire(&o->sema); break;
        case RELEASE: go_sema_release(&o->sema); break;
        case KINDS: break;
        }
        w->busy = false;
    }
}

// ---- The model -------------------------------------------------------------

// What a worker waits for.
enum state { FREE, WANTS_MUTEX, WANTS_WRITE, WANTS_READ, WAITS_GROUP, WAITS_COND,
             WANTS_PERMIT };

static enum state state[WORKERS];

static struct {
    bool locked;
    bool writing;
    int reading;
    int counter;
    int permits;
    int conds[WORKERS], n_conds;        // who waits for the cond, by coming
    int acquires[WORKERS], n_acquires;  // who waits for a permit, by coming
} m;

static char wrong[160];

#define EXPECT(x, ...) do { \
    if (!(x) && wrong[0] == '\0') \
        snprintf(wrong, sizeof(wrong), __VA_ARGS__); \
} while (0)

static int
count(enum state s)
{
    int n = 0;

    for (int w = 0; w < WORKERS; w++)
        n += state[w] == s;
    return n;
}

// The mutex is free: somebody of those who want it must have it now, one.
static void
mutex_passes(void)
{
    int had = 0;

    m.locked = false;
    if (count(WANTS_MUTEX) == 0)
        return;
    for (int w = 0; w < WORKERS; w++)
        if (state[w] == WANTS_MUTEX && !worker[w].busy) {
            state[w] = FREE;
            had++;
        }
    EXPECT(had == 1, "%d have the mutex, of those who waited for it", had);
    m.locked = true;
}

// All of this state must have gone on.
static void
all_go_on(enum state s)
{
    for (int w = 0; w < WORKERS; w++)
        if (state[w] == s) {
            EXPECT(!worker[w].busy, "worker %d still waits", w);
            state[w] = FREE;
        }
}

// Nobody has the RWMutex: a writer that waits must have it now, one.
static void
writer_comes(void)
{
    int had = 0;

    if (count(WANTS_WRITE) == 0)
        return;
    for (int w = 0; w < WORKERS; w++)
        if (state[w] == WANTS_WRITE && !worker[w].busy) {
            state[w] = FREE;
            had++;
        }
    EXPECT(had == 1, "%d write, of those who waited for that", had);
    m.writing = true;
}

static void
leaves(int *list, int *n, enum state next)
{
    const int w = list[0];

    memmove(list, list + 1, sizeof(list[0]) * (size_t)--*n);
    state[w] = next;
}

// What has been done must have been allowed; the model does it, too.
static void
follow(const struct op *op)
{
    const int w = op->worker;
    const bool said = worker[w].said;

    switch (op->kind) {
    case LOCK:
        if (m.locked)
            state[w] = WANTS_MUTEX;
        m.locked = true;
        break;
    case TRY_LOCK:
        EXPECT(said == !m.locked, "try_lock said %d", said);
        m.locked = true;
        break;
    case UNLOCK:
        mutex_passes();
        break;
    case RW_LOCK:
        if (m.writing || m.reading > 0 || count(WANTS_WRITE) > 0)
            state[w] = WANTS_WRITE;
        else
            m.writing = true;
        break;
    case RW_TRY_LOCK:
        EXPECT(said == (!m.writing && m.reading == 0 && count(WANTS_WRITE) == 0),
               "rw try_lock said %d", said);
        m.writing |= said;
        break;
    case RW_UNLOCK:
        m.writing = false;
        m.reading = count(WANTS_READ);
        all_go_on(WANTS_READ);
        if (m.reading == 0)
            writer_comes();
        break;
    case RW_RLOCK:
        if (m.writing || count(WANTS_WRITE) > 0)
            state[w] = WANTS_READ;
        else
            m.reading++;
        break;
    case RW_TRY_RLOCK:
        EXPECT(said == (!m.writing && count(WANTS_WRITE) == 0), "try_rlock said %d",
               said);
        m.reading += said;
        break;
    case RW_RUNLOCK:
        if (--m.reading == 0)
            writer_comes();
        break;
    case ADD:
        m.counter++;
        break;
    case DONE:
        if (--m.counter == 0)
            all_go_on(WAITS_GROUP);
        break;
    case WAIT:
        if (m.counter > 0)
            state[w] = WAITS_GROUP;
        break;
    case COND_WAIT:
        state[w] = WAITS_COND;
        m.conds[m.n_conds++] = w;
        mutex_passes();
        break;
    case SIGNAL:
        if (m.n_conds > 0)
            leaves(m.conds, &m.n_conds, WANTS_MUTEX);
        if (!m.locked)
            mutex_passes();
        break;
    case BROADCAST:
        while (m.n_conds > 0)
            leaves(m.conds, &m.n_conds, WANTS_MUTEX);
        if (!m.locked)
            mutex_passes();
        break;
    case ACQUIRE:
        if (m.permits > 0) {
            m.permits--;
        } else {
            state[w] = WANTS_PERMIT;
            m.acquires[m.n_acquires++] = w;
        }
        break;
    case TRY_ACQUIRE:
        EXPECT(said == (m.permits > 0), "try_acquire said %d", said);
        m.permits -= said;
        break;
    case RELEASE:
        if (m.n_acquires > 0)
            leaves(m.acquires, &m.n_acquires, FREE);
        else
            m.permits++;
        break;
    case KINDS:
        break;
    }
    for (int k = 0; k < WORKERS; k++)
        EXPECT(worker[k].busy == (state[k] != FREE), "worker %d %s", k,
               worker[k].busy ? "waits, and need not" : "goes on, and must not");
}

// ---- Programs --------------------------------------------------------------

// Whether op makes sense now: its worker is free, and it is no misuse.
static bool
allowed(const struct op *op)
{
    if (state[op->worker] != FREE)
        return false;
    switch (op->kind) {
    case UNLOCK:
    case COND_WAIT: return m.locked;
    case RW_UNLOCK: return m.writing;
    case RW_RUNLOCK: return m.reading > 0;
    case ADD: return m.counter > 0 || count(WAITS_GROUP) == 0;
    case DONE: return m.counter > 0;
    default: return true;
    }
}

static void
settle(void)
{
    for (int i = 0; i < 4 + WORKERS; i++)
        go_gosched();
}

static void
does(const struct op *op)
{
    struct worker *w = &worker[op->worker];

    w->busy = true;
    w->op = *op;
    go_sema_release(&w->told);
    settle();
}

// One program, and the model beside it. Who waits at the end ends with the run.
static const struct op *program;
static int length;
static long did;                // operations, of all programs

static int
run_program(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    for (int w = 0; w < WORKERS; w++) {
        worker[w] = (struct worker){ .busy = false };
        go(works, &worker[w]);
    }
    settle();
    for (int i = 0; i < length && wrong[0] == '\0'; i++) {
        if (!allowed(&program[i]))
            continue;
        did++;
        does(&program[i]);
        follow(&program[i]);
    }
    return 0;
}

// Whether this program fails; then `wrong` says how.
static bool
fails(const struct op *ops, int n)
{
    wrong[0] = '\0';
    memset(&m, 0, sizeof(m));
    memset(state, 0, sizeof(state));
    o = calloc(1, sizeof(*o));
    program = ops;
    length = n;
    go_run(run_program, 0, NULL);
    free(o);
    return wrong[0] != '\0';
}

static uint64_t random_state;

static int
below(int n)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (int)(random_state % (uint64_t)n);
}

// Each program is about one or two things, so that much happens with each.
static void
make_up(struct op *ops)
{
    static const struct { int first, n; } about[] = {
        { LOCK, 3 }, { RW_LOCK, 6 }, { ADD, 3 }, { COND_WAIT, 3 }, { ACQUIRE, 3 },
    };
    const int a = below(5), b = a == 3 ? 0 : below(5);

    for (int i = 0; i < LENGTH; i++) {
        const int k = below(3) < 2 ? a : b;

        ops[i] = (struct op){ (enum kind)(about[k].first + below(about[k].n)),
                              below(WORKERS) };
    }
}

// Leave out what can be left out, until nothing can.
static int
shrink(struct op *ops, int n)
{
    struct op less[LENGTH];

    for (int before = n + 1; n < before;) {
        before = n;
        for (int i = n; i-- > 0;) {
            memcpy(less, ops, sizeof(less[0]) * (size_t)i);
            memcpy(less + i, ops + i + 1, sizeof(less[0]) * (size_t)(n - i - 1));
            if (fails(less, n - 1))
                memcpy(ops, less, sizeof(less[0]) * (size_t)--n);
        }
    }
    fails(ops, n);
    return n;
}

int
main(int argc, char **argv)
{
    const long wanted = argc > 2 ? atol(argv[2]) : 10000;
    struct op ops[LENGTH];

    random_state = argc > 1 ? strtoull(argv[1], NULL, 0) * 0x9e3779b97f4a7c15u + 1 : 1;
    setenv("GOMAXPROCS", "1", 1);
    while (did < wanted) {
        make_up(ops);
        if (!fails(ops, LENGTH))
            continue;

        const long after = did;
        int n = shrink(ops, LENGTH);

        printf("after %ld operations: %s\nshrunk to %d:\n", after, wrong, n);
        for (int i = 0; i < n; i++)
            printf("worker %d: %s\n", ops[i].worker, name[ops[i].kind]);
        return 1;
    }
    return 0;
}

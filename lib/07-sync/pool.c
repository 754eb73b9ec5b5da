/** @file pool.c  Values that are kept to be used again.
 *
 * Each p has a place for one value, and two lists. The place is its own: no
 * step there is atomic, because the runtime's code is not preempted, and a p
 * runs one goroutine at a time. A list is a deque: the p puts and takes at one
 * end, other p's steal at the other.
 *
 * Values leave a pool that does not need them, in two steps. One of the lists
 * of each p is for what is put now. The other is the victim: nothing is put
 * there, and values are taken from it only when there are none elsewhere. A
 * trim drops what is in the victims, and then the two lists change their roles.
 * So a value is dropped that nobody has wanted between two trims.
 *
 *     1  go_pool_trim                    2  go_pool_put
 *                                           clock is 4: list 0
 *        clock is 4: list 1 is the
 *        victim; steals all of it
 *        clock = 5                          onto list 0, the victim now: it is
 *                                           dropped one trim early, at worst
 *
 * In Go the garbage collector trims. Here go_pool_trim does, and a put that
 * finds the last trim ten seconds ago: not sysmon, for `drop` is the program's
 * code and needs a goroutine, and not the pressure of memory, of which a process
 * hears too late.
 *
 * What stands in the place of a p is dropped by a trim on that very p only: one
 * value may stay.
 *
 * Mirrors Go's sync/pool.go.
 */
#include "pool.h"

#include "lock.h"

typedef ATOMIC(struct pool *) pool_t;

static struct lock *
lock_of(struct go_pool *pool)
{
    return (struct lock *)&pool->key;
}

// ---- Making ----------------------------------------------------------------

static _Noreturn void
no_memory(void)
{
    fatal("go_pool_put: no memory");
}

// Of the table only what is used takes memory: it is mapped.
static struct pool *
pool_make(struct go_pool *pool)
{
    struct pool *q;

    lock(lock_of(pool));
    q = atomic_load_relaxed((pool_t *)&pool->all);
    if (q == NULL) {
        q = world.map(sizeof(*q));
        if (q == NULL)
            no_memory();
        hooks_map(q, sizeof(*q));
        atomic_store_relaxed(&q->since, world.now_coarse());
        // Pairs with pool_of.
        atomic_store_release((pool_t *)&pool->all, q);
    }
    unlock(lock_of(pool));
    return q;
}

static inline struct pool *
pool_of(struct go_pool *pool)
{
    return atomic_load_acquire((pool_t *)&pool->all);   // pairs with pool_make
}

static inline int
number(const struct g *gp)
{
    const struct p *p = gp->m->p;

    return (int)(p - p->sched->p);
}

static struct local *
local_make(struct pool *q, int i)
{
    struct local *l = world.alloc(sizeof(*l));
    int n = atomic_load_relaxed(&q->n);

    if (l == NULL)
        no_memory();
    *l = (struct local){ 0 };
    atomic_store_release(&q->of[i], l);             // pairs with steal
    // Pairs with steal.
    while (n <= i && !atomic_cas(&q->n, &n, i + 1))
        ;
    return l;
}

// ---- Trimming --------------------------------------------------------------

// Drop what nobody has wanted since the last trim.
static void
trim(struct go_pool *pool, struct pool *q)
{
    // [lab pool-trim]
    bool no = false;

    if (!atomic_cas(&q->trimming, &no, true))
        return;
    atomic_store_relaxed(&q->since, world.now_coarse());

    const uint32_t clock = atomic_load_relaxed(&q->clock);
    const int n = atomic_load_acquire(&q->n);       // pairs with local_make

    for (int i = 0; i < n; i++) {
        struct local *l = atomic_load_acquire(&q->of[i]);
        void *x;

        // By stealing: it is another p's, and we may well be on another one
        // after each drop.
        while (l != NULL &&
               (x = deque_steal(&l->list[(clock + 1) % 2])) != NULL) {
            race_acquire(x);
            pool->drop(x);
        }
    }
    atomic_store(&q->clock, clock + 1);
    atomic_store_release(&q->trimming, false);      // pairs with the cas above
    // [lab pool-trim]
}

void
go_pool_trim(struct go_pool *pool)
{
    struct g *gp = goroutine("go_pool_trim");
    struct pool *q = pool_of(pool);

    if (q == NULL || pool->drop == NULL)
        return;

    struct local *l = atomic_load_relaxed(&q->of[number(gp)]);

    // Into the list, where it grows old. If there is no memory it stays.
    if (l != NULL && l->own != NULL &&
        deque_push(&l->list[atomic_load_relaxed(&q->clock) % 2], l->own))
        l->own = NULL;
    trim(pool, q);
}

// ---- Put and get -----------------------------------------------------------

void
go_pool_put(struct go_pool *pool, void *x)
{
    struct g *gp = goroutine("go_pool_put");
    struct pool *q = pool_of(pool);

    if (x == NULL)
        return;
    if (q == NULL)
        q = pool_make(pool);
    race_release(x);
    // It stays on its p: the memory that is asked for may come from a malloc of the
    // program's own, in which it could be made to stop.
    gp->no_preempt++;
    // [lab pool-put]
    struct local *l = atomic_load_relaxed(&q->of[number(gp)]);

    if (l == NULL)
        l = local_make(q, number(gp));
    if (l->own == NULL)
        l->own = x;
    else if (!deque_push(&l->list[atomic_load_relaxed(&q->clock) % 2], x))
        no_memory();
    // [lab pool-put]
    gp->no_preempt--;
    if (++l->puts % LOOKS == 0 && pool->drop != NULL &&
        world.now_coarse() - atomic_load_relaxed(&q->since) >= PERIOD)
        trim(pool, q);
}

// Steal one from the lists of this number, beginning behind p i.
static void *
steal(struct pool *q, int i, uint32_t list)
{
    const int n = atomic_load_acquire(&q->n);       // pairs with local_make

    for (int k = 1; k <= n; k++) {
        // Pairs with local_make.
        struct local *l = atomic_load_acquire(&q->of[(i + k) % n]);
        void *x = l != NULL ? deque_steal(&l->list[list]) : NULL;

        if (x != NULL)
            return x;
    }
    return NULL;
}

// Take a value, or NULL if there is none.
static void *
take(struct g *gp, struct pool *q)
{
    // [lab pool-take]
    const int i = number(gp);
    struct local *l = atomic_load_relaxed(&q->of[i]);
    const uint32_t list = atomic_load_relaxed(&q->clock) % 2;
    void *x;

    if (l != NULL && (x = l->own) != NULL) {
        l->own = NULL;
        return x;
    }
    if (l != NULL && (x = deque_pop(&l->list[list])) != NULL)
        return x;
    if ((x = steal(q, i, list)) != NULL)
        return x;
    // Only now: what lies there is on its way out. (Ours, too, by stealing: we
    // need not be the owner of what is stolen from.)
    return steal(q, i, 1 - list);
    // [lab pool-take]
}

void *
go_pool_get(struct go_pool *pool)
{
    struct g *gp = goroutine("go_pool_get");
    struct pool *q = pool_of(pool);
    void *x = q != NULL ? take(gp, q) : NULL;

    if (x != NULL) {
        race_acquire(x);
        return x;
    }
    return pool->make != NULL ? pool->make() : NULL;
}

// ---- The end ---------------------------------------------------------------

// Nobody else uses it.
void
go_pool_free(struct go_pool *pool)
{
    struct pool *q = pool_of(pool);

    goroutine("go_pool_free");
    if (q == NULL)
        return;
    atomic_store_relaxed((pool_t *)&pool->all, NULL);
    for (int i = 0; i < atomic_load_relaxed(&q->n); i++) {
        struct local *l = atomic_load_relaxed(&q->of[i]);

        if (l == NULL)
            continue;
        for (int k = 0; k < 2; k++) {
            for (void *x; (x = deque_steal(&l->list[k])) != NULL; ) {
                race_acquire(x);
                if (pool->drop != NULL)
                    pool->drop(x);
            }
            deque_free(&l->list[k]);
        }
        if (l->own != NULL) {
            race_acquire(l->own);
            if (pool->drop != NULL)
                pool->drop(l->own);
        }
        world.free(l);
    }
    hooks_unmap(q, sizeof(*q));
    world.unmap(q, sizeof(*q));
}

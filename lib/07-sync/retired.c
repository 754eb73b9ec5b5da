/** @file retired.c  What has been unlinked from a map, and who may still find it.
 *
 * It stands on a list of the map, the oldest first, each node with its epoch
 * (epoch.h). It is freed when that is over, and no range can find it.
 *
 * A go_map_range reads for as long as it likes, so it does not count as a reader of
 * its epoch. Ranges are counted by themselves, on one of two sides:
 *
 *     ranges that begin      on side 0     on side 1     on side 0
 *                          |             |             |
 *                        turn          turn          turn
 *                                      all of side 0 have ended: those before
 *                                      the turn at the left
 *
 * It is time for a turn when nobody is left on the other side, where they begin
 * from then on. So at each turn all have ended that began before the last one;
 * and those that began later cannot find what was on the list at the last one.
 *
 * Go's garbage collector does all this.
 */
#include "map.h"

static struct lock *
lock_of(struct go_map *m)
{
    return (struct lock *)&m->key;
}

static void
node_free(struct go_map *m, struct node *node)
{
    if (node->kind == ENTRY && m->free_key != NULL)
        m->free_key((void *)((struct entry *)node)->key);
    world.free(node);
}

static void
count_retired(struct go_map *m, int32_t n)
{
    count_t *count = (count_t *)&m->n_retired;

    atomic_store_relaxed(count, atomic_load_relaxed(count) + n);
}

// Those that could not be freed, when somebody looked.
static void
set_kept(struct go_map *m, int32_t n)
{
    atomic_store_relaxed((count_t *)&m->kept, n);
}

void
map_retire(struct go_map *m, struct node *node)
{
    // [lab map-retire]
    lock(lock_of(m));
    node->epoch = epoch_of_unlinked();
    node->retired = NULL;
    if (m->retired_first == NULL)
        m->retired_first = node;
    else
        ((struct node *)m->retired_last)->retired = node;
    m->retired_last = node;
    count_retired(m, 1);
    unlock(lock_of(m));
    // [lab map-retire]
}

// From which epoch on what was retired may still be found by a range. The caller
// has the lock.
static uint64_t
may_be_found(struct go_map *m)
{
    // [lab map-may-be-found]
    const uint32_t other = 1 - m->side;

    if (m->ranging[other] == 0) {
        m->passed = m->turned;
        m->turned = epoch_now();
        m->side = other;
    }
    return m->ranging[0] + m->ranging[1] == 0 ? UINT64_MAX : m->passed;
    // [lab map-may-be-found]
}

// Take those off whose epoch is over, and that no range can find: the oldest ones.
// They are a list. Nothing more comes onto it between the question and the end.
static struct node *
take_retired(struct go_map *m)
{
    // [lab map-take-retired]
    struct node *all, **end = &all;

    lock(lock_of(m));

    const uint64_t until = may_be_found(m);

    all = m->retired_first;
    while (*end != NULL && (*end)->epoch < until && epoch_is_over((*end)->epoch)) {
        end = &(*end)->retired;
        count_retired(m, -1);
    }
    m->retired_first = *end;
    *end = NULL;
    set_kept(m, atomic_load_relaxed((count_t *)&m->n_retired));
    unlock(lock_of(m));
    return all;
    // [lab map-take-retired]
}

static void
free_list(struct go_map *m, struct node *node)
{
    while (node != NULL) {
        struct node *next = node->retired;

        node_free(m, node);
        node = next;
    }
}

// The goroutine is asked for anew, as in map.c after each function of the program:
// that may have waited in a coroutine, which another one has resumed.
void
map_free_some(struct go_map *m, const char *function)
{
    epoch_advance(goroutine(function)->m->p->sched);

    struct node *all = take_retired(m);

    race_acquire(&epoch);
    free_list(m, all);
}

void
map_free_retired(struct go_map *m)
{
    struct node *all = m->retired_first;

    m->retired_first = m->retired_last = NULL;
    atomic_store_relaxed((count_t *)&m->n_retired, 0);
    map_look_again(m);
    // Ranges may be lost, and the epochs are those of an older run.
    m->ranging[0] = m->ranging[1] = 0;
    m->turned = m->passed = 0;
    free_list(m, all);
}

// ---- Ranges ----------------------------------------------------------------

void
map_range_begins(struct map_range *r)
{
    struct go_map *m = r->m;

    lock(lock_of(m));
    r->side = m->side;
    m->ranging[r->side]++;
    unlock(lock_of(m));
}

void
map_range_ends(struct go_ending_ *e)
{
    struct map_range *r = (struct map_range *)e;
    struct go_map *m = r->m;

    race_release(&epoch);
    lock(lock_of(m));
    m->ranging[r->side]--;
    unlock(lock_of(m));
}

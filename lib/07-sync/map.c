/** @file map.c  A map that is read without a lock.
 *
 * A tree: a branch has 16 children, chosen by the next four bits of the hash.
 * A child is NULL, a branch, or an entry: a key with its value. Entries of the
 * same hash are a list. Two keys that agree in the first bits share branches
 * until they differ.
 *
 * Who reads goes down from the root. Each step is one load, and each node is
 * whole before it can be found. What is unlinked is freed when nobody can look
 * at it any more (epoch.h).
 *
 * Who writes does so in two steps, so that neither the program's functions nor
 * the allocator run under a lock:
 *
 *     1  stores k                        2  deletes k
 *        goes down, as readers do: the
 *        branch b, its turn, the entry
 *        makes what is to be put there
 *                                           lock b; the entry off b
 *                                           turn + 1; unlock
 *        lock b: it is another turn
 *        unlock, and begins again
 *
 * Each branch has a lock, for its 16 children, and counts its turns: one for
 * each change. If it is still the same turn when the lock has been taken, what
 * was seen is how it is. An entry's value changes under the lock, but that is
 * no turn; it is one store, and who reads sees it or does not.
 *
 * A branch that becomes empty is unlinked from the one above, with both locked,
 * the lower one first. It is dead then, and nothing is ever put there: who has
 * gone down to it begins again. go_map_clear takes the root away, and then
 * makes each branch below it dead, one after the other. Who still puts
 * something there has begun before that, and counts as before it.
 *
 * Locks: a branch, then those above it, then `key` (retired.c).
 *
 * Mirrors Go's internal/sync/hashtriemap.go, where the garbage collector frees.
 */
#include "map.h"

#include <string.h>

#include "text.h"

static slot_t *
slot_at(struct branch *b, uint64_t hash)
{
    return (slot_t *)&b->child[hash >> b->depth & (CHILDREN - 1)];
}

// ---- Keys ------------------------------------------------------------------

// Every bit of a hash decides somewhere, and the program's may have few good
// ones. (MurmurHash3's finalizer: different stays different.) Ours has no others.
static uint64_t
hash_of(const struct go_map *m, const void *key)
{
    if (m->hash == go_string_hash)
        return text_hash(key);

    uint64_t h = m->hash != NULL ? m->hash(key) : (uintptr_t)key;

    h = (h ^ h >> 33) * 0xff51afd7ed558ccd;
    h = (h ^ h >> 33) * 0xc4ceb9fe1a85ec53;
    return h ^ h >> 33;
}

static bool
same(const struct go_map *m, struct entry *e, uint64_t hash, const void *key)
{
    if (e->hash != hash)
        return false;
    race_acquire(e);            // the key is looked at by the program
    if (e->key == key)
        return true;
    if (m->equal == go_string_equal)
        return strcmp(e->key, key) == 0;
    return m->equal != NULL && m->equal(e->key, key);
}

// The first entry of the list with this key, or NULL.
static struct entry *
in_list(const struct go_map *m, struct entry *e, uint64_t hash,
        const void *key)
{
    while (e != NULL && !same(m, e, hash, key))
        e = atomic_load_acquire(&e->next);          // pairs with take_off
    return e;
}

// From here to leave nothing that this goroutine can find is freed. It stays on
// its p: equal is the program's, and could be preempted.
static void
enter(struct g *gp)
{
    gp->no_preempt++;
    epoch_enter(gp->m);
}

static void
leave(struct g *gp)
{
    race_release(&epoch);
    epoch_leave(gp->m);
    gp->no_preempt--;
}

// ---- Going down ------------------------------------------------------------

// Where a key is, or would be.
struct place {
    struct branch *b;
    uint32_t turn;              // of b, before it was looked at
    struct node *first;         // what was there
    struct entry *e;            // with the key, or NULL
};

// The caller has entered.
static struct place
find(struct go_map *m, struct branch *root, uint64_t hash, const void *key)
{
    // [lab map-find]
    struct place at = { .b = root };

    for (;;) {
        // Pairs with changed, and with put.
        at.turn = atomic_load_acquire(&at.b->turn);
        at.first = atomic_load_acquire(slot_at(at.b, hash));
        if (at.first == NULL || at.first->kind == ENTRY)
            break;
        at.b = (struct branch *)at.first;
    }
    at.e = in_list(m, (struct entry *)at.first, hash, key);
    return at;
    // [lab map-find]
}

static struct branch *
branch_new(const char *function, int depth, struct branch *parent)
{
    struct branch *b = world.alloc(sizeof(*b));

    if (b == NULL)
        fatal("%s: no memory", function);
    *b = (struct branch){ .node.kind = BRANCH, .depth = depth,
                          .parent = parent };
    return b;
}

static struct branch *
root_of(struct go_map *m)
{
    return atomic_load_acquire((root_t *)&m->root);     // pairs with root_make
}

static struct branch *
root_make(struct go_map *m, const char *function)
{
    struct branch *b = root_of(m), *none = NULL;

    if (b != NULL)
        return b;
    b = branch_new(function, 0, NULL);
    // Pairs with root_of, and with others who make one.
    if (atomic_cas((root_t *)&m->root, &none, b))
        return b;
    world.free(b);
    return none;
}

// ---- Changing a branch -----------------------------------------------------

// Lock the branch of the place, unless it is not any more what it was.
static bool
place_lock(const struct place *at)
{
    // [lab map-place-lock]
    lock(&at->b->lock);
    if (atomic_load_relaxed(&at->b->turn) == at->turn &&
        !atomic_load_relaxed(&at->b->dead))
        return true;
    unlock(&at->b->lock);
    return false;
    // [lab map-place-lock]
}

// b has been changed. The caller has the lock.
//
// After the change, not before: who loads the new turn must see what belongs to
// it.
static void
changed(struct branch *b)
{
    // Pairs with find.
    atomic_store_release(&b->turn, atomic_load_relaxed(&b->turn) + 1);
}

static void
put(slot_t *slot, struct node *node)
{
    atomic_store_release(slot, node);               // pairs with find
}

// Branches for two entries of different hash, down to where they differ. The
// topmost one.
static struct branch *
split(struct branch *parent, struct entry *old, struct entry *e)
{
    struct branch *top = NULL, *b = parent;

    do {
        slot_t *slot = slot_at(b, e->hash);
        struct branch *below = branch_new("go_map_store", b->depth + BITS, b);

        below->used = 1;
        if (top == NULL)
            top = below;
        else
            atomic_store_relaxed(slot, &below->node);
        b = below;
    } while (slot_at(b, e->hash) == slot_at(b, old->hash));
    atomic_store_relaxed(slot_at(b, e->hash), &e->node);
    atomic_store_relaxed(slot_at(b, old->hash), &old->node);
    b->used = 2;
    return top;
}

// They were never found by anybody.
static void
unsplit(struct branch *b, uint64_t hash)
{
    struct node *node = &b->node;

    while (node != NULL && node->kind == BRANCH) {
        struct node *below =
            atomic_load_relaxed(slot_at((struct branch *)node, hash));

        world.free(node);
        node = below;
    }
}

// Put e at the place, where its key is not. False, and nothing is done, if that
// is no more what it was.
static bool
insert(const struct place *at, struct entry *e)
{
    // [lab map-insert]
    struct entry *old = (struct entry *)at->first;
    struct node *node = &e->node;

    atomic_store_relaxed(&e->next, NULL);
    if (old != NULL && old->hash == e->hash)
        atomic_store_relaxed(&e->next, old);
    else if (old != NULL)
        node = &split(at->b, old, e)->node;
    race_release(e);

    bool done = place_lock(at);

    if (done) {
        at->b->used += old == NULL;
        put(slot_at(at->b, e->hash), node);
        changed(at->b);
        unlock(&at->b->lock);
    } else if (node != &e->node) {
        unsplit((struct branch *)node, e->hash);
    }
    return done;
    // [lab map-insert]
}

// b is empty: unlink it from those above, and them, if that makes them empty,
// too. The caller has its lock, which is given back.
static void
prune(struct go_map *m, struct branch *b, uint64_t hash)
{
    // [lab map-prune]
    while (b->parent != NULL && b->used == 0) {
        struct branch *parent = b->parent;

        lock(&parent->lock);
        // Then somebody clears the map, and comes to b.
        if (atomic_load_relaxed(&parent->dead)) {
            unlock(&parent->lock);
            break;
        }
        atomic_store_relaxed(&b->dead, true);
        parent->used--;
        put(slot_at(parent, hash), NULL);
        changed(parent);
        unlock(&b->lock);
        map_retire(m, &b->node);
        b = parent;
    }
    unlock(&b->lock);
    // [lab map-prune]
}

// Take the entry of the place off its branch, which is locked, and is unlocked.
static void
take_off(struct go_map *m, const struct place *at)
{
    // [lab map-take-off]
    struct entry *e = at->e;
    struct entry *next = atomic_load_relaxed(&e->next);
    struct entry *before = (struct entry *)at->first;

    if (before == e) {
        at->b->used -= next == NULL;
        put(slot_at(at->b, e->hash), next != NULL ? &next->node : NULL);
    } else {
        while (atomic_load_relaxed(&before->next) != e) {
            before = atomic_load_relaxed(&before->next);
        }
        atomic_store_release(&before->next, next);  // pairs with in_list
    }
    changed(at->b);
    prune(m, at->b, e->hash);
    map_retire(m, &e->node);
    // [lab map-take-off]
}

// ---- One operation ---------------------------------------------------------

static struct entry *
entry_new(struct go_map *m, const char *function, uint64_t hash,
          const void *key, void *value)
{
    struct entry *e = world.alloc(sizeof(*e));

    if (e == NULL)
        fatal("%s: no memory", function);
    *e = (struct entry){
        .node.kind = ENTRY,
        .hash = hash,
        .key = m->copy_key != NULL ? m->copy_key(key) : key,
        .value = { value },
    };
    return e;
}

// It was never put anywhere. A key that was not copied is still the caller's.
static void
entry_drop(struct go_map *m, struct entry *e)
{
    if (m->copy_key != NULL && m->free_key != NULL)
        m->free_key((void *)e->key);
    world.free(e);
}

static void *
value_of(struct entry *e)
{
    void *value = atomic_load_acquire(&e->value);   // pairs with set_value

    race_acquire(e);
    return value;
}

static void
set_value(struct entry *e, void *value)
{
    race_release(e);
    atomic_store_release(&e->value, value);         // pairs with value_of
}

static void
give(void **to, void *value)
{
    if (to != NULL)
        *to = value;
}

bool
go_map_load(struct go_map *m, const void *key, void **value)
{
    const uint64_t hash = hash_of(m, key);
    struct g *gp = goroutine("go_map_load");
    struct branch *root;
    struct entry *e = NULL;
    void *found = NULL;

    enter(gp);
    root = root_of(m);
    if (root != NULL)
        e = find(m, root, hash, key).e;
    if (e != NULL)
        found = value_of(e);
    leave(gp);
    give(value, found);
    return e != NULL;
}

// Let the key have the value; if it has one already, only if `replace`. Its
// value before, or NULL, to *was. Returns whether it had one.
static bool
store(struct go_map *m, const char *function, const void *key, void *value,
      bool replace, void **was)
{
    const uint64_t hash = hash_of(m, key);
    struct g *gp = goroutine(function);
    struct entry *e = NULL;
    void *before = NULL;
    bool had, done = false;

    while (!done) {
        struct place at;

        enter(gp);
        at = find(m, root_make(m, function), hash, key);
        had = at.e != NULL;
        if (had && !replace) {
            before = value_of(at.e);
            done = true;
        } else if (had && place_lock(&at)) {
            before = value_of(at.e);
            set_value(at.e, value);
            unlock(&at.b->lock);
            done = true;
        } else if (!had && e != NULL) {
            done = insert(&at, e);
            if (done)
                e = NULL;
        }
        leave(gp);
        // Not before: copy_key is the program's, and may do what it likes.
        if (!done && !had && e == NULL) {
            e = entry_new(m, function, hash, key, value);
            gp = goroutine(function);
        }
    }
    if (e != NULL)
        entry_drop(m, e);
    map_reclaim(m, function);
    give(was, before);
    return had;
}

// Delete the key; if `only`, only if its value is `old`. Its value before to
// *was. Returns whether it was deleted.
static bool
delete(struct go_map *m, const char *function, const void *key, bool only,
       const void *old, void **was)
{
    const uint64_t hash = hash_of(m, key);
    struct g *gp = goroutine(function);
    void *before = NULL;
    bool had = false, done = false;

    while (!done) {
        struct place at = { 0 };
        struct branch *root;

        enter(gp);
        root = root_of(m);
        if (root != NULL)
            at = find(m, root, hash, key);
        if (at.e == NULL) {
            done = true;
        } else if (place_lock(&at)) {
            before = value_of(at.e);
            had = !only || before == old;
            if (had)
                take_off(m, &at);
            else
                unlock(&at.b->lock);
            done = true;
        }
        leave(gp);
    }
    map_reclaim(m, function);
    give(was, had ? before : NULL);
    return had;
}

void
go_map_store(struct go_map *m, const void *key, void *value)
{
    store(m, "go_map_store", key, value, true, NULL);
}

bool
go_map_swap(struct go_map *m, const void *key, void *value, void **before)
{
    return store(m, "go_map_swap", key, value, true, before);
}

bool
go_map_load_or_store(struct go_map *m, const void *key, void *value,
                     void **actual)
{
    void *before;
    bool loaded = store(m, "go_map_load_or_store", key, value, false, &before);

    give(actual, loaded ? before : value);
    return loaded;
}

void
go_map_delete(struct go_map *m, const void *key)
{
    delete(m, "go_map_delete", key, false, NULL, NULL);
}

bool
go_map_load_and_delete(struct go_map *m, const void *key, void **value)
{
    return delete(m, "go_map_load_and_delete", key, false, NULL, value);
}

bool
go_map_compare_and_delete(struct go_map *m, const void *key,
                          const void *old_value)
{
    return delete(m, "go_map_compare_and_delete", key, true, old_value, NULL);
}

bool
go_map_compare_and_swap(struct go_map *m, const void *key,
                        const void *old_value, void *new_value)
{
    const uint64_t hash = hash_of(m, key);
    struct g *gp = goroutine("go_map_compare_and_swap");
    bool swapped = false, done = false;

    while (!done) {
        struct place at = { 0 };
        struct branch *root;

        enter(gp);
        root = root_of(m);
        if (root != NULL)
            at = find(m, root, hash, key);
        if (at.e == NULL) {
            done = true;
        } else if (place_lock(&at)) {
            swapped = value_of(at.e) == old_value;
            if (swapped)
                set_value(at.e, new_value);
            unlock(&at.b->lock);
            done = true;
        }
        leave(gp);
    }
    return swapped;
}

// ---- All of it -------------------------------------------------------------

// Show what is below b to fn. False if fn wants no more.
static bool
show(struct branch *b,
     bool (*fn)(const void *key, void *value, void *arg), void *arg)
{
    for (int i = 0; i < CHILDREN; i++) {
        // Pairs with put.
        struct node *node = atomic_load_acquire(&b->child[i]);

        if (node == NULL)
            continue;
        if (node->kind == BRANCH) {
            if (!show((struct branch *)node, fn, arg))
                return false;
            continue;
        }
        // Who comes anew comes in front, so none is shown twice.
        for (struct entry *e = (struct entry *)node; e != NULL;
             e = atomic_load_acquire(&e->next))     // pairs with take_off
            if (!fn(e->key, value_of(e), arg))
                return false;
    }
    return true;
}

void
go_map_range(struct go_map *m,
             bool (*fn)(const void *key, void *value, void *arg), void *arg)
{
    struct g *gp = goroutine("go_map_range");
    ENDS_WHEN_UNWOUND struct map_range range = { .m = m };
    struct branch *root;

    // [lab map-range]
    map_range_begins(&range);
    root = root_of(m);
    // [lab map-range]
    ending_begin(gp, &range.ending, map_range_ends);
    if (root != NULL)
        show(root, fn, arg);
    ending_end(gp, &range.ending);
    map_range_ends(&range.ending);
    map_look_again(m);                              // it was us who kept them
    map_reclaim(m, "go_map_range");
}

// b and what is below it is not found any more from the root. Make it dead, and
// let it be freed.
static void
clear(struct go_map *m, struct branch *b)
{
    // [lab map-clear]
    lock(&b->lock);
    atomic_store_relaxed(&b->dead, true);
    unlock(&b->lock);
    for (int i = 0; i < CHILDREN; i++) {
        struct node *node = atomic_load_relaxed(&b->child[i]);

        while (node != NULL && node->kind == ENTRY) {
            struct entry *next =
                atomic_load_relaxed(&((struct entry *)node)->next);

            map_retire(m, node);
            node = next != NULL ? &next->node : NULL;
        }
        if (node != NULL)
            clear(m, (struct branch *)node);
    }
    map_retire(m, &b->node);
    // [lab map-clear]
}

void
go_map_clear(struct go_map *m)
{
    goroutine("go_map_clear");

    struct branch *root = atomic_swap((root_t *)&m->root, NULL);

    if (root == NULL)
        return;
    clear(m, root);
    // All of it is of one epoch, which is over after the second time; who reads
    // may hold that up.
    for (int i = 0; i < 2; i++) {
        map_look_again(m);
        map_reclaim(m, "go_map_clear");
    }
}

// Nobody else uses it.
void
go_map_free(struct go_map *m)
{
    struct branch *root = root_of(m);

    goroutine("go_map_free");
    atomic_store_relaxed((root_t *)&m->root, NULL);
    if (root != NULL)
        clear(m, root);
    race_acquire(&epoch);
    map_free_retired(m);
}

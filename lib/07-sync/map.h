/** @file map.h  What a map is made of, and what has been unlinked from it. */
#ifndef MAP_H
#define MAP_H

#include "runtime.h"

#include "ending.h"
#include "epoch.h"
#include "lock.h"
#include "syncsize.h"

enum { CHILDREN = 16, BITS = 4 };

enum kind { ENTRY, BRANCH };

struct node {
    enum kind kind;             // constant

    // Once it is unlinked. Protected by the lock of the map.
    uint64_t epoch;
    struct node *retired;       // the next one
};

struct entry {
    struct node node;
    uint64_t hash;              // constant, as is the key
    const void *key;

    // Written under the lock of the branch, read by all.
    ATOMIC(void *) value;
    ATOMIC(struct entry *) next;    // of the same hash
};

struct branch {
    struct node node;
    int depth;                  // bits of the hash above this one; constant
    struct branch *parent;      // NULL: it is the root; constant
    struct lock lock;
    int used;                   // children that are not NULL; under the lock

    // Written under the lock, read by all.
    ATOMIC(uint32_t) turn;
    ATOMIC(bool) dead;
    ATOMIC(struct node *) child[CHILDREN];
};

typedef ATOMIC(struct branch *) root_t;
typedef ATOMIC(struct node *) slot_t;
typedef ATOMIC(int32_t) count_t;

// retired.c

// A node has been unlinked, and is freed when nobody looks at it any more.
void map_retire(struct go_map *m, struct node *node);

// Free what can be freed, now. The caller, the public function of this name, has
// left.
void map_free_some(struct go_map *m, const char *function);

// Free all that was retired: nobody else uses the map.
void map_free_retired(struct go_map *m);

// A go_map_range under way, counted on this side.
struct map_range {
    struct go_ending_ ending;
    struct go_map *m;
    uint32_t side;
};

void map_range_begins(struct map_range *r);
void map_range_ends(struct go_ending_ *r);

// What was kept for somebody may be free by now.
static inline void
map_look_again(struct go_map *m)
{
    atomic_store_relaxed((count_t *)&m->kept, 0);
}

// Free what can be freed, if enough has been retired since somebody looked.
static inline void
map_reclaim(struct go_map *m, const char *function)
{
    // Hints, for the list is another's at this moment.
    const int32_t kept = atomic_load_relaxed((count_t *)&m->kept);

    if (atomic_load_relaxed((count_t *)&m->n_retired) >= kept + RETIRED_MOST)
        map_free_some(m, function);
}

#endif

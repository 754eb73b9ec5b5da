/** @file semaroot.h  Those who wait for semaphores, to be found by address.
 *
 * A semaphore is one word of the program's, and has no place for a list. So
 * those who wait are kept here, in a table of roots; an address belongs to one
 * root. Each root has a tree of addresses, and each node of it a list of those
 * who wait for that address, the first to be woken in front:
 *
 *     root      tree, by address          list, by their coming
 *
 *                    0x40 ------------->  g5  g9  g2
 *                   /    \
 *               0x10      0x88 -------->  g7
 *
 * The node is the first of its list: nothing is allocated. A waiter lies on the
 * stack of its goroutine.
 *
 * The tree is a treap: by address it is a search tree, and by a random number,
 * `rank`, a heap, the least on top. So it has the form of a search tree into
 * which addresses were put at random, and its depth is of the order of log n,
 * in whatever order they come. Thousands of addresses in one root stay fast.
 *
 * Invariants, whenever the root's lock is free:
 *   - `waiters` is how many are in the tree's lists, and they are parked;
 *   - left < node < right by address; rank of a node <= those of its children;
 *   - parent, left, right, rank and last mean something in nodes only; next
 *     ends with NULL.
 *
 * Mirrors semaRoot in Go's runtime/sema.go.
 */
#ifndef SEMAROOT_H
#define SEMAROOT_H

#include "lock.h"
#include "runtime.h"
#include "steps.h"

struct sema_waiter {
    struct g *g;
    word_t *sema;               // what it waits for
    bool handed;                // it was woken with a permit

    // Protected by the root's lock.
    struct sema_waiter *next;   // who waits for the same address
    struct sema_waiter *last;   // of this list
    struct sema_waiter *parent, *left, *right;
    uint32_t rank;
};

struct sema_root {
    _Alignas(64) struct lock lock;

    // Written under the lock, read by all.
    word_t waiters;

    // Protected by the lock.
    struct sema_waiter *tree;
};

enum { SEMA_ROOTS = 251 };      // a prime, so that no pattern of addresses fits

extern struct sema_root sema_roots[SEMA_ROOTS];

// The root of an address.
static inline struct sema_root *
sema_root(const word_t *sema)
{
    return &sema_roots[((uintptr_t)sema >> 3) % SEMA_ROOTS];
}

// The caller of these holds the lock of root.

// w waits for w->sema: behind all others, or before them.
void semaroot_put(struct sema_root *root, struct sema_waiter *w, bool first);

// Take the first who waits for sema; NULL if nobody does.
struct sema_waiter *semaroot_get(struct sema_root *root, const word_t *sema);

// A run begins: forget who waited when the last one ended.
void semaroot_reset(void);

#endif

/** @file semaroot.c  The tree of those who wait. */
#include "semaroot.h"

#include "cheaprand.h"

struct sema_root sema_roots[SEMA_ROOTS];

// ---- The form of the tree --------------------------------------------------

// What points at node w.
static struct sema_waiter **
place_of(struct sema_root *root, struct sema_waiter *w)
{
    if (w->parent == NULL)
        return &root->tree;
    return w->parent->left == w ? &w->parent->left : &w->parent->right;
}

static void
set_parent(struct sema_waiter *child, struct sema_waiter *parent)
{
    if (child != NULL)
        child->parent = parent;
}

/* Child w comes to stand over its parent; the order of addresses stays.
 *
 *         p              w                 p                w
 *        / \            / \               / \              / \
 *       w   c    ->    a   p      and    a   w     ->     p   c
 *      / \                / \               / \          / \
 *     a   b              b   c             b   c        a   b
 */
static void
rotate_up(struct sema_root *root, struct sema_waiter *w)
{
    // [lab sema-rotate]
    struct sema_waiter *p = w->parent;

    *place_of(root, p) = w;
    w->parent = p->parent;
    if (p->left == w) {
        p->left = w->right;
        set_parent(p->left, p);
        w->right = p;
    } else {
        p->right = w->left;
        set_parent(p->right, p);
        w->left = p;
    }
    p->parent = w;
    // [lab sema-rotate]
}

// w stands for the node old from now on.
static void
replace(struct sema_root *root, struct sema_waiter *old, struct sema_waiter *w)
{
    w->rank = old->rank;
    w->parent = old->parent;
    w->left = old->left;
    w->right = old->right;
    *place_of(root, old) = w;
    set_parent(w->left, w);
    set_parent(w->right, w);
}

// w is a node for a new address, with the place that a search for it ends at.
static void
insert(struct sema_root *root, struct sema_waiter **place,
       struct sema_waiter *parent, struct sema_waiter *w)
{
    w->parent = parent;
    w->left = w->right = NULL;
    w->rank = cheaprand_below(getg()->m, UINT32_MAX);
    *place = w;
    while (w->parent != NULL && w->parent->rank > w->rank)
        rotate_up(root, w);
}

// w goes down until it has no child, and off.
static void
uproot(struct sema_root *root, struct sema_waiter *w)
{
    while (w->left != NULL || w->right != NULL)
        rotate_up(root, w->right == NULL ||
                        (w->left != NULL && w->left->rank < w->right->rank)
                            ? w->left : w->right);
    *place_of(root, w) = NULL;
}

// What points at the node of sema, or would; *parent is the one above.
static struct sema_waiter **
search(struct sema_root *root, const word_t *sema, struct sema_waiter **parent)
{
    struct sema_waiter **place = &root->tree;

    *parent = NULL;
    while (*place != NULL && (*place)->sema != sema) {
        *parent = *place;
        place = (uintptr_t)sema < (uintptr_t)(*place)->sema ? &(*place)->left
                                                            : &(*place)->right;
    }
    return place;
}

// ---- Coming and going ------------------------------------------------------

void
semaroot_put(struct sema_root *root, struct sema_waiter *w, bool first)
{
    // [lab semaroot-put]
    struct sema_waiter *parent, **place = search(root, w->sema, &parent);
    struct sema_waiter *node = *place;

    w->next = NULL;
    w->last = w;
    if (node == NULL) {
        insert(root, place, parent, w);
    } else if (first) {
        w->next = node;
        w->last = node->last;
        replace(root, node, w);
    } else {
        node->last->next = w;
        node->last = w;
    }
    // [lab semaroot-put]
}

struct sema_waiter *
semaroot_get(struct sema_root *root, const word_t *sema)
{
    // [lab semaroot-get]
    struct sema_waiter *parent, *w = *search(root, sema, &parent);

    if (w == NULL)
        return NULL;
    if (w->next != NULL) {
        w->next->last = w->last;
        replace(root, w, w->next);
    } else {
        uproot(root, w);
    }
    return w;
    // [lab semaroot-get]
}

void
semaroot_reset(void)
{
    for (int i = 0; i < SEMA_ROOTS; i++) {
        struct sema_root *root = &sema_roots[i];

        lock(&root->lock);
        root->tree = NULL;
        atomic_tell(&root->waiters, 0);
        unlock(&root->lock);
    }
}

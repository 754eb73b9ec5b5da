/** @file deque.c  Putting, taking, stealing. deque.h has the protocol. */
#include "deque.h"

#include "syncsize.h"
#include "world.h"

struct ring {
    int64_t size;               // a power of 2
    struct ring *older;
    ATOMIC(void *) slot[];
};

static inline void *
ring_get(struct ring *r, int64_t at)
{
    return atomic_load_relaxed(&r->slot[at & (r->size - 1)]);
}

static inline void
ring_put(struct ring *r, int64_t at, void *x)
{
    atomic_store_relaxed(&r->slot[at & (r->size - 1)], x);
}

// A ring of twice the size, with what is in [top, bottom).
static struct ring *
grow(struct deque *d, struct ring *old, int64_t top, int64_t bottom)
{
    const int64_t size = old != NULL ? 2 * old->size : DEQUE_FIRST;
    struct ring *r = world.alloc(sizeof(*r) +
                                 (size_t)size * sizeof(r->slot[0]));

    if (r == NULL)
        return NULL;
    r->size = size;
    r->older = old;
    for (int64_t at = top; at < bottom; at++)
        ring_put(r, at, ring_get(old, at));
    atomic_store_release(&d->ring, r);              // pairs with deque_steal
    return r;
}

bool
deque_push(struct deque *d, void *x)
{
    // [lab deque-push]
    int64_t bottom = atomic_load_relaxed(&d->bottom);
    int64_t top = atomic_load_acquire(&d->top);     // pairs with deque_steal
    struct ring *r = atomic_load_relaxed(&d->ring);

    if (r == NULL || bottom - top >= r->size) {
        r = grow(d, r, top, bottom);
        if (r == NULL)
            return false;
    }
    ring_put(r, bottom, x);
    atomic_store_release(&d->bottom, bottom + 1);   // pairs with deque_steal
    return true;
    // [lab deque-push]
}

void *
deque_pop(struct deque *d)
{
    // [lab deque-pop]
    int64_t bottom = atomic_load_relaxed(&d->bottom) - 1;
    int64_t top = atomic_load_relaxed(&d->top);
    void *x;

    // top only grows: so it is empty, and nothing need be claimed.
    if (top > bottom)
        return NULL;
    atomic_store_release(&d->bottom, bottom);       // pairs with deque_steal
    atomic_fence();                                 // pairs with deque_steal
    top = atomic_load_relaxed(&d->top);
    x = ring_get(atomic_load_relaxed(&d->ring), bottom);
    if (top < bottom)
        return x;                                   // thieves are elsewhere
    // The last one, if it is not gone.
    if (top > bottom || !atomic_cas(&d->top, &top, top + 1))
        x = NULL;                                   // pairs with deque_steal
    atomic_store_release(&d->bottom, bottom + 1);   // pairs with deque_steal
    return x;
    // [lab deque-pop]
}

void *
deque_steal(struct deque *d)
{
    // [lab deque-steal]
    for (;;) {
        int64_t top = atomic_load_acquire(&d->top); // pairs with the cas below

        atomic_fence();                             // pairs with deque_pop
        // Pairs with deque_push.
        if (top >= atomic_load_acquire(&d->bottom))
            return NULL;

        struct ring *r = atomic_load_acquire(&d->ring);     // pairs with grow
        void *x = ring_get(r, top);

        // Pairs with deque_pop and others who steal.
        if (atomic_cas(&d->top, &top, top + 1))
            return x;
    }
    // [lab deque-steal]
}

void
deque_free(struct deque *d)
{
    struct ring *r = atomic_load_relaxed(&d->ring);

    while (r != NULL) {
        struct ring *older = r->older;

        world.free(r);
        r = older;
    }
    *d = (struct deque){ 0 };
}

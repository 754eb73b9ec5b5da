/** @file stack.c  Stacks: addresses reserved at once, memory as it is touched.
 *
 * C code keeps pointers into its stack, so a stack cannot move, and must have
 * its greatest size from the start. That costs addresses, of which there are
 * plenty; the kernel adds a page of memory when it is first touched.
 *
 * Stacks of one size, a power of two, are a class. They lie in slots, side by
 * side in slabs, and each slot looks like this:
 *
 *     higher addresses   +-----------------+
 *                        | colour          |  unused, 0 to 2 KiB
 *                        | record          |  STACK_RECORD bytes, at hi
 *                        |                 |
 *                        | stack, hi to lo |  grows down
 *                        |                 |
 *                        +-----------------+  lo: a page's first byte
 *                        | guard           |  STACK_GUARD bytes that nobody
 *                        |                 |  may touch
 *     lower addresses    +-----------------+
 *
 * A function with more locals than the guard has bytes could step over it, so
 * it has 64 KiB. That costs addresses, and 128 bytes of page table a stack.
 *
 * Without colour all records would begin at the same place in their page, and
 * compete for the same lines of the processor's cache.
 *
 * Invariants, whenever the lock of a class is free:
 *   - a slot of index >= used has never been handed out since the slab was
 *     trimmed; any other is in use, or on the free list;
 *   - slots below guarded have their guard, or are marked as having a canary;
 *   - the record of a slot that is not in use is zero, but for the node of
 *     the free list that stands there.
 *
 * The free list is last in, first out: the stack that was used last is the
 * one whose memory is still in the cache. All may be called by any thread.
 * Mirrors Go's runtime/stack.go, stackalloc and stackfree.
 */
#include <string.h>

#include "stack.h"

#include "guard.h"
#include "lock.h"
#include "godebug.h"

enum {
    CLASS_MIN = 14,             // 2^14 is STACK_MIN
    CLASS_MAX = 44,
    COLOURS   = 32,             // times 64 bytes, a line of the cache
    FIRST     = 16,             // slots in the first slab of a class
    SLAB_MAX  = 1 << 30,        // bytes, unless one slot takes more
    KEEP      = 16,             // free stacks whose memory is left to them
};

// Stands in the record of a free slot, where the status of a g would be G_IDLE.
struct node {
    uint64_t idle;              // 0
    struct node *next;
    struct stack stack;
    uint64_t is_free;           // NODE_FREE
};

_Static_assert(offsetof(struct g, status) + sizeof(enum g_status) <=
               offsetof(struct node, next), "stack_each looks at the status");

#define NODE_FREE 0x66726565u

struct slab {
    struct slab *next;          // of all classes; set before it is published
    struct class *class;
    char *slots;
    uint32_t count;

    ATOMIC(uint32_t) used;      // handed out at least once
    uint32_t guarded;
    uint32_t canary_from;       // slots from here on have no guard
    struct slab *more;          // the next in unused of its class
};

static struct class {
    struct lock lock;
    struct node *free;
    uint32_t n_free;
    struct slab *unused;        // those that have slots with index >= used
    uint32_t next_count;        // of slots in the next slab
} classes[CLASS_MAX + 1];

static ATOMIC(struct slab *) slabs;

static size_t
page_size(void)
{
    return world.page_size();
}

// The smallest k for which 2^k >= n. n is at least 2, and may have 64 bits.
static int
log2_up(size_t n)
{
    // [lab stack-class]
    return 64 - __builtin_clzl(n - 1);
    // [lab stack-class]
}

// The class for stacks of at least `bytes`; NULL if nobody has that much.
static struct class *
class_for(size_t bytes)
{
    if (bytes < STACK_MIN)
        bytes = STACK_MIN;
    if (bytes < page_size())
        bytes = page_size();
    return log2_up(bytes) <= CLASS_MAX ? &classes[log2_up(bytes)] : NULL;
}

// The class that s came from: s is less than a page larger than it promises.
static struct class *
class_of(const struct stack *s)
{
    return &classes[63 - __builtin_clzl(s->hi - s->lo)];
}

static size_t
slot_bytes(const struct class *c)
{
    return STACK_GUARD + ((size_t)1 << (c - classes)) + page_size();
}

// The stack of slot i. Slots lie side by side from slab->slots on, and each is
// laid out as in the picture above: STACK_GUARD bytes of guard at its low end,
// and at its high end, above hi, the record and the colour. The colour of slot
// i is i modulo COLOURS lines of the cache, of 64 bytes. Slots from canary_from
// on have a canary instead of a guard.
static struct stack
slot_stack(const struct slab *slab, uint32_t i)
{
    // [lab slot-stack]
    const size_t bytes = slot_bytes(slab->class);
    const uintptr_t slot = (uintptr_t)slab->slots + i * bytes;

    return (struct stack){
        .lo = slot + STACK_GUARD,
        .hi = slot + bytes - STACK_RECORD - i % COLOURS * 64,
        .canary = i >= slab->canary_from,
    };
    // [lab slot-stack]
}

// ---- Slabs -----------------------------------------------------------------

// A new slab for c: twice as many slots as the last time, or as many as there
// are addresses for. NULL, with errno set, if there are none for one.
static struct slab *
slab_new(struct class *c)
{
    const size_t head = page_size();
    const size_t bytes = slot_bytes(c);
    uint32_t count = c->next_count != 0 ? c->next_count : FIRST;

    if (count > SLAB_MAX / bytes)
        count = SLAB_MAX / bytes;
    if (count == 0)
        count = 1;

    struct slab *slab = world.reserve(head + count * bytes);

    while (slab == NULL && count > 1) {
        count /= 2;
        slab = world.reserve(head + count * bytes);
    }
    if (slab == NULL)
        return NULL;
    c->next_count = 2 * count;
    slab->class = c;
    slab->slots = (char *)slab + head;
    slab->count = count;
    slab->canary_from = count;

    struct slab *first = atomic_load(&slabs);

    do {
        slab->next = first;
    } while (!atomic_cas(&slabs, &first, slab));    // pairs with stack_each
    return slab;
}

// Guards for the next few slots: one call of the kernel for all, and for no
// more than are soon needed, because each takes a little of a page table.
static void
slab_guard(struct slab *slab)
{
    uint32_t n = slab->count - slab->guarded;
    const size_t bytes = slot_bytes(slab->class);
    char *first = slab->slots + slab->guarded * bytes;

    if (n > GUARD_BATCH)
        n = GUARD_BATCH;

    uint32_t good = guard_install(first, n, bytes);

    if (good < n && slab->canary_from > slab->guarded + good)
        slab->canary_from = slab->guarded + good;
    slab->guarded += n;
}

// A slot that was never used, from c, whose lock is held. False, with errno
// set, if there are no addresses for one.
static bool
class_carve(struct class *c, struct stack *s)
{
    // [class-carve]
    if (c->unused == NULL)
        c->unused = slab_new(c);
    if (c->unused == NULL)
        return false;

    struct slab *slab = c->unused;
    uint32_t used = atomic_load_relaxed(&slab->used);

    if (used == slab->guarded)
        slab_guard(slab);
    *s = slot_stack(slab, used);
    atomic_store_release(&slab->used, used + 1);    // pairs with stack_each
    if (used + 1 == slab->count)
        c->unused = slab->more;
    return true;
    // [class-carve]
}

// Take the free stack of c that was used last: its memory is still in the
// cache. It is on the list no longer, nor counted, and its record is zero. False
// if none is free; then *s stays as it is. The caller holds the lock of c.
static bool
class_get(struct class *c, struct stack *s)
{
    // [lab stack-reuse]
    struct node *node = c->free;

    if (node == NULL)
        return false;
    *s = node->stack;
    c->free = node->next;
    c->n_free--;
    memset(node, 0, sizeof(*node));
    return true;
    // [lab stack-reuse]
}

// s, in whose record node stands, is free. The caller holds the lock of c.
static void
class_put(struct class *c, struct node *node, const struct stack *s)
{
    *node = (struct node){ 0, c->free, *s, NODE_FREE };
    c->free = node;
    c->n_free++;
}

// ---- Stacks ----------------------------------------------------------------

// Make *s a stack of at least `bytes`, whose record is zero. False, with errno
// as ENOMEM, if there are no addresses for it.
bool
stack_alloc(struct stack *s, size_t bytes)
{
    struct class *c = class_for(bytes);

    if (c == NULL) {
        errno = ENOMEM;
        return false;
    }
    lock(&c->lock);
    bool good = class_get(c, s) || class_carve(c, s);
    unlock(&c->lock);

    if (!good) {
        errno = ENOMEM;
        return false;
    }
    if (godebug.stackfill)
        stack_clear(s);
    stack_mark(s);
    return true;
}

// The pages of s below the one with the record.
bool
stack_discard(const struct stack *s)
{
    const uintptr_t top = s->hi & -(uintptr_t)page_size();

    return top <= s->lo || world.discard((void *)s->lo, top - s->lo) == 0;
}

void
stack_clear(const struct stack *s)
{
    const uintptr_t top = s->hi & -(uintptr_t)page_size();
    const uintptr_t from = stack_discard(s) ? top : s->lo;

    memset((void *)from, 0, s->hi - from);
}

void
stack_drop(struct stack *s)
{
    struct class *c = class_of(s);
    struct node *node = (struct node *)s->hi;

    memset(node, 0, STACK_RECORD);
    lock(&c->lock);
    class_put(c, node, s);
    unlock(&c->lock);
}

// Give back a stack of stack_alloc. Nobody may stand on it.
//
// A few keep their memory: whoever makes and frees a stack in turn gets the
// same one again and again. The rest are likely to lie for a while.
void
stack_free(struct stack *s)
{
    struct class *c = class_of(s);

    lock(&c->lock);
    bool enough = c->n_free >= KEEP;
    unlock(&c->lock);

    if (enough)
        stack_discard(s);
    stack_drop(s);
}

// ---- All of them -----------------------------------------------------------

void
stack_each(void (*fn)(struct g *gp, void *arg), void *arg)
{
    struct slab *slab = atomic_load(&slabs);        // pairs with slab_new

    for (; slab != NULL; slab = slab->next) {
        uint32_t used = atomic_load_acquire(&slab->used);  // with class_carve

        for (uint32_t i = 0; i < used; i++) {
            struct g *gp = (struct g *)slot_stack(slab, i).hi;

            if (atomic_load_acquire(&gp->status) != G_IDLE)
                fn(gp, arg);
        }
    }
}

// Whether the slot with this record is on the free list. One that is in use may
// have anything in its record, even that word: but then it has a status.
static bool
is_free(const struct node *node)
{
    return node->is_free == NODE_FREE &&
           atomic_load_relaxed(&((const struct g *)node)->status) == G_IDLE;
}

static bool
slab_is_free(const struct slab *slab)
{
    uint32_t used = atomic_load_relaxed(&slab->used);

    for (uint32_t i = 0; i < used; i++)
        if (!is_free((struct node *)slot_stack(slab, i).hi))
            return false;
    return used > 0;
}

// The free list of c, whose lock is held, is made anew, without the slabs that
// are free as a whole.
static void
class_trim(struct class *c)
{
    struct slab *slab = atomic_load(&slabs);        // pairs with slab_new

    c->free = NULL;
    c->n_free = 0;
    for (; slab != NULL; slab = slab->next) {
        if (slab->class != c)
            continue;

        uint32_t used = atomic_load_relaxed(&slab->used);
        bool all = slab_is_free(slab);

        if (all && world.discard(slab->slots, used * slot_bytes(c)) == 0) {
            atomic_store_relaxed(&slab->used, 0);
            if (used == slab->count) {
                slab->more = c->unused;
                c->unused = slab;
            }
            continue;
        }
        // Refused, perhaps half-way (a page is locked in memory): then nodes
        // are zero.
        for (uint32_t i = 0; i < used; i++) {
            struct stack s = slot_stack(slab, i);
            struct node *node = (struct node *)s.hi;

            if (all || is_free(node))
                class_put(c, node, &s);
        }
    }
}

void
stack_trim(void)
{
    for (struct class *c = classes; c <= &classes[CLASS_MAX]; c++) {
        lock(&c->lock);
        if (c->n_free > KEEP)
            class_trim(c);
        unlock(&c->lock);
    }
}

// The memory of a stack that was touched and is not zero begins at its high
// water mark. Pages that are not in memory are passed over, so that looking
// takes none.
size_t
stack_high_water(const struct stack *s)
{
    const size_t page = page_size();
    unsigned char resident[256];

    for (uintptr_t at = s->lo; at < s->hi; at += sizeof(resident) * page) {
        size_t bytes = ((s->hi | (page - 1)) + 1) - at;

        if (bytes > sizeof(resident) * page)
            bytes = sizeof(resident) * page;
        // If nothing is known of the pages, all are looked at.
        if (world.resident((void *)at, bytes, resident) != 0)
            memset(resident, 1, sizeof(resident));
        for (size_t i = 0; i < bytes; i += sizeof(uint64_t)) {
            if ((resident[i / page] & 1) == 0)
                i += page - sizeof(uint64_t);
            else if (*(uint64_t *)(at + i) != 0 &&
                     (at + i != s->lo || !s->canary))
                return at + i < s->hi ? s->hi - (at + i) : 0;
        }
    }
    return 0;
}

/** @file stores.c  Loads and stores, and the buffer in between.
 *
 * With .tso a store goes to the buffer of its thread first, and others see it
 * when it comes out at the other end, in its turn: that is a step of its own,
 * which may come late. The thread itself sees its own stores at once. So it is
 * on x86.
 */
#include <string.h>

#include "engine.h"

// Something has happened: those who wait in a loop may look again.
void
stores_let_look(void)
{
    for (int i = 0; i < explorer->threads; i++)
        explorer->thread[i].relaxed = false;
}

// Memory gets value, by a step of t.
static void
put(struct thread *t, volatile void *address, uint64_t value, size_t bytes)
{
    if (memcmp((const void *)address, &value, bytes) == 0)
        return;
    memcpy((void *)address, &value, bytes);
    t->spinning = false;
    stores_let_look();
}

void
stores_flush_one(struct thread *t)
{
    struct store *s = &t->store[0];

    put(t, s->address, s->value, s->bytes);
    t->stores--;
    memmove(s, s + 1, (size_t)t->stores * sizeof(*s));
}

// ---- For the record --------------------------------------------------------

// The step that is being made, or NULL if nobody wants to know.
static struct step *
recorded(void)
{
    struct explorer *x = explorer;

    if (!x->recording || x->steps == 0 || x->steps > MOST_STEPS)
        return NULL;
    return &x->record[x->steps - 1];
}

static void
saw(uint64_t value)
{
    struct step *s = recorded();

    if (s != NULL) {
        s->was = value;
        s->saw = true;
    }
}

static void
left(uint64_t value)
{
    struct step *s = recorded();

    if (s != NULL) {
        s->is = value;
        s->left = true;
    }
}

void
explore_value(uint64_t value)
{
    left(value);
}

void
explore_outcome(const char *outcome)
{
    struct step *s = recorded();

    if (s != NULL)
        s->outcome = outcome;
}

// ---- Steps -----------------------------------------------------------------

uint64_t
explore_peek(const volatile void *address, size_t bytes)
{
    struct thread *me = explorer->current;
    uint64_t value = 0;

    memcpy(&value, (const void *)address, bytes);
    for (int i = 0; i < me->stores; i++)
        if (me->store[i].address == address)
            value = me->store[i].value;
    return value;
}

uint64_t
explore_load(const volatile void *address, size_t bytes)
{
    const uint64_t value = explore_peek(address, bytes);

    saw(value);
    return value;
}

void
explore_fence(int order)
{
    struct thread *me = explorer->current;

    while (order == __ATOMIC_SEQ_CST && me->stores > 0)
        stores_flush_one(me);
}

void
explore_fence_all(void)
{
    for (int i = 0; i < explorer->threads; i++)
        while (explorer->thread[i].stores > 0)
            stores_flush_one(&explorer->thread[i]);
}

void
explore_store(volatile void *address, uint64_t value, size_t bytes, int order)
{
    struct thread *me = explorer->current;

    left(value);
    explore_fence(order);
    if (!explorer->check->tso || order == __ATOMIC_SEQ_CST) {
        put(me, address, value, bytes);
        return;
    }
    if (me->stores == BUFFER)
        stores_flush_one(me);
    me->store[me->stores++] = (struct store){ address, value, bytes };
}

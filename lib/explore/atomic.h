/** @file atomic.h  The second seam, explored: each atomic step is a point where
 * another thread may go first. In place of 01-context/atomic.h.
 */
#ifndef ATOMIC_H
#define ATOMIC_H

#include <stdint.h>
#include <string.h>

#include "explore.h"

#define ATOMIC(type) struct { type atomic_value; }

#define EXPLORE_AT(what, a) \
    explore_point(__FILE__, __LINE__, what, #a, &(a)->atomic_value)

// A value of any type as a word, and back.
#define EXPLORE_WORD(v) __extension__ ({                                      \
    __typeof__(v) explore_v = (v);                                            \
    uint64_t explore_w = 0;                                                   \
    memcpy(&explore_w, &explore_v, sizeof(explore_v));                        \
    explore_w;                                                                \
})

#define EXPLORE_BY(load, a) __extension__ ({                                  \
    __typeof__(&(a)->atomic_value) explore_p = &(a)->atomic_value;            \
    uint64_t explore_w = load(explore_p, sizeof(*explore_p));                 \
    *(__typeof__(explore_p))&explore_w;                                       \
})
#define EXPLORE_LOAD(a) EXPLORE_BY(explore_load, a)

#define ATOMIC_LOAD(a, order) __extension__ ({                                \
    EXPLORE_AT("load", a);                                                    \
    EXPLORE_LOAD(a);                                                          \
})

#define ATOMIC_STORE(a, v, order) __extension__ ({                            \
    __typeof__((a)->atomic_value) explore_n = (v);                            \
    EXPLORE_AT("store", a);              \
    explore_store(&(a)->atomic_value, EXPLORE_WORD(explore_n),                \
                  sizeof(explore_n), order);                                  \
})

#define atomic_load(a)              ATOMIC_LOAD(a, __ATOMIC_SEQ_CST)
#define atomic_store(a, v)          ATOMIC_STORE(a, v, __ATOMIC_SEQ_CST)
#define atomic_load_acquire(a)      ATOMIC_LOAD(a, __ATOMIC_ACQUIRE)
#define atomic_store_release(a, v)  ATOMIC_STORE(a, v, __ATOMIC_RELEASE)
#define atomic_load_relaxed(a)      ATOMIC_LOAD(a, __ATOMIC_RELAXED)
#define atomic_store_relaxed(a, v)  ATOMIC_STORE(a, v, __ATOMIC_RELAXED)

#define atomic_tell(a, v)           (void)((a)->atomic_value = (v))
// Part of the step before it.
#define atomic_peek(a)              EXPLORE_BY(explore_peek, a)

// What reads and writes in one step goes past the buffer.
#define EXPLORE_PUT(a, v) \
    explore_store(&(a)->atomic_value, EXPLORE_WORD(v), \
                  sizeof((a)->atomic_value), __ATOMIC_SEQ_CST)

#define atomic_add(a, n) __extension__ ({                                     \
    __typeof__((a)->atomic_value) explore_sum;                                \
    EXPLORE_AT("add", a);                                                     \
    explore_fence(__ATOMIC_SEQ_CST);                                          \
    explore_sum = EXPLORE_LOAD(a) + (n);                                      \
    EXPLORE_PUT(a, explore_sum);                                              \
    explore_sum;                                                              \
})

#define atomic_swap(a, v) __extension__ ({                                    \
    __typeof__((a)->atomic_value) explore_new = (v);                          \
    __typeof__((a)->atomic_value) explore_old;                                \
    EXPLORE_AT("swap", a);                                                    \
    explore_fence(__ATOMIC_SEQ_CST);                                          \
    explore_old = EXPLORE_LOAD(a);                                            \
    EXPLORE_PUT(a, explore_new);                                              \
    explore_old;                                                              \
})

#define atomic_cas(a, expected, v) __extension__ ({                           \
    __typeof__((a)->atomic_value) explore_new = (v);                          \
    __typeof__((a)->atomic_value) *explore_e = (expected);                    \
    __typeof__((a)->atomic_value) explore_old;                                \
    EXPLORE_AT("cas", a);                                                     \
    explore_fence(__ATOMIC_SEQ_CST);                                          \
    explore_old = EXPLORE_LOAD(a);                                            \
    bool explore_same = explore_old == *explore_e;                            \
    if (explore_same)                                                         \
        EXPLORE_PUT(a, explore_new);                                          \
    else                                                                      \
        explore_outcome("fails");                                             \
    *explore_e = explore_old;                                                 \
    explore_same;                                                             \
})

// Loads are played in their order.
#define atomic_fence_acquire()      ((void)0)

#define atomic_fence() \
    (explore_point(__FILE__, __LINE__, "fence", NULL, NULL), \
     explore_fence(__ATOMIC_SEQ_CST))

#define atomic_fence_compiler()     ((void)0)

#endif

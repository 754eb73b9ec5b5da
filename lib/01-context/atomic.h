/** @file atomic.h  The second seam: every atomic step on shared state.
 *
 * An object that several threads touch is declared ATOMIC(type). That is a
 * struct, so a plain access does not compile: each access names its order.
 *
 * At most one of these operations stands in a full expression, unless && and
 * || order them, or one makes the value that the other stores. C leaves the
 * order of two others open, gcc and clang choose differently, and a schedule that
 * was recorded with one could not be replayed with the other.
 *
 * Each operation that is not relaxed says in a comment which one it pairs
 * with. Mirrors Go's internal/runtime/atomic.
 */
#ifndef ATOMIC_H
#define ATOMIC_H

#define ATOMIC(type) struct { type atomic_value; }

// These are macros because only a macro can take any ATOMIC(type).
#define ATOMIC_LOAD(a, order)       __atomic_load_n(&(a)->atomic_value, order)
#define ATOMIC_STORE(a, v, order)   __atomic_store_n(&(a)->atomic_value, v, order)

// Sequentially consistent: in one order that all threads agree on.
#define atomic_load(a)              ATOMIC_LOAD(a, __ATOMIC_SEQ_CST)
#define atomic_store(a, v)          ATOMIC_STORE(a, v, __ATOMIC_SEQ_CST)

// Whoever loads (acquires) what was stored (released) sees all that the
// other did before.
#define atomic_load_acquire(a)      ATOMIC_LOAD(a, __ATOMIC_ACQUIRE)
#define atomic_store_release(a, v)  ATOMIC_STORE(a, v, __ATOMIC_RELEASE)

// Whole, but in no order with anything else.
#define atomic_load_relaxed(a)      ATOMIC_LOAD(a, __ATOMIC_RELAXED)
#define atomic_store_relaxed(a, v)  ATOMIC_STORE(a, v, __ATOMIC_RELAXED)

// The same for what nobody decides by, and only somebody may look at: a step
// that the schedule explorer need not try in every order.
#define atomic_tell(a, v)           ATOMIC_STORE(a, v, __ATOMIC_RELAXED)

// The same for a load: whoever goes by it looks again, or is right in any case.
#define atomic_peek(a)              ATOMIC_LOAD(a, __ATOMIC_RELAXED)

// Add n; the new value. (Go's Xadd.)
#define atomic_add(a, n) \
    __atomic_add_fetch(&(a)->atomic_value, n, __ATOMIC_SEQ_CST)

// Put v there; the old value. (Go's Xchg.)
#define atomic_swap(a, v) \
    __atomic_exchange_n(&(a)->atomic_value, v, __ATOMIC_SEQ_CST)

// If the object still holds *expected, put v there and return true;
// if not, copy what it holds to *expected and return false. (Go's Cas.)
#define atomic_cas(a, expected, v) \
    __atomic_compare_exchange_n(&(a)->atomic_value, expected, v, 0, \
                                __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)

// No load before it is reordered with anything after it.
#define atomic_fence_acquire()      __atomic_thread_fence(__ATOMIC_ACQUIRE)

// Nothing before it is reordered with anything after it.
#define atomic_fence()              __atomic_thread_fence(__ATOMIC_SEQ_CST)

// The compiler keeps that order; the processor need not. It does for one of two
// if the other makes it pass a fence (world.fence_all).
#define atomic_fence_compiler()     __atomic_signal_fence(__ATOMIC_SEQ_CST)

#endif

/** @file steps.h  Whole steps on a word of the program's.
 *
 * If there is one p only, goroutines run one after the other, and what they do
 * to a word need not be atomic: that saves 5 ns a step. The caller says whether
 * that is so (procs_alone); it cannot change before it comes to the scheduler.
 */
#ifndef STEPS_H
#define STEPS_H

#include <stdbool.h>
#include <stdint.h>

#include "atomic.h"

// The private fields of goroutine.h are plain, so that a program can make them
// zero; here they are words.
typedef ATOMIC(uint32_t) word_t;

// Add n; the new value.
static inline uint32_t
step_add(word_t *w, uint32_t n, bool alone)
{
    if (!alone)
        return atomic_add(w, n);
    n += atomic_load_relaxed(w);
    atomic_store_relaxed(w, n);
    return n;
}

// If it is from, let it be to. Whether it was.
static inline bool
step_cas(word_t *w, uint32_t from, uint32_t to, bool alone)
{
    if (!alone)
        return atomic_cas(w, &from, to);
    if (atomic_load_relaxed(w) != from)
        return false;
    atomic_store_relaxed(w, to);
    return true;
}

#endif

/** @file pool.h  What is behind a struct go_pool. pool.c has the protocol. */
#ifndef POOL_H
#define POOL_H

#include "deque.h"
#include "runtime.h"
#include "schedt.h"

enum {
    LOOKS = 64,                 // puts of a p between two looks at the clock
    LINE = 128,                 // what processors fetch together
};

static const int64_t PERIOD = 10000000000;      // ns between two trims

// What a p has of a pool. Nobody else's is near in memory.
struct local {
    char before[LINE];

    // Owner: the m that has the p.
    void *own;                  // a value, or NULL
    uint32_t puts;

    struct deque list[2];
    char after[LINE];
};

// The rest of a pool, made when it is first used.
struct pool {
    // Pairs with local_make.
    ATOMIC(struct local *) of[MAX_PROCS];   // by the number of the p
    ATOMIC(int) n;              // none is beyond this
    ATOMIC(uint32_t) clock;     // trims so far
    ATOMIC(bool) trimming;      // somebody is at it
    ATOMIC(int64_t) since;      // when the last one began
};

#endif

/** @file guard.h  What stands below a stack, so that an overflow is noticed. */
#ifndef GUARD_H
#define GUARD_H

#include <stddef.h>
#include <stdint.h>

enum { GUARD_BATCH = 32 };

// Put a guard of `bytes` at first, first + stride, ..., n of them, at
// most GUARD_BATCH. Returns how many got one, from the first on.
uint32_t guard_install(char *first, uint32_t n, size_t stride, size_t bytes);

#endif

/** @file text.h  The hash of a text, for maps whose keys are C strings.
 *
 * Inline, because a map of texts spends most of its time on this: a fifth less
 * for a load than by two calls through pointers.
 */
#ifndef TEXT_H
#define TEXT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "atomic.h"

// Not known beforehand, so that nobody can choose keys that make a long list. 0
// until text_seed_choose.
typedef ATOMIC(uint64_t) seed_t;
extern seed_t text_seed;

// The seed, from now on.
uint64_t text_seed_choose(void);

// Both halves of a product: all bits of a and b have a say in it.
static inline uint64_t
fold(uint64_t a, uint64_t b)
{
    const __uint128_t product = (__uint128_t)a * b;

    return (uint64_t)(product >> 64) ^ (uint64_t)product;
}

// The n <= 8 bytes at s; of each n, others for each text. (memcpy of n bytes
// would be a call.)
static inline uint64_t
few_bytes(const char *s, size_t n)
{
    uint32_t first, last;

    if (n >= 4) {
        memcpy(&first, s, 4);
        memcpy(&last, s + n - 4, 4);
        return (uint64_t)first << 32 | last;
    }
    if (n == 0)
        return 0;
    return (uint64_t)(uint8_t)s[0] << 16 | (uint64_t)(uint8_t)s[n / 2] << 8 |
           (uint8_t)s[n - 1];
}

// Eight bytes at a time, in the manner of wyhash.
static inline uint64_t
text_hash(const char *s)
{
    const uint64_t chosen = atomic_load_relaxed(&text_seed);
    size_t n = strlen(s);
    uint64_t h = n, w;

    h ^= __builtin_expect(chosen != 0, 1) ? chosen : text_seed_choose();
    for (; n > 8; n -= 8, s += 8) {
        memcpy(&w, s, 8);
        h = fold(h ^ w, 0x9e3779b97f4a7c15);
    }
    return fold(h ^ few_bytes(s, n), 0xe7037ed1a0b428db);
}

#endif

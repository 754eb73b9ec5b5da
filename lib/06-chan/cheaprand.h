/** @file cheaprand.h  Cheap random numbers, for choices that only have to be fair.
 *
 * Each m has a state of its own, so nobody waits. Mirrors cheaprand in Go's
 * runtime/rand.go (wyrand).
 */
#ifndef CHEAPRAND_H
#define CHEAPRAND_H

#include "runtime.h"

// A number below n, which is not 0.
static inline uint32_t
cheaprand_below(struct m *mp, uint32_t n)
{
    uint64_t seed;

    if (__builtin_expect(mp->random == 0, 0))
        mp->random = world.random(&seed, sizeof(seed)) == 0
                         ? seed : (uint64_t)world.now() ^ (uintptr_t)mp;
    mp->random += 0xa0761d6478bd642f;

    const __uint128_t product =
        (__uint128_t)mp->random * (mp->random ^ 0xe7037ed1a0b428db);
    const uint32_t x = (uint32_t)(product >> 64) ^ (uint32_t)product;

    return (uint32_t)((uint64_t)x * n >> 32);
}

#endif

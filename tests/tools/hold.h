/** @file hold.h  Every register of the machine, held while signals come. */
#ifndef HOLD_H
#define HOLD_H

#define HOLD_R        0         // general: rax rbx rcx rdx rsi rdi rbp r8-r15,
                                // or x0 to x30 (not x0, nor x18, the platform's)
#define HOLD_ZONE     256       // what lies below the stack pointer (x86-64)
#define HOLD_MASK     384       // k1 to k7 (x86-64)
#define HOLD_X87      448       // st7 to st0 (x86-64)
#define HOLD_CONTROL  512       // MXCSR and x87 control word, or FPCR
#define HOLD_FLAGS    528
#define HOLD_LEVEL    536       // of vectors: 0 SSE, 1 AVX, 2 AVX-512
#define HOLD_ROUNDS   544
#define HOLD_VECTOR   552       // 32 of 64 bytes

#ifndef __ASSEMBLER__

#include <stddef.h>
#include <stdint.h>

struct hold {
    uint64_t r[32];
    uint64_t zone[16];
    uint64_t mask[8];
    double x87[8];
    uint64_t control[2];
    uint64_t flags;
    uint64_t level;
    uint64_t rounds;
    unsigned char vector[32][64];
};

_Static_assert(offsetof(struct hold, zone) == HOLD_ZONE &&
               offsetof(struct hold, mask) == HOLD_MASK &&
               offsetof(struct hold, x87) == HOLD_X87 &&
               offsetof(struct hold, control) == HOLD_CONTROL &&
               offsetof(struct hold, flags) == HOLD_FLAGS &&
               offsetof(struct hold, level) == HOLD_LEVEL &&
               offsetof(struct hold, rounds) == HOLD_ROUNDS &&
               offsetof(struct hold, vector) == HOLD_VECTOR,
               "hold.S finds the fields by these numbers");

void hold(const struct hold *put, struct hold *found);

#endif
#endif

/** @file probe.h  A call of gobuf_switch that notices everything (x86-64).
 *
 * probe() puts known values into all that a call must preserve, switches, and
 * notes what is there when somebody switches back. It trusts nothing
 * meanwhile, not even its stack pointer: who it is, it learns from probe_to,
 * which the other side sets.
 */
#ifndef PROBE_H
#define PROBE_H

// Where things are in struct probe, for probe.S.
#define PROBE_PUT    64
#define PROBE_FOUND  144
#define PROBE_OWN    224
#define PROBE_VALUE  304

#ifndef __ASSEMBLER__

#include <stddef.h>
#include <stdint.h>

#include "gobuf.h"

enum { PROBE_WORDS = 10, PROBE_SP = 6, PROBE_CONTROL = 7, PROBE_FLAGS = 9 };

static const char *const probe_names[PROBE_WORDS] = {
    "rbx", "rbp", "r12", "r13", "r14", "r15", "rsp",
    "the control word of SSE, MXCSR,", "the control word of x87",
    "the direction flag",
};

struct probe {
    struct gobuf buf;
    uint64_t put[PROBE_WORDS];
    uint64_t found[PROBE_WORDS];
    uint64_t own[PROBE_WORDS];      // of probe's own caller
    void *value;                    // what gobuf_switch returned
};

_Static_assert(offsetof(struct probe, put) == PROBE_PUT &&
               offsetof(struct probe, found) == PROBE_FOUND &&
               offsetof(struct probe, own) == PROBE_OWN &&
               offsetof(struct probe, value) == PROBE_VALUE,
               "probe.S finds the words by these numbers");

extern struct probe *probe_to;

// Switch from me to other, and hand over value. Returns when other switches
// back, with me->found and me->value filled in. Sets me->put[PROBE_SP].
void probe(struct probe *me, struct probe *other, void *value);

// Fill in the words that are not plain registers, as bits asks for: a
// rounding mode for each unit, and nothing that traps.
static inline void
probe_controls(uint64_t put[PROBE_WORDS], uint64_t bits)
{
    put[PROBE_CONTROL] = 0x1f80 | (bits & 3) << 13;
    put[PROBE_CONTROL + 1] = 0x37f ^ (bits >> 2 & 3) << 10;
    put[PROBE_FLAGS] = 0;
}

#endif
#endif

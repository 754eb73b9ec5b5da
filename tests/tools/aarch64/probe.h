/** @file probe.h  A call of gobuf_switch that notices everything (aarch64).
 *
 * probe() puts known values into all that a call must preserve, switches, and
 * notes what is there when somebody switches back. It trusts nothing
 * meanwhile, not even its stack pointer: who it is, it learns from probe_to,
 * which the other side sets.
 */
#ifndef PROBE_H
#define PROBE_H

// Where things are in struct probe, for probe.S.
#define PROBE_PUT    176
#define PROBE_FOUND  344
#define PROBE_OWN    512
#define PROBE_X30    680
#define PROBE_VALUE  688

#ifndef __ASSEMBLER__

#include <stddef.h>
#include <stdint.h>

#include "gobuf.h"

enum { PROBE_WORDS = 21, PROBE_SP = 19, PROBE_CONTROL = 20 };

static const char *const probe_names[PROBE_WORDS] = {
    "x19", "x20", "x21", "x22", "x23", "x24", "x25", "x26", "x27", "x28",
    "x29", "d8", "d9", "d10", "d11", "d12", "d13", "d14", "d15", "sp",
    "the floating-point control register, FPCR,",
};

struct probe {
    struct gobuf buf;
    uint64_t put[PROBE_WORDS];
    uint64_t found[PROBE_WORDS];
    uint64_t own[PROBE_WORDS];      // of probe's own caller
    uint64_t x30;                   // where that goes on
    void *value;                    // what gobuf_switch returned
};

_Static_assert(offsetof(struct probe, put) == PROBE_PUT &&
               offsetof(struct probe, found) == PROBE_FOUND &&
               offsetof(struct probe, own) == PROBE_OWN &&
               offsetof(struct probe, x30) == PROBE_X30 &&
               offsetof(struct probe, value) == PROBE_VALUE,
               "probe.S finds the words by these numbers");

extern struct probe *probe_to;

// Switch from me to other, and hand over value. Returns when other switches
// back, with me->found and me->value filled in. Sets me->put[PROBE_SP].
void probe(struct probe *me, struct probe *other, void *value);

// Fill in the words that are not plain registers, as bits asks for: a
// rounding mode, and nothing that traps.
static inline void
probe_controls(uint64_t put[PROBE_WORDS], uint64_t bits)
{
    put[PROBE_CONTROL] = (bits & 3) << 22;
}

#endif
#endif

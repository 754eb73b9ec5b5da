// The barest switches: what one could not leave out.
//
// void bare_switch(struct gobuf *from, struct gobuf *to);
//     The general registers and the stack pointer. Not enough for the ABI,
//     which has d8 to d15 and FPCR kept as well.
// void bare_switch_abi(struct gobuf *from, struct gobuf *to);
//     With those. Nothing is left to be left out.

#include "gobuf.h"

        .macro  save
        stp     x19, x20, [x0, #GOBUF_X19]
        stp     x21, x22, [x0, #GOBUF_X19 + 16]
        stp     x23, x24, [x0, #GOBUF_X19 + 32]
        stp     x25, x26, [x0, #GOBUF_X19 + 48]
        stp     x27, x28, [x0, #GOBUF_X19 + 64]
        .endm

        .macro  change
        mov     x9, sp
        stp     x9, x30, [x0, #GOBUF_SP]
        ldp     x9, x30, [x1, #GOBUF_SP]
        mov     sp, x9
        .endm

        .macro  load
        ldp     x19, x20, [x1, #GOBUF_X19]
        ldp     x21, x22, [x1, #GOBUF_X19 + 16]
        ldp     x23, x24, [x1, #GOBUF_X19 + 32]
        ldp     x25, x26, [x1, #GOBUF_X19 + 48]
        ldp     x27, x28, [x1, #GOBUF_X19 + 64]
        .endm

        .text
        .globl  bare_switch
        .p2align 6
bare_switch:
        save
        str     x29, [x0, #GOBUF_X29]
        change
        load
        ldr     x29, [x1, #GOBUF_X29]
        ret

        .globl  bare_switch_abi
        .p2align 6
bare_switch_abi:
        save
        mrs     x10, fpcr
        stp     x29, x10, [x0, #GOBUF_X29]
        stp     d8,  d9,  [x0, #GOBUF_D8]
        stp     d10, d11, [x0, #GOBUF_D8 + 16]
        stp     d12, d13, [x0, #GOBUF_D8 + 32]
        stp     d14, d15, [x0, #GOBUF_D8 + 48]
        change
        load
        ldp     x29, x10, [x1, #GOBUF_X29]
        ldp     d8,  d9,  [x1, #GOBUF_D8]
        ldp     d10, d11, [x1, #GOBUF_D8 + 16]
        ldp     d12, d13, [x1, #GOBUF_D8 + 32]
        ldp     d14, d15, [x1, #GOBUF_D8 + 48]
        msr     fpcr, x10
        ret

        .section .note.GNU-stack, "", %progbits

// void *gobuf_switch(struct gobuf *from, struct gobuf *to, void *value);
//
//   from in x0, to in x1, value in x2; the result goes in x0.
//
//   the save area of each:
//   | sp | pc | x19 ... x28 | x29 | fpcr | d8 ... d15 |
//   0    8    16            96    104    112          176
//
// Which registers: Procedure Call Standard for the Arm 64-bit Architecture,
// 6.1.1 and 6.1.2: x19 to x29, the low halves of v8 to v15, and FPCR.
// The return address is in x30, not on the stack.

#include "gobuf.h"

// For those who look at our frames in the middle of a switch, debuggers and
// profilers: whose they are (CFI). The switch works without; a body of yours
// need not have the line cfi_elsewhere.
//
// cfi_elsewhere: from here on `to` is who called us, with the stack pointer
// that is in x9 now, and the registers of that call are in the save area of
// `to`. In numbers: DW_CFA_expression, register (64 + n is d<n>), 3 bytes,
// DW_OP_breg1 (x1), slot, as a number of two times 7 bits.
        .macro  cfi_slot register, slot
        .cfi_escape 0x10, \register, 3, 0x71, (\slot) & 127 | 128, (\slot) >> 7
        .endm

        .macro  cfi_elsewhere
        .cfi_def_cfa x9, 0
        .irp    n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9
        cfi_slot 19+\n, GOBUF_X19+8*\n
        .endr
        cfi_slot 29, GOBUF_X29
        .irp    n, 0, 1, 2, 3, 4, 5, 6, 7
        cfi_slot 72+\n, GOBUF_D8+8*\n
        .endr
        .endm

        .text
        .globl  gobuf_switch
        .hidden gobuf_switch
        .type   gobuf_switch, %function
        .p2align 6
gobuf_switch:
        .cfi_startproc
        hint    #34                     // bti c: a landing pad
        // [lab gobuf-switch]
        // Save what we owe.
        mrs     x10, fpcr
        stp     x19, x20, [x0, #GOBUF_X19]
        stp     x21, x22, [x0, #GOBUF_X19 + 16]
        stp     x23, x24, [x0, #GOBUF_X19 + 32]
        stp     x25, x26, [x0, #GOBUF_X19 + 48]
        stp     x27, x28, [x0, #GOBUF_X19 + 64]
        stp     x29, x10, [x0, #GOBUF_X29]      // and fpcr
        stp     d8,  d9,  [x0, #GOBUF_D8]
        stp     d10, d11, [x0, #GOBUF_D8 + 16]
        stp     d12, d13, [x0, #GOBUF_D8 + 32]
        stp     d14, d15, [x0, #GOBUF_D8 + 48]
        // Remember where we stand.
        mov     x9, sp
        stp     x9, x30, [x0, #GOBUF_SP]        // and pc
        // Stand elsewhere.
        ldp     x9, x30, [x1, #GOBUF_SP]
        cfi_elsewhere
        mov     sp, x9
        // Take back what is owed to us.
        ldp     x19, x20, [x1, #GOBUF_X19]
        ldp     x21, x22, [x1, #GOBUF_X19 + 16]
        ldp     x23, x24, [x1, #GOBUF_X19 + 32]
        ldp     x25, x26, [x1, #GOBUF_X19 + 48]
        ldp     x27, x28, [x1, #GOBUF_X19 + 64]
        ldp     x29, x10, [x1, #GOBUF_X29]
        ldp     d8,  d9,  [x1, #GOBUF_D8]
        ldp     d10, d11, [x1, #GOBUF_D8 + 16]
        ldp     d12, d13, [x1, #GOBUF_D8 + 32]
        ldp     d14, d15, [x1, #GOBUF_D8 + 48]
        msr     fpcr, x10
        mov     x0, x2
        ret
        // [lab gobuf-switch]
        .cfi_endproc
        .size   gobuf_switch, . - gobuf_switch

// The first frame of every new stack. gobuf_switch arrives here by its ret.
// An undefined return address is how CFI says: nobody called us. The
// debugger's backtrace ends here, and so does a C++ exception.
        .globl  gobuf_entry
        .hidden gobuf_entry
        .type   gobuf_entry, %function
        .p2align 4
        // [gobuf-entry]
gobuf_entry:
        .cfi_startproc
        .cfi_undefined x30
        .cfi_personality 0x1b, g_personality    // asked when an exception passes
        hint    #34
        bl      g_main
        brk     #1                      // g_main does not return
        .cfi_endproc
        // [gobuf-entry]
        .size   gobuf_entry, . - gobuf_entry

        .section .note.GNU-stack, "", %progbits

// Says that every indirect jump lands on a landing pad here (BTI).
        .section .note.gnu.property, "a"
        .p2align 3
        .long   4                       // length of the name
        .long   16                      // length of the description
        .long   5                       // NT_GNU_PROPERTY_TYPE_0
        .asciz  "GNU"
        .long   0xc0000000              // GNU_PROPERTY_AARCH64_FEATURE_1_AND
        .long   4
        .long   1                       // BTI
        .long   0

// void *gobuf_pass(struct gobuf *from, struct gobuf *to, void *value,
//                  struct m *mp);
//
//   from in x0, to in x1, value in x2, mp in x3; the result goes in x0.
//
// gobuf_switch in two halves, with a call between them. The first half saves
// x19 and x20 of `from`, so they carry `to` and value over the call.

#include "gobuf.h"

// For those who look at our frames in the middle of a switch: whose they are.
// From here on `to` is who called us, with the stack pointer that is in sp
// now, and the registers of that call are in its save area, which x19 points
// at. In numbers: DW_CFA_expression, register (64 + n is d<n>), 3 bytes,
// DW_OP_breg19 (x19), slot, as a number of two times 7 bits.
        .macro  cfi_slot register, slot
        .cfi_escape 0x10, \register, 3, 0x83, (\slot) & 127 | 128, (\slot) >> 7
        .endm

        .macro  cfi_elsewhere
        .irp    n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9
        cfi_slot 19+\n, GOBUF_X19+8*\n
        .endr
        cfi_slot 29, GOBUF_X29
        cfi_slot 30, GOBUF_PC
        .irp    n, 0, 1, 2, 3, 4, 5, 6, 7
        cfi_slot 72+\n, GOBUF_D8+8*\n
        .endr
        .endm

        .text
        .globl  gobuf_pass
        .hidden gobuf_pass
        .type   gobuf_pass, %function
        .p2align 6
gobuf_pass:
        .cfi_startproc
        hint    #34                     // bti c: a landing pad
        // Save what we owe, and remember where we stand.
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
        mov     x9, sp
        stp     x9, x30, [x0, #GOBUF_SP]        // and pc
        mov     x19, x1
        .cfi_escape 0x10, 19, 2, 0x70, GOBUF_X19        // x19 is where x0 points
        // Stand elsewhere. From here on `from` is others'.
        ldr     x9, [x19, #GOBUF_SP]
        mov     sp, x9
        cfi_elsewhere
        mov     x20, x2
        ldr     x10, [x19, #GOBUF_FPCR]
        msr     fpcr, x10
        mov     x0, x3
        bl      proc_passed
        // Take back what is owed to us.
        mov     x0, x20
        ldr     x30, [x19, #GOBUF_PC]
        ldr     x29, [x19, #GOBUF_X29]
        ldp     x21, x22, [x19, #GOBUF_X19 + 16]
        ldp     x23, x24, [x19, #GOBUF_X19 + 32]
        ldp     x25, x26, [x19, #GOBUF_X19 + 48]
        ldp     x27, x28, [x19, #GOBUF_X19 + 64]
        ldp     d8,  d9,  [x19, #GOBUF_D8]
        ldp     d10, d11, [x19, #GOBUF_D8 + 16]
        ldp     d12, d13, [x19, #GOBUF_D8 + 32]
        ldp     d14, d15, [x19, #GOBUF_D8 + 48]
        ldp     x19, x20, [x19, #GOBUF_X19]
        .irp    n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9
        .cfi_same_value 19+\n
        .endr
        .cfi_same_value 29
        .cfi_same_value 30
        .irp    n, 0, 1, 2, 3, 4, 5, 6, 7
        .cfi_same_value 72+\n
        .endr
        ret
        .cfi_endproc
        .size   gobuf_pass, . - gobuf_pass

// void gobuf_go(struct gobuf *to, void *value);
//
//   to in x0, value in x1.
        .globl  gobuf_go
        .hidden gobuf_go
        .type   gobuf_go, %function
        .p2align 6
gobuf_go:
        .cfi_startproc
        .cfi_undefined x30              // nobody is returned to
        hint    #34
        ldp     x9, x30, [x0, #GOBUF_SP]
        mov     sp, x9
        ldp     x19, x20, [x0, #GOBUF_X19]
        ldp     x21, x22, [x0, #GOBUF_X19 + 16]
        ldp     x23, x24, [x0, #GOBUF_X19 + 32]
        ldp     x25, x26, [x0, #GOBUF_X19 + 48]
        ldp     x27, x28, [x0, #GOBUF_X19 + 64]
        ldp     x29, x10, [x0, #GOBUF_X29]
        ldp     d8,  d9,  [x0, #GOBUF_D8]
        ldp     d10, d11, [x0, #GOBUF_D8 + 16]
        ldp     d12, d13, [x0, #GOBUF_D8 + 32]
        ldp     d14, d15, [x0, #GOBUF_D8 + 48]
        msr     fpcr, x10
        mov     x0, x1
        ret
        .cfi_endproc
        .size   gobuf_go, . - gobuf_go

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

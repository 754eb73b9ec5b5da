// void hold(const struct hold *put, struct hold *found);
//
//   Put values into every register and the flags; do nothing for put->rounds;
//   and store what is there then. See tests/tools/hold.h. (x0 counts.)

#include "hold.h"

        .text
        .globl  hold
        .type   hold, %function
hold:
        .cfi_startproc
        stp     x29, x30, [sp, #-208]!
        .cfi_def_cfa_offset 208
        .cfi_offset 29, -208
        .cfi_offset 30, -200
        stp     x19, x20, [sp, #16]
        stp     x21, x22, [sp, #32]
        stp     x23, x24, [sp, #48]
        stp     x25, x26, [sp, #64]
        stp     x27, x28, [sp, #80]
        stp     d8,  d9,  [sp, #96]
        stp     d10, d11, [sp, #112]
        stp     d12, d13, [sp, #128]
        stp     d14, d15, [sp, #144]
        mrs     x2, fpcr
        stp     x1, x2, [sp, #160]
        ldr     x2, [x0, #HOLD_CONTROL]
        msr     fpcr, x2
        add     x2, x0, #HOLD_VECTOR
        .irp    n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
        ldr     q\n, [x2, #64*\n]
        .endr
        .irp    n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30
        ldr     x\n, [x0, #HOLD_R + 8*\n]
        .endr
        ldr     x0, [x0, #HOLD_ROUNDS]
        // Zero and carry: of a number compared with itself.
        cmp     x0, x0
4:      sub     x0, x0, #1
        cbnz    x0, 4b

        ldr     x0, [sp, #160]
        .irp    n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30
        str     x\n, [x0, #HOLD_R + 8*\n]
        .endr
        mrs     x2, nzcv
        lsr     x2, x2, #28
        str     x2, [x0, #HOLD_FLAGS]
        mrs     x2, fpcr
        str     x2, [x0, #HOLD_CONTROL]
        add     x2, x0, #HOLD_VECTOR
        .irp    n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
        str     q\n, [x2, #64*\n]
        .endr
        ldr     x2, [sp, #168]
        msr     fpcr, x2
        ldp     d8,  d9,  [sp, #96]
        ldp     d10, d11, [sp, #112]
        ldp     d12, d13, [sp, #128]
        ldp     d14, d15, [sp, #144]
        ldp     x19, x20, [sp, #16]
        ldp     x21, x22, [sp, #32]
        ldp     x23, x24, [sp, #48]
        ldp     x25, x26, [sp, #64]
        ldp     x27, x28, [sp, #80]
        ldp     x29, x30, [sp], #208
        .cfi_def_cfa_offset 0
        ret
        .cfi_endproc
        .size   hold, . - hold

        .section .note.GNU-stack, "", %progbits

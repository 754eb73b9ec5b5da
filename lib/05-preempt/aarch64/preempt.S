// void preempt_async(void);
//
//   Where a goroutine goes on that was made to stop: interrupted_call has put
//   all its registers aside, as the kernel saved them, at x19.
//   Others run; then the kernel is asked to return from that signal.

#include "interrupted.h"

// For those who walk this stack: the caller is the interrupted function, at
// the very instruction where the signal came (signal_frame), and its registers
// are above x19. Where it was is column 96 of the unwinders, for x30 is its
// own. In numbers: DW_CFA_expression, register, length, DW_OP_breg19, slot as
// a number of two times 7 bits.
        .macro  cfi_slot register, slot
        .cfi_escape 0x10, \register, 3, 0x83, (\slot) & 127 | 128, (\slot) >> 7
        .endm

        .text
        .globl  preempt_async
        .hidden preempt_async
        .type   preempt_async, %function
        .p2align 4
preempt_async:
        .cfi_startproc
        .cfi_signal_frame
        .cfi_return_column 96
        // Its stack pointer is what sp was: DW_CFA_def_cfa_expression,
        // length, DW_OP_breg19, slot, DW_OP_deref.
        .cfi_escape 0x0f, 4, 0x83, INTERRUPTED_SP & 127 | 128, INTERRUPTED_SP >> 7, 0x06
        .irp    n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30
        cfi_slot \n, INTERRUPTED_X0+8*\n
        .endr
        cfi_slot 96, INTERRUPTED_PC
        hint    #38                     // bti jc: a landing pad
        mov     x0, x19
        bl      preempt_yield
        sub     sp, x19, #INTERRUPTED_SIGINFO
        mov     x8, #139                // rt_sigreturn
        svc     #0
        brk     #0
        .cfi_endproc
        .size   preempt_async, . - preempt_async

        .section .note.GNU-stack, "", %progbits

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

// void preempt_async(void);
//
//   Where a goroutine goes on that was made to stop: interrupted_call has put
//   all its registers aside, as the kernel saved them, at rbx and at rsp.
//   Others run; then the kernel is asked to return from that signal.

#include "interrupted.h"

// For those who walk this stack: the caller is the interrupted function, at
// the very instruction where the signal came (signal_frame), and its registers
// are below rbx. In numbers: DW_CFA_expression, register, length, DW_OP_breg3
// (rbx), slot as a number of two times 7 bits.
        .macro  cfi_slot register, slot
        .cfi_escape 0x10, \register, 3, 0x73, (\slot) & 127 | 128, (\slot) >> 7
        .endm

        .text
        .globl  preempt_async
        .hidden preempt_async
        .type   preempt_async, @function
        .p2align 4
preempt_async:
        .cfi_startproc
        .cfi_signal_frame
        // Its stack pointer is what rsp was: DW_CFA_def_cfa_expression,
        // length, DW_OP_breg3, slot, DW_OP_deref.
        .cfi_escape 0x0f, 4, 0x73, INTERRUPTED_RSP & 127 | 128, INTERRUPTED_RSP >> 7, 0x06
        cfi_slot 0, INTERRUPTED_RAX
        cfi_slot 1, INTERRUPTED_RDX
        cfi_slot 2, INTERRUPTED_RCX
        cfi_slot 3, INTERRUPTED_RBX
        cfi_slot 4, INTERRUPTED_RSI
        cfi_slot 5, INTERRUPTED_RDI
        cfi_slot 6, INTERRUPTED_RBP
        .irp    n, 0, 1, 2, 3, 4, 5, 6, 7
        cfi_slot 8+\n, INTERRUPTED_R8+8*\n
        .endr
        cfi_slot 16, INTERRUPTED_RIP
        endbr64
        fninit                          // the x87 stack may be in use
        movq    %rbx, %rdi
        call    preempt_yield
        movq    %rbx, %rsp
        movl    $15, %eax               // rt_sigreturn
        syscall
        ud2
        .cfi_endproc
        .size   preempt_async, . - preempt_async

        .section .note.GNU-stack, "", @progbits

// Says that indirect jumps land on endbr64 here (IBT).
        .section .note.gnu.property, "a"
        .p2align 3
        .long   4                       // length of the name
        .long   16                      // length of the description
        .long   5                       // NT_GNU_PROPERTY_TYPE_0
        .asciz  "GNU"
        .long   0xc0000002              // GNU_PROPERTY_X86_FEATURE_1_AND
        .long   4
        .long   1                       // IBT
        .long   0

// The barest switches: what one could not leave out.
//
// void bare_switch(struct gobuf *from, struct gobuf *to);
//     The six registers and the stack pointer. Not enough for the ABI, which
//     has the control words of floating point kept as well.
// void bare_switch_abi(struct gobuf *from, struct gobuf *to);
//     With the control words. Nothing is left to be left out.

#include "gobuf.h"

        .macro  save
        movq    %rbx, GOBUF_RBX(%rdi)
        movq    %rbp, GOBUF_RBP(%rdi)
        movq    %r12, GOBUF_R12(%rdi)
        movq    %r13, GOBUF_R13(%rdi)
        movq    %r14, GOBUF_R14(%rdi)
        movq    %r15, GOBUF_R15(%rdi)
        .endm

        .macro  change
        movq    %rsp, GOBUF_SP(%rdi)
        movq    GOBUF_SP(%rsi), %rsp
        .endm

        .macro  load
        movq    GOBUF_RBX(%rsi), %rbx
        movq    GOBUF_RBP(%rsi), %rbp
        movq    GOBUF_R12(%rsi), %r12
        movq    GOBUF_R13(%rsi), %r13
        movq    GOBUF_R14(%rsi), %r14
        movq    GOBUF_R15(%rsi), %r15
        popq    %rcx
        jmp     *%rcx
        .endm

        .text
        .globl  bare_switch
        .p2align 6
bare_switch:
        save
        change
        load

        .globl  bare_switch_abi
        .p2align 6
bare_switch_abi:
        save
        stmxcsr GOBUF_MXCSR(%rdi)
        fnstcw  GOBUF_FPCW(%rdi)
        change
        ldmxcsr GOBUF_MXCSR(%rsi)
        fldcw   GOBUF_FPCW(%rsi)
        load

        .section .note.GNU-stack, "", @progbits

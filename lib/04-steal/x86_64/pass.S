// void *gobuf_pass(struct gobuf *from, struct gobuf *to, void *value,
//                  struct m *mp);
//
//   from in rdi, to in rsi, value in rdx, mp in rcx; the result goes in rax.
//
// gobuf_switch in two halves, with a call between them. The first half saves
// rbx and r12 of `from`, so they carry `to` and value over the call.

#include "gobuf.h"

// For those who look at our frames in the middle of a switch: whose they are.
// From here on `to` is who called us, and the registers of that call are in
// its save area, which rbx points at. In numbers: DW_CFA_expression, register,
// 2 bytes, DW_OP_breg3 (rbx), slot.
        .macro  cfi_elsewhere
        .cfi_escape 0x10, 3, 2, 0x73, GOBUF_RBX
        .cfi_escape 0x10, 6, 2, 0x73, GOBUF_RBP
        .cfi_escape 0x10, 12, 2, 0x73, GOBUF_R12
        .cfi_escape 0x10, 13, 2, 0x73, GOBUF_R13
        .cfi_escape 0x10, 14, 2, 0x73, GOBUF_R14
        .cfi_escape 0x10, 15, 2, 0x73, GOBUF_R15
        .endm

        .text
        .globl  gobuf_pass
        .hidden gobuf_pass
        .type   gobuf_pass, @function
        .p2align 6
gobuf_pass:
        .cfi_startproc
        endbr64
        // Save what we owe, and remember where we stand.
        movq    %rbx, GOBUF_RBX(%rdi)
        movq    %rbp, GOBUF_RBP(%rdi)
        movq    %r12, GOBUF_R12(%rdi)
        movq    %r13, GOBUF_R13(%rdi)
        movq    %r14, GOBUF_R14(%rdi)
        movq    %r15, GOBUF_R15(%rdi)
        stmxcsr GOBUF_MXCSR(%rdi)
        fnstcw  GOBUF_FPCW(%rdi)
        movq    %rsp, GOBUF_SP(%rdi)
        movq    %rsi, %rbx
        .cfi_escape 0x10, 3, 2, 0x75, GOBUF_RBX // rbx is where rdi points
        // Stand elsewhere.
        movq    GOBUF_SP(%rbx), %rsp
        cfi_elsewhere
        movq    %rdx, %r12
        ldmxcsr GOBUF_MXCSR(%rbx)
        movzwl  GOBUF_FPCW(%rbx), %eax
        cmpw    GOBUF_FPCW(%rdi), %ax
        jne     2f
1:      // From here on `from` is others'.
        movq    %rcx, %rdi
        subq    $8, %rsp
        .cfi_adjust_cfa_offset 8
        call    proc_passed
        addq    $8, %rsp
        .cfi_adjust_cfa_offset -8
        // Take back what is owed to us.
        movq    %r12, %rax
        movq    GOBUF_RBP(%rbx), %rbp
        movq    GOBUF_R12(%rbx), %r12
        movq    GOBUF_R13(%rbx), %r13
        movq    GOBUF_R14(%rbx), %r14
        movq    GOBUF_R15(%rbx), %r15
        movq    GOBUF_RBX(%rbx), %rbx
        .cfi_same_value rbx
        .cfi_same_value rbp
        .cfi_same_value r12
        .cfi_same_value r13
        .cfi_same_value r14
        .cfi_same_value r15
        popq    %rcx                    // not ret: see gobuf.S
        .cfi_def_cfa_offset 0
        .cfi_register rip, rcx
        notrack jmp *%rcx
        .cfi_def_cfa_offset 8
        .cfi_restore rip
        cfi_elsewhere
2:      fldcw   GOBUF_FPCW(%rbx)
        jmp     1b
        .cfi_endproc
        .size   gobuf_pass, . - gobuf_pass

// void gobuf_go(struct gobuf *to, void *value);
//
//   to in rdi, value in rsi.
        .globl  gobuf_go
        .hidden gobuf_go
        .type   gobuf_go, @function
        .p2align 6
gobuf_go:
        .cfi_startproc
        .cfi_undefined rip              // nobody is returned to
        endbr64
        fnstcw  -8(%rsp)
        movzwl  GOBUF_FPCW(%rdi), %eax
        cmpw    -8(%rsp), %ax
        jne     2f
1:      movq    GOBUF_SP(%rdi), %rsp
        ldmxcsr GOBUF_MXCSR(%rdi)
        movq    GOBUF_RBX(%rdi), %rbx
        movq    GOBUF_RBP(%rdi), %rbp
        movq    GOBUF_R12(%rdi), %r12
        movq    GOBUF_R13(%rdi), %r13
        movq    GOBUF_R14(%rdi), %r14
        movq    GOBUF_R15(%rdi), %r15
        movq    %rsi, %rax
        popq    %rcx
        notrack jmp *%rcx
2:      fldcw   GOBUF_FPCW(%rdi)
        jmp     1b
        .cfi_endproc
        .size   gobuf_go, . - gobuf_go

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

// void hold(const struct hold *put, struct hold *found);
//
//   Put values into every register, the flags and the red zone; do nothing for
//   put->rounds; and store what is there then. See tests/tools/hold.h.

#include "hold.h"

#define FOUND  0                // of our frame
#define ROUNDS 8
#define RAX    16
#define LEVEL  24
#define CW     32
#define MXCSR  40
#define FRAME  56

        .text
        .globl  hold
        .type   hold, @function
hold:
        .cfi_startproc
        endbr64
        .irp    r, rbx, rbp, r12, r13, r14, r15
        pushq   %\r
        .cfi_adjust_cfa_offset 8
        .cfi_rel_offset \r, 0
        .endr
        subq    $FRAME, %rsp
        .cfi_adjust_cfa_offset FRAME
        movq    %rsi, FOUND(%rsp)
        movq    HOLD_ROUNDS(%rdi), %rax
        movq    %rax, ROUNDS(%rsp)
        movq    HOLD_LEVEL(%rdi), %rax
        movq    %rax, LEVEL(%rsp)
        stmxcsr MXCSR(%rsp)
        fnstcw  CW(%rsp)
        ldmxcsr HOLD_CONTROL(%rdi)
        fldcw   HOLD_CONTROL+8(%rdi)
        .irp    n, 0, 1, 2, 3, 4, 5, 6, 7
        fldl    HOLD_X87+8*\n(%rdi)
        .endr

        cmpl    $1, %eax
        jb      1f
        je      2f
        .irp    n, 1, 2, 3, 4, 5, 6, 7
        kmovq   HOLD_MASK+8*\n(%rdi), %k\n
        .endr
        .irp    n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
        vmovdqu64 HOLD_VECTOR+64*\n(%rdi), %zmm\n
        .endr
        jmp     3f
2:      .irp    n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
        vmovdqu HOLD_VECTOR+64*\n(%rdi), %ymm\n
        .endr
        jmp     3f
1:      .irp    n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
        movdqu  HOLD_VECTOR+64*\n(%rdi), %xmm\n
        .endr
3:
        .irp    n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
        movq    HOLD_ZONE+8*(\n-1)(%rdi), %rax
        movq    %rax, -8*\n(%rsp)
        .endr
        movq    HOLD_R+0(%rdi), %rax
        movq    HOLD_R+8(%rdi), %rbx
        movq    HOLD_R+16(%rdi), %rcx
        movq    HOLD_R+24(%rdi), %rdx
        movq    HOLD_R+32(%rdi), %rsi
        movq    HOLD_R+48(%rdi), %rbp
        .irp    n, 8, 9, 10, 11, 12, 13, 14, 15
        movq    HOLD_R+8*(\n-1)(%rdi), %r\n
        .endr
        movq    HOLD_R+40(%rdi), %rdi
        stc
        std
        // (dec leaves the carry alone.)
4:      decq    ROUNDS(%rsp)
        jnz     4b

        movq    %rax, RAX(%rsp)
        movq    FOUND(%rsp), %rax
        movq    %rbx, HOLD_R+8(%rax)
        movq    %rcx, HOLD_R+16(%rax)
        movq    %rdx, HOLD_R+24(%rax)
        movq    %rsi, HOLD_R+32(%rax)
        movq    %rdi, HOLD_R+40(%rax)
        movq    %rbp, HOLD_R+48(%rax)
        .irp    n, 8, 9, 10, 11, 12, 13, 14, 15
        movq    %r\n, HOLD_R+8*(\n-1)(%rax)
        .endr
        movq    RAX(%rsp), %rbx
        movq    %rbx, HOLD_R+0(%rax)
        .irp    n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
        movq    -8*\n(%rsp), %rbx
        movq    %rbx, HOLD_ZONE+8*(\n-1)(%rax)
        .endr
        pushfq
        popq    %rbx
        cld
        andl    $0x401, %ebx            // direction, carry
        movq    %rbx, HOLD_FLAGS(%rax)
        stmxcsr HOLD_CONTROL(%rax)
        fnstcw  HOLD_CONTROL+8(%rax)
        .irp    n, 7, 6, 5, 4, 3, 2, 1, 0
        fstpl   HOLD_X87+8*\n(%rax)
        .endr
        ldmxcsr MXCSR(%rsp)
        fldcw   CW(%rsp)

        cmpl    $1, LEVEL(%rsp)
        jb      1f
        je      2f
        .irp    n, 1, 2, 3, 4, 5, 6, 7
        kmovq   %k\n, HOLD_MASK+8*\n(%rax)
        .endr
        .irp    n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
        vmovdqu64 %zmm\n, HOLD_VECTOR+64*\n(%rax)
        .endr
        vzeroupper
        jmp     3f
2:      .irp    n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
        vmovdqu %ymm\n, HOLD_VECTOR+64*\n(%rax)
        .endr
        vzeroupper
        jmp     3f
1:      .irp    n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
        movdqu  %xmm\n, HOLD_VECTOR+64*\n(%rax)
        .endr
3:
        addq    $FRAME, %rsp
        .cfi_adjust_cfa_offset -FRAME
        .irp    r, r15, r14, r13, r12, rbp, rbx
        popq    %\r
        .cfi_adjust_cfa_offset -8
        .cfi_restore \r
        .endr
        ret
        .cfi_endproc
        .size   hold, . - hold

        .section .note.GNU-stack, "", @progbits

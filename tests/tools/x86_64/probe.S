// void probe(struct probe *me, struct probe *other, void *value);

#include "probe.h"

        .text
        .globl  probe
        .type   probe, @function
probe:
        .cfi_startproc
        endbr64
        // Our caller's, to be given back at the end.
        movq    %rbx, PROBE_OWN+0(%rdi)
        movq    %rbp, PROBE_OWN+8(%rdi)
        movq    %r12, PROBE_OWN+16(%rdi)
        movq    %r13, PROBE_OWN+24(%rdi)
        movq    %r14, PROBE_OWN+32(%rdi)
        movq    %r15, PROBE_OWN+40(%rdi)
        movq    %rsp, PROBE_OWN+48(%rdi)
        stmxcsr PROBE_OWN+56(%rdi)
        fnstcw  PROBE_OWN+64(%rdi)
        // What has to survive.
        movq    PROBE_PUT+0(%rdi), %rbx
        movq    PROBE_PUT+8(%rdi), %rbp
        movq    PROBE_PUT+16(%rdi), %r12
        movq    PROBE_PUT+24(%rdi), %r13
        movq    PROBE_PUT+32(%rdi), %r14
        movq    PROBE_PUT+40(%rdi), %r15
        subq    $8, %rsp                // a multiple of 16 at the call
        movq    %rsp, PROBE_PUT+48(%rdi)
        ldmxcsr PROBE_PUT+56(%rdi)
        fldcw   PROBE_PUT+64(%rdi)
        movq    %rsi, probe_to(%rip)
        call    gobuf_switch
        movq    probe_to(%rip), %rcx    // whoever came here says who we are
        movq    %rax, PROBE_VALUE(%rcx)
        movq    %rbx, PROBE_FOUND+0(%rcx)
        movq    %rbp, PROBE_FOUND+8(%rcx)
        movq    %r12, PROBE_FOUND+16(%rcx)
        movq    %r13, PROBE_FOUND+24(%rcx)
        movq    %r14, PROBE_FOUND+32(%rcx)
        movq    %r15, PROBE_FOUND+40(%rcx)
        movq    %rsp, PROBE_FOUND+48(%rcx)
        stmxcsr PROBE_FOUND+56(%rcx)
        fnstcw  PROBE_FOUND+64(%rcx)
        movq    PROBE_OWN+48(%rcx), %rsp
        pushfq
        popq    %rax
        andq    $0x400, %rax
        movq    %rax, PROBE_FOUND+72(%rcx)
        cld
        movq    PROBE_OWN+0(%rcx), %rbx
        movq    PROBE_OWN+8(%rcx), %rbp
        movq    PROBE_OWN+16(%rcx), %r12
        movq    PROBE_OWN+24(%rcx), %r13
        movq    PROBE_OWN+32(%rcx), %r14
        movq    PROBE_OWN+40(%rcx), %r15
        ldmxcsr PROBE_OWN+56(%rcx)
        fldcw   PROBE_OWN+64(%rcx)
        ret
        .cfi_endproc
        .size   probe, . - probe

        .data
        .globl  probe_to
        .p2align 3
probe_to:
        .quad   0

        .section .note.GNU-stack, "", @progbits

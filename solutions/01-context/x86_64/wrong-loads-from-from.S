// MISTAKE   Registers are loaded from where they were saved.
// WHY       rdi is at hand from the first half.
// GETS      rbx does not survive the switch.

        // [lab gobuf-switch]
        // Save what we owe.
        movq    %rbx, GOBUF_RBX(%rdi)
        movq    %rbp, GOBUF_RBP(%rdi)
        movq    %r12, GOBUF_R12(%rdi)
        movq    %r13, GOBUF_R13(%rdi)
        movq    %r14, GOBUF_R14(%rdi)
        movq    %r15, GOBUF_R15(%rdi)
        stmxcsr GOBUF_MXCSR(%rdi)
        fnstcw  GOBUF_FPCW(%rdi)
        // Remember where we stand.
        movq    %rsp, GOBUF_SP(%rdi)
        // Stand elsewhere.
        movq    GOBUF_SP(%rsi), %rsp
        // Take back what is owed to us.
        ldmxcsr GOBUF_MXCSR(%rsi)
        fldcw   GOBUF_FPCW(%rsi)
        movq    GOBUF_RBX(%rdi), %rbx
        movq    GOBUF_RBP(%rdi), %rbp
        movq    GOBUF_R12(%rdi), %r12
        movq    GOBUF_R13(%rdi), %r13
        movq    GOBUF_R14(%rdi), %r14
        movq    GOBUF_R15(%rdi), %r15
        movq    %rdx, %rax
        popq    %rcx
        jmp     *%rcx
        // [lab gobuf-switch]

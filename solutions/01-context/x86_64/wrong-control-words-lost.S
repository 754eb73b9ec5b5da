// MISTAKE   The control words of floating point are not saved.
// WHY       Registers are what one thinks of. Most programs never change how
//           results are rounded.
// GETS      The control word of SSE, MXCSR, does not survive the switch.

        // [lab gobuf-switch]
        // Save what we owe.
        movq    %rbx, GOBUF_RBX(%rdi)
        movq    %rbp, GOBUF_RBP(%rdi)
        movq    %r12, GOBUF_R12(%rdi)
        movq    %r13, GOBUF_R13(%rdi)
        movq    %r14, GOBUF_R14(%rdi)
        movq    %r15, GOBUF_R15(%rdi)
        // Remember where we stand.
        movq    %rsp, GOBUF_SP(%rdi)
        // Stand elsewhere.
        movq    GOBUF_SP(%rsi), %rsp
        // Take back what is owed to us.
        movq    GOBUF_RBX(%rsi), %rbx
        movq    GOBUF_RBP(%rsi), %rbp
        movq    GOBUF_R12(%rsi), %r12
        movq    GOBUF_R13(%rsi), %r13
        movq    GOBUF_R14(%rsi), %r14
        movq    GOBUF_R15(%rsi), %r15
        movq    %rdx, %rax
        popq    %rcx
        jmp     *%rcx
        // [lab gobuf-switch]

// void *gobuf_switch(struct gobuf *from, struct gobuf *to, void *value);
//
//   The switch that ends in ret. It is what one writes first, and what keeps
//   the processor's return stack as deep as ours: one call, one return. But
//   the processor guesses that a ret goes to the caller of the last call, and
//   that is the one who stopped, not the one who goes on. Each switch between
//   two different callers is then mispredicted. Measure both:
//
//       make bench HISTORY=01-context/ret
//
//   from in rdi, to in rsi, value in rdx; the result goes in rax.
//
//   the save area of each:
//   | sp | rbx | rbp | r12 | r13 | r14 | r15 | mxcsr fpcw |
//   0    8     16    24    32    40    48    56    60
//
// Which registers: System V ABI, AMD64, figure 3.4, "preserved across
// function calls", and 3.2.1: the control bits of MXCSR and the x87 word.
// The top of both stacks is a return address: ours, put there by the call,
// and that of the call which `to` made when it stopped.

#include "gobuf.h"

// For those who look at our frames in the middle of a switch, debuggers and
// profilers: whose they are (CFI). The switch works without; a body of yours
// need not have the lines that begin with cfi_.
//
// cfi_elsewhere: from here on `to` is who called us, and the registers of that
// call are in the save area of `to`. In numbers: DW_CFA_expression, register,
// 2 bytes, DW_OP_breg4 (rsi), slot.
        .macro  cfi_elsewhere
        .cfi_escape 0x10, 3, 2, 0x74, GOBUF_RBX
        .cfi_escape 0x10, 6, 2, 0x74, GOBUF_RBP
        .cfi_escape 0x10, 12, 2, 0x74, GOBUF_R12
        .cfi_escape 0x10, 13, 2, 0x74, GOBUF_R13
        .cfi_escape 0x10, 14, 2, 0x74, GOBUF_R14
        .cfi_escape 0x10, 15, 2, 0x74, GOBUF_R15
        .endm

        .text
        .globl  gobuf_switch
        .hidden gobuf_switch
        .type   gobuf_switch, @function
        .p2align 6
gobuf_switch:
        .cfi_startproc
        endbr64
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
        cfi_elsewhere
        // Take back what is owed to us.
        ldmxcsr GOBUF_MXCSR(%rsi)
        fldcw   GOBUF_FPCW(%rsi)
        movq    GOBUF_RBX(%rsi), %rbx
        movq    GOBUF_RBP(%rsi), %rbp
        movq    GOBUF_R12(%rsi), %r12
        movq    GOBUF_R13(%rsi), %r13
        movq    GOBUF_R14(%rsi), %r14
        movq    GOBUF_R15(%rsi), %r15
        movq    %rdx, %rax
        ret
        .cfi_endproc
        .size   gobuf_switch, . - gobuf_switch

// The first frame of every new stack. gobuf_init leaves rsp at a multiple of
// 16 here, so g_main is entered as the ABI asks: 8 short of one.
// An undefined return address is how CFI says: nobody called us. The
// debugger's backtrace ends here, and so does a C++ exception.
        .globl  gobuf_entry
        .hidden gobuf_entry
        .type   gobuf_entry, @function
        .p2align 4
        // [gobuf-entry]
gobuf_entry:
        .cfi_startproc
        .cfi_undefined rip
        .cfi_personality 0x1b, g_personality    // asked when an exception passes
        endbr64
        call    g_main
        ud2                             // g_main does not return
        .cfi_endproc
        // [gobuf-entry]
        .size   gobuf_entry, . - gobuf_entry

        .section .note.GNU-stack, "", @progbits

// Says that indirect jumps land on endbr64 here (IBT). Shadow stacks are not
// claimed: a switch would need one for each goroutine.
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

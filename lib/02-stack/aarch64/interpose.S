// void gobuf_interposed(void);
//
// Where gobuf_switch arrives after gobuf_interpose. On the stack are the
// address where the goroutine stopped, which becomes the return address, and
// the function to call.
        .text
        .globl  gobuf_interposed
        .hidden gobuf_interposed
        .type   gobuf_interposed, %function
        .p2align 4
gobuf_interposed:
        ldp     x30, x16, [sp], #16
        br      x16                     // x16: a landing pad for calls will do
        .size   gobuf_interposed, . - gobuf_interposed

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

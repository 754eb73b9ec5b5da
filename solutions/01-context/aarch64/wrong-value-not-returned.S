// MISTAKE   The third argument is not put where results are.
// WHY       The value travels in x2, and nobody touches x2; but a caller looks
//           in x0.
// GETS      The value that the other side hands over does not arrive.

        // [lab gobuf-switch]
        // Save what we owe.
        mrs     x10, fpcr
        stp     x19, x20, [x0, #GOBUF_X19]
        stp     x21, x22, [x0, #GOBUF_X19 + 16]
        stp     x23, x24, [x0, #GOBUF_X19 + 32]
        stp     x25, x26, [x0, #GOBUF_X19 + 48]
        stp     x27, x28, [x0, #GOBUF_X19 + 64]
        stp     x29, x10, [x0, #GOBUF_X29]      // and fpcr
        stp     d8,  d9,  [x0, #GOBUF_D8]
        stp     d10, d11, [x0, #GOBUF_D8 + 16]
        stp     d12, d13, [x0, #GOBUF_D8 + 32]
        stp     d14, d15, [x0, #GOBUF_D8 + 48]
        // Remember where we stand.
        mov     x9, sp
        stp     x9, x30, [x0, #GOBUF_SP]        // and pc
        // Stand elsewhere.
        ldp     x9, x30, [x1, #GOBUF_SP]
        mov     sp, x9
        // Take back what is owed to us.
        ldp     x19, x20, [x1, #GOBUF_X19]
        ldp     x21, x22, [x1, #GOBUF_X19 + 16]
        ldp     x23, x24, [x1, #GOBUF_X19 + 32]
        ldp     x25, x26, [x1, #GOBUF_X19 + 48]
        ldp     x27, x28, [x1, #GOBUF_X19 + 64]
        ldp     x29, x10, [x1, #GOBUF_X29]
        ldp     d8,  d9,  [x1, #GOBUF_D8]
        ldp     d10, d11, [x1, #GOBUF_D8 + 16]
        ldp     d12, d13, [x1, #GOBUF_D8 + 32]
        ldp     d14, d15, [x1, #GOBUF_D8 + 48]
        msr     fpcr, x10
        ret
        // [lab gobuf-switch]

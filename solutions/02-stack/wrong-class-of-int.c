// MISTAKE   The size is taken for an int.
// WHY       __builtin_clz is the name that one remembers. It looks at 32 bits.
// GETS      A stack is smaller than it was asked for.

    // [lab stack-class]
    return 32 - __builtin_clz((unsigned)(n - 1));
    // [lab stack-class]

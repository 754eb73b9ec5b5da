// MISTAKE   The logarithm is rounded down.
// WHY       The place of the highest 1 is the logarithm, for powers of two. And
//           nearly all who ask want a power of two.
// GETS      A stack is smaller than it was asked for.

    // [lab stack-class]
    return 63 - __builtin_clzl(n);
    // [lab stack-class]

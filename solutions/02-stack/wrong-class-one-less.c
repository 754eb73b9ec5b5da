// MISTAKE   1 is taken away, and the logarithm is rounded down after all.
// WHY       Both halves of the trick are there; the 64 became a 63, because
//           bits are counted from 0.
// GETS      A stack is smaller than it was asked for.

    // [lab stack-class]
    return 63 - __builtin_clzl(n - 1);
    // [lab stack-class]

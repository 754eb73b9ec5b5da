// MISTAKE   It is rounded up always, also where nothing is to be rounded.
// WHY       "One more than the logarithm rounded down" is right for all numbers
//           but the powers of two, which are those that one asks for.
// GETS      A stack is twice as large as it must be.

    // [lab stack-class]
    return 64 - __builtin_clzl(n);
    // [lab stack-class]

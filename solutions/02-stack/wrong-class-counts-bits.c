// MISTAKE   The bits that are 1 are counted, not the places below them.
// WHY       One less than a power of two has 1s only, so it works for each of
//           them.
// GETS      A stack is smaller than it was asked for.

    // [lab stack-class]
    return __builtin_popcountl(n - 1);
    // [lab stack-class]

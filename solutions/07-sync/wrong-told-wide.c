// MISTAKE   The difference is made of 64 bits, so that it does not overflow.
// WHY       But to wrap around is what it is there for.
// GETS      wait returns, and nobody has signalled.

    // [lab cond-told]
    return (int64_t)number - notify < 0;
    // [lab cond-told]

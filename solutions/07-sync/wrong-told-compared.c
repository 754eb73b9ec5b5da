// MISTAKE   The two numbers are compared as they are.
// WHY       That is what "below" means, for 4294967295 times.
// GETS      wait returns, and nobody has signalled.

    // [lab cond-told]
    return number < notify;
    // [lab cond-told]

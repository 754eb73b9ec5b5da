// MISTAKE   Whoever is not the next one has been told.
// WHY       Of two that wait, the second is not the next one either.
// GETS      wait returns, and nobody has signalled.

    // [lab cond-told]
    return number != notify;
    // [lab cond-told]

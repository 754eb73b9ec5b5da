// MISTAKE   The difference is taken the other way round.
// WHY       Either way it is small. Its sign is another.
// GETS      wait returns, and nobody has signalled.

    // [lab cond-told]
    return (int32_t)(notify - number) < 0;
    // [lab cond-told]

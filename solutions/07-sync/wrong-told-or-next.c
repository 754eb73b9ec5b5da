// MISTAKE   The next number counts as told, too.
// WHY       notify is a number that has to do with telling. But it is the next
//           one, not the last.
// GETS      wait returns, and nobody has signalled.

    // [lab cond-told]
    return (int32_t)(number - notify) <= 0;
    // [lab cond-told]

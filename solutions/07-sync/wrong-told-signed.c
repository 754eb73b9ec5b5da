// MISTAKE   Both numbers are taken as signed, and then compared.
// WHY       It moves the place where they wrap around, from the end to the
//           middle.
// GETS      wait returns, and nobody has signalled.

    // [lab cond-told]
    return (int32_t)number < (int32_t)notify;
    // [lab cond-told]

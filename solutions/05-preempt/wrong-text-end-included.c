// MISTAKE   The end is taken for the last byte.
// WHY       lo and hi are both in it, it seems. But hi is the first byte
//           behind the code.
// GETS      Code behind the program's is taken for the user's.

    // [lab is-user-text]
    return address >= text.lo && address <= text.hi && !is_ours(address);
    // [lab is-user-text]

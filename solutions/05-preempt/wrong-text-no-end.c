// MISTAKE   text.hi is not looked at.
// WHY       What is above the beginning is the program. But libraries lie
//           above it.
// GETS      Code behind the program's is taken for the user's.

    // [lab is-user-text]
    return address >= text.lo && !is_ours(address);
    // [lab is-user-text]

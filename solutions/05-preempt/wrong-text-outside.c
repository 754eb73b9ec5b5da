// MISTAKE   || stands where && should.
// WHY       Above lo, or below hi: each address is one of them.
// GETS      Code behind the program's is taken for the user's.

    // [lab is-user-text]
    return (address >= text.lo || address < text.hi) && !is_ours(address);
    // [lab is-user-text]

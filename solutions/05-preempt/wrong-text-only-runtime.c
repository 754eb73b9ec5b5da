// MISTAKE   is_ours is asked the wrong way round.
// WHY       ours is read as the program's. But it means the runtime's.
// GETS      The user's own code is not taken for it.

    // [lab is-user-text]
    return address >= text.lo && address < text.hi && is_ours(address);
    // [lab is-user-text]

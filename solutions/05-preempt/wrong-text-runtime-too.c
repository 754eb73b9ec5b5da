// MISTAKE   is_ours is not asked.
// WHY       What is between lo and hi is the program. But the runtime is
//           linked into it.
// GETS      Code of the runtime is taken for the user's.

    // [lab is-user-text]
    return address >= text.lo && address < text.hi;
    // [lab is-user-text]

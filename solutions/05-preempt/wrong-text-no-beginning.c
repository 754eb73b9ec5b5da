// MISTAKE   text.lo is not looked at.
// WHY       The program is loaded first, so below it nothing is. But its data
//           and the heap may be, and libraries.
// GETS      Code before the program's is taken for the user's.

    // [lab is-user-text]
    return address < text.hi && !is_ours(address);
    // [lab is-user-text]

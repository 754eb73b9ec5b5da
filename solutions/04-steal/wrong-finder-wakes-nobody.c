// MISTAKE   Who has found something wakes nobody.
// WHY       It has work now. But those who saw it look woke nobody either.
// CHECK     wake-next
// GETS      Deadlock: nobody can go on, and nobody will wake them.

    // [lab spin-end]
    spin_stop(p);
    // [lab spin-end]

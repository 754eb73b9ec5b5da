// MISTAKE   The thread is woken, and its note stays 0.
// WHY       A wake-up seems to be enough. But who does not sleep yet is not
//           woken.
// CHECK     note
// GETS      Deadlock: nobody can go on, and nobody will wake them.

    // [lab m-wake]
    int error = errno;

    if (next != NULL)
        mp->next_p = next;
    world.futex_wake(&mp->note.atomic_value, 1);
    errno = error;
    // [lab m-wake]

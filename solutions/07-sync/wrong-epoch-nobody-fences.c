// MISTAKE   Readers have no fence, and who ends the epoch makes them pass none.
// WHY       That somebody reads still waits in its processor when the epoch ends,
//           and what it has found already is freed.
// CHECK     epoch-tso
// GETS      Not so: !freed.

    // [lab epoch-advance]
    uint64_t now = atomic_load(&s->epoch);

    for (int i = 0; i < s->procs_most; i++) {
        // Pairs with epoch_enter and epoch_leave.
        uint64_t began = atomic_load(&s->p[i].reading);

        if (began != 0 && began != now + 1)
            return;
    }
    // If it fails, somebody else has found the same.
    atomic_cas(&s->epoch, &now, now + 1);           // pairs with epoch_enter
    // [lab epoch-advance]

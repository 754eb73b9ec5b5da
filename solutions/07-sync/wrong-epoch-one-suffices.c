// MISTAKE   The epoch goes on as soon as one reader has seen it.
// WHY       Somebody has begun in it. All the others who read must have, too.
// CHECK     epoch
// GETS      Not so: !freed.

    // [lab epoch-advance]
    uint64_t now = atomic_load(&s->epoch);

    // Who reads has said so, or will see what was unlinked.
    if (!procs_alone && atomic_load_relaxed(&epoch.unfenced) &&
        world.fence_all() != 0)
        return;
    for (int i = 0; i < s->procs_most; i++) {
        // Pairs with epoch_enter and epoch_leave.
        uint64_t began = atomic_load(&s->p[i].reading);

        if (began == now + 1)
            break;
        if (began != 0)
            return;
    }
    // If it fails, somebody else has found the same.
    atomic_cas(&s->epoch, &now, now + 1);           // pairs with epoch_enter
    // [lab epoch-advance]

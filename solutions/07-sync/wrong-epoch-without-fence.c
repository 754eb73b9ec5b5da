// MISTAKE   Who begins to read says so, and reads, without a fence between, and
//           nobody else makes it pass one.
// WHY       The store stands before the loads. But the processor keeps stores
//           back, and nobody knows yet that somebody reads.
// CHECK     epoch-fenced-tso
// GETS      Not so: !freed.

    // [lab epoch-enter]
    if (procs_alone)
        return;
    // It may be late by now. Then it only holds up more.
    // Pairs with epoch_advance.
    atomic_store_relaxed(&mp->p->reading, atomic_load(&mp->p->sched->epoch) + 1);
    // [lab epoch-enter]

// MISTAKE   Whether the group is cancelled is asked first, and said then.
// WHY       Two lines instead of one step. But two tasks fail at the same
//           time, and both find that nobody has.
// CHECK     errgroup-cancel
// GETS      The runtime ends the process: panic: close of closed channel

    // [lab errgroup-cancel]
    bool was = atomic_load((flag_t *)&eg->cancelled);

    atomic_store((flag_t *)&eg->cancelled, true);
    if (!was && eg->done != NULL)
        go_close(eg->done);
    // [lab errgroup-cancel]

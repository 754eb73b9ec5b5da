// MISTAKE   What was unlinked is freed in the next epoch.
// WHY       All who read then have begun after it. But an epoch begins while
//           those of the one before still read.
// CHECK     epoch
// GETS      Not so: !freed.

    // [lab epoch-is-over]
    return of + 1 <= epoch_now();
    // [lab epoch-is-over]

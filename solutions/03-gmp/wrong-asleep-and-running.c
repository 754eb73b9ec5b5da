// MISTAKE   The status is left as it was.
// WHY       It does not run any more, as everybody can see. But nobody looks
//           there: they look at the status.
// GETS      A goroutine is made ready while it still runs.

    // [lab park]
    (void)mp;
    unlock(gp->parked_on);
    // [lab park]

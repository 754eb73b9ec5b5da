// MISTAKE   Who waits does not look whether its permit is there already.
// WHY       It was counted before it came to the lock, so the last done may have
//           granted it one by then. Nobody grants it a second one.
// CHECK     group
// GETS      Deadlock: nobody can go on, and nobody will wake them.

    // [lab sleepers-wait]
    lock(&s->lock);
    gp->next = s->first;
    s->first = gp;
    g_park(&s->lock, why);
    // [lab sleepers-wait]

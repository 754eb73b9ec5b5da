// MISTAKE   Only those on the list are granted a permit.
// WHY       Somebody was counted, and is on its way to the list. It will sleep
//           there for ever.
// CHECK     group
// GETS      Deadlock: nobody can go on, and nobody will wake them.

    // [lab sleepers-grant]
    (void)alone;
    lock(&s->lock);
    for (; n > 0 && s->first != NULL; n--) {
        struct g *gp = s->first;

        s->first = gp->next;
        gp->next = woken;
        woken = gp;
    }
    unlock(&s->lock);
    while (woken != NULL) {
        struct g *next = woken->next;

        g_ready(woken);
        woken = next;
    }
    // [lab sleepers-grant]

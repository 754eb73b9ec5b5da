// MISTAKE   Those who sleep are woken first, and then the lock is given back.
// WHY       The first of them may free the group, and the lock lies in it.
// CHECK     group-freed
// GETS      Memory is used after it was freed.

    // [lab sleepers-grant]
    (void)alone;
    (void)woken;
    lock(&s->lock);
    while (n > 0 && s->first != NULL) {
        struct g *gp = s->first;

        s->first = gp->next;
        g_ready(gp);
        n--;
    }
    s->permits += n;
    unlock(&s->lock);
    // [lab sleepers-grant]

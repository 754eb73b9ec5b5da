// MISTAKE   The one at the root of the tree is woken, for whatever address he
//           waits.
// WHY       One semaphore in a root is the usual case, and then it is right.
// CHECK     sema-one-root
// GETS      Deadlock: nobody can go on, and nobody will wake them.

    // [lab semaroot-get]
    (void)sema;

    struct sema_waiter *w = root->tree;

    if (w == NULL)
        return NULL;
    if (w->next != NULL) {
        w->next->last = w->last;
        replace(root, w, w->next);
    } else {
        uproot(root, w);
    }
    return w;
    // [lab semaroot-get]

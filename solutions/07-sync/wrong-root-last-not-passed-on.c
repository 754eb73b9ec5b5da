// MISTAKE   The next one does not learn who is the last of the list.
// WHY       He knew of himself only. Whoever comes next is put behind him, and
//           the others are lost.
// CHECK     sema-four
// GETS      Deadlock: nobody can go on, and nobody will wake them.

    // [lab semaroot-get]
    struct sema_waiter *parent, *w = *search(root, sema, &parent);

    if (w == NULL)
        return NULL;
    if (w->next != NULL) {
        replace(root, w, w->next);
    } else {
        uproot(root, w);
    }
    return w;
    // [lab semaroot-get]

// MISTAKE   The node is taken out with all who wait for the address.
// WHY       Only the first is woken. The others were on its list, which nothing
//           points at now.
// CHECK     sema-one-permit
// GETS      Deadlock: nobody can go on, and nobody will wake them.

    // [lab semaroot-get]
    struct sema_waiter *parent, *w = *search(root, sema, &parent);

    if (w == NULL)
        return NULL;
    uproot(root, w);
    return w;
    // [lab semaroot-get]

// MISTAKE   The list is read, and not changed.
// WHY       "What was used last?" sounds like a question. It is taken, too: the
//           next on the list must be the first.
// GETS      One stack was handed out twice.

    // [lab stack-reuse]
    struct node *node = c->free;

    if (node == NULL)
        return false;
    *s = node->stack;
    c->n_free--;
    return true;
    // [lab stack-reuse]

// MISTAKE   The record is handed out with the node in it.
// WHY       Whoever makes a g there sets its fields anyway; but not all.
// GETS      The record of a stack that is used again is not zero.

    // [lab stack-reuse]
    struct node *node = c->free;

    if (node == NULL)
        return false;
    *s = node->stack;
    c->free = node->next;
    c->n_free--;
    return true;
    // [lab stack-reuse]

// MISTAKE   Nobody asks whether a stack is free.
// WHY       After the first few goroutines there always is one.
// GETS      A stack was taken from a list that is empty.

    // [lab stack-reuse]
    struct node *node = c->free;

    *s = node->stack;
    c->free = node->next;
    c->n_free--;
    memset(node, 0, sizeof(*node));
    return true;
    // [lab stack-reuse]

// MISTAKE   The list is empty afterwards.
// WHY       With one free stack, which is the usual case, that is right.
// GETS      Free stacks are lost.

    // [lab stack-reuse]
    struct node *node = c->free;

    if (node == NULL)
        return false;
    *s = node->stack;
    c->free = NULL;
    c->n_free--;
    memset(node, 0, sizeof(*node));
    return true;
    // [lab stack-reuse]

// MISTAKE   The stack that has been free for longest is taken.
// WHY       It is fair, as with a queue. But a stack does not mind waiting, and
//           the cache has forgotten it.
// GETS      It is not the stack that was used last.

    // [lab stack-reuse]
    struct node **last = &c->free;
    struct node *node;

    if (*last == NULL)
        return false;
    while ((*last)->next != NULL)
        last = &(*last)->next;
    node = *last;
    *s = node->stack;
    *last = NULL;
    c->n_free--;
    memset(node, 0, sizeof(*node));
    return true;
    // [lab stack-reuse]

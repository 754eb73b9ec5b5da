// MISTAKE   The count of the free ones is not changed.
// WHY       The list knows how long it is; nobody here reads the count.
//           stack_free does.
// GETS      A stack that is used again and again loses its memory.

    // [lab stack-reuse]
    struct node *node = c->free;

    if (node == NULL)
        return false;
    *s = node->stack;
    c->free = node->next;
    memset(node, 0, sizeof(*node));
    return true;
    // [lab stack-reuse]

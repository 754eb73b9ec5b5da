// MISTAKE   The record is cleared before the node in it is read.
// WHY       One thinks of the node as standing on a list, not in the record.
// GETS      The stack that is handed out is nowhere.

    // [lab stack-reuse]
    struct node *node = c->free;

    if (node == NULL)
        return false;
    memset(node, 0, sizeof(*node));
    *s = node->stack;
    c->free = node->next;
    c->n_free--;
    return true;
    // [lab stack-reuse]

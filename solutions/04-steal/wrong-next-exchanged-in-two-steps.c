// MISTAKE   Who ran next is read, and then replaced.
// WHY       Only we put somebody there. But a thief takes him in between.
// CHECK     next
// GETS      Not so: taken[gp - item] == 1.

    // [lab ring-put-next]
    struct g *was = atomic_load_relaxed(&q->next);

    atomic_store_relaxed(&q->next, gp);
    return was;
    // [lab ring-put-next]

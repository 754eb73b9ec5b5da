// MISTAKE   The channels are locked in the order of the cases.
// WHY       Any order will do. But another select may have another one.
// CHECK     select-select
// GETS      It never ends: 20000 steps, and it still goes on.

    // [lab select-locked]
    const size_t m = sort(cases, n, order);
    const bool alone = alone_begins();
    size_t chosen, otherwise;

    for (size_t i = 0, k = 0; i < n; i++)
        if (cases[i].ch != NULL)
            order[k++] = (uint32_t)i;
    lock_all(cases, order, m, alone);
    while ((chosen = choose(gp->m, cases, n, &otherwise)) < n) {
        struct g *ready;
        enum outcome outcome = act(&cases[chosen], &ready);

        // Those who seemed to wait were cases of selects that are decided, and
        // they are off the list now.
        if (outcome == BLOCKS)
            continue;
        unlock_all(cases, order, m, alone);
        finish(&cases[chosen], outcome, ready);
        return chosen;
    }
    if (otherwise < n) {
        unlock_all(cases, order, m, alone);
        return otherwise;
    }
    mix(gp->m, cases, order, m);
    return wait_for_all(gp, cases, order, m, sgs, alone);
    // [lab select-locked]

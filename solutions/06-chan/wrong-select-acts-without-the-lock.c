// MISTAKE   The lock is not taken.
// WHY       It has been seen that the case can be done. But two may have seen
//           it.
// GETS      Two selects got the same value, or one was lost.

    // [lab select-first-pass]
    while ((chosen = choose(gp->m, cases, n, &otherwise)) < n) {
        const struct go_case *k = &cases[chosen];
        struct g *ready;
        enum outcome outcome = act(k, &ready);

        if (outcome != BLOCKS) {
            finish(k, outcome, ready);
            return (int)chosen;
        }
    }
    if (otherwise < n && (procs_alone || none_could(cases, n)))
        return (int)otherwise;
    return (int)(n <= FEW ? select_few(gp, cases, n) : select_many(gp, cases, n));
    // [lab select-first-pass]

// MISTAKE   The lock is not given back.
// WHY       The case is done. But nobody else gets at its channel.
// GETS      The lock of a channel is never given back.

    // [lab select-first-pass]
    while ((chosen = choose(gp->m, cases, n, &otherwise)) < n) {
        const struct go_case *k = &cases[chosen];
        struct chan *c = (struct chan *)k->ch;
        const bool alone = alone_begins();
        struct g *ready;

        channel_lock(&c->lock, alone);

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

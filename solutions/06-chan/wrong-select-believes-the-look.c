// MISTAKE   What looked as if it could be done is taken for done.
// WHY       It could be done a moment ago. But somebody was faster.
// GETS      A select tells of a value, and has got none.

    // [lab select-first-pass]
    while ((chosen = choose(gp->m, cases, n, &otherwise)) < n) {
        const struct go_case *k = &cases[chosen];
        struct chan *c = (struct chan *)k->ch;
        const bool alone = alone_begins();
        struct g *ready;

        channel_lock(&c->lock, alone);

        enum outcome outcome = act(k, &ready);

        channel_unlock(&c->lock, alone);
        finish(k, outcome, ready);
        return (int)chosen;
    }
    if (otherwise < n && (procs_alone || none_could(cases, n)))
        return (int)otherwise;
    return (int)(n <= FEW ? select_few(gp, cases, n) : select_many(gp, cases, n));
    // [lab select-first-pass]

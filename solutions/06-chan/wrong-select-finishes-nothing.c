// MISTAKE   The case is done, and nothing is finished.
// WHY       The value is where it should be. But somebody waits to be made
//           ready.
// GETS      A select has received a value, and its sender is never made ready.

    // [lab select-first-pass]
    while ((chosen = choose(gp->m, cases, n, &otherwise)) < n) {
        const struct go_case *k = &cases[chosen];
        struct chan *c = (struct chan *)k->ch;
        const bool alone = alone_begins();
        struct g *ready;

        channel_lock(&c->lock, alone);

        enum outcome outcome = act(k, &ready);

        channel_unlock(&c->lock, alone);
        if (outcome != BLOCKS) {
            return (int)chosen;
        }
    }
    if (otherwise < n && (procs_alone || none_could(cases, n)))
        return (int)otherwise;
    return (int)(n <= FEW ? select_few(gp, cases, n) : select_many(gp, cases, n));
    // [lab select-first-pass]

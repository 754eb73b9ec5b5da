// MISTAKE   The lock is given back when the case was done.
// WHY       If it was not, the next look needs it again. But choose looks
//           without it, and may choose another channel.
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
            channel_unlock(&c->lock, alone);
            finish(k, outcome, ready);
            return (int)chosen;
        }
    }
    if (otherwise < n && (procs_alone || none_could(cases, n)))
        return (int)otherwise;
    return (int)(n <= FEW ? select_few(gp, cases, n) : select_many(gp, cases, n));
    // [lab select-first-pass]

// MISTAKE   The default is one of the cases.
// WHY       It can always be done. But it is for when nothing else can.
// GETS      The default is chosen as if it were an operation.

    // [lab select-choose]
    size_t chosen = n;
    uint32_t possible = 0;

    *otherwise = n;
    for (size_t i = 0; i < n; i++) {
        if (cases[i].what == DEFAULT)
            *otherwise = i;
        if (can(&cases[i]) || cases[i].what == DEFAULT) {
            // The k-th one takes the place of what was chosen before it with
            // a chance of 1 in k.
            possible++;
            if (possible == 1 || cheaprand_below(mp, possible) == 0)
                chosen = i;
        }
    }
    return chosen;
    // [lab select-choose]

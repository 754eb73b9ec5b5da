// MISTAKE   A coin is tossed for each case that can be done.
// WHY       Heads or tails is fair. But the first of three must win twice, and
//           the last one once.
// GETS      One case is chosen more often than another.

    // [lab select-choose]
    size_t chosen = n;
    uint32_t possible = 0;

    *otherwise = n;
    for (size_t i = 0; i < n; i++) {
        if (can(&cases[i])) {
            possible++;
            if (possible == 1 || cheaprand_below(mp, 2) == 0)
                chosen = i;
        } else if (cases[i].what == DEFAULT) {
            if (*otherwise != n)
                gopanic("go_select: more than one go_case_default");
            *otherwise = i;
        }
    }
    return chosen;
    // [lab select-choose]

// MISTAKE   A second default takes the place of the first.
// WHY       Both do the same: nothing. But the program has code for each, and
//           one of it is never run.
// GETS      A select has two defaults, and nothing is said.

    // [lab select-choose]
    size_t chosen = n;
    uint32_t possible = 0;

    *otherwise = n;
    for (size_t i = 0; i < n; i++) {
        if (can(&cases[i])) {
            // The k-th one takes the place of what was chosen before it with
            // a chance of 1 in k.
            possible++;
            if (possible == 1 || cheaprand_below(mp, possible) == 0)
                chosen = i;
        } else if (cases[i].what == DEFAULT) {
            *otherwise = i;
        }
    }
    return chosen;
    // [lab select-choose]

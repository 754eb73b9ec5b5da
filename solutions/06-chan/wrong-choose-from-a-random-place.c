// MISTAKE   From a case that is chosen at random it goes on to the first that
//           can be done.
// WHY       Where it begins is fair. But who stands behind many that cannot
//           inherits their chances.
// GETS      One case is chosen more often than another.

    // [lab select-choose]
    const size_t begin = cheaprand_below(mp, (uint32_t)n);
    size_t chosen = n;

    *otherwise = n;
    for (size_t k = 0; k < n; k++) {
        const size_t i = (begin + k) % n;

        if (can(&cases[i])) {
            if (chosen == n)
                chosen = i;
        } else if (cases[i].what == DEFAULT) {
            if (*otherwise != n)
                gopanic("go_select: more than one go_case_default");
            *otherwise = i;
        }
    }
    return chosen;
    // [lab select-choose]

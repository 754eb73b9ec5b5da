// MISTAKE   The first case that can be done is chosen.
// WHY       Any of them will do. But the first channel may always have
//           something.
// GETS      Always the first case that can be done is chosen.

    // [lab select-choose]
    size_t chosen = n;
    uint32_t possible = 0;

    (void)mp;
    *otherwise = n;
    for (size_t i = 0; i < n; i++) {
        if (can(&cases[i])) {
            if (possible++ == 0)
                chosen = i;
        } else if (cases[i].what == DEFAULT) {
            if (*otherwise != n)
                gopanic("go_select: more than one go_case_default");
            *otherwise = i;
        }
    }
    return chosen;
    // [lab select-choose]

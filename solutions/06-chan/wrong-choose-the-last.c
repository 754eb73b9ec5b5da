// MISTAKE   Each case that can be done takes the place of the one before.
// WHY       Any of them will do. But the last channel may always have
//           something.
// GETS      Always the last case that can be done is chosen.

    // [lab select-choose]
    size_t chosen = n;

    (void)mp;
    *otherwise = n;
    for (size_t i = 0; i < n; i++) {
        if (can(&cases[i])) {
            chosen = i;
        } else if (cases[i].what == DEFAULT) {
            if (*otherwise != n)
                gopanic("go_select: more than one go_case_default");
            *otherwise = i;
        }
    }
    return chosen;
    // [lab select-choose]

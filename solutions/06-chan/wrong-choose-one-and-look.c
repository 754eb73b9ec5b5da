// MISTAKE   One case is chosen at random, and can it be done?
// WHY       It is as likely as any other. But if it cannot be done, another
//           might.
// GETS      A case can be done, and the select waits.

    // [lab select-choose]
    const size_t i = cheaprand_below(mp, (uint32_t)n);

    *otherwise = n;
    for (size_t k = 0; k < n; k++)
        if (cases[k].what == DEFAULT) {
            if (*otherwise != n)
                gopanic("go_select: more than one go_case_default");
            *otherwise = k;
        }
    return can(&cases[i]) ? i : n;
    // [lab select-choose]

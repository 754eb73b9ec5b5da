// MISTAKE   The mail of who leaves stays open.
// WHY       It gets no more. But who reads waits for it.
// GETS      The runtime ended the program.

// [lab news]
static void
hub(struct hub *h)
{
    struct reader *reader[MOST], *who = NULL;
    int n = 0, news = 0;
    bool more = true;

    while (more)
        switch (go_select(go_case_recv(h->joins, &who),
                          go_case_recv(h->leaves, &who),
                          go_case_recv_ok(h->posts, &news, &more))) {
        case 0:
            reader[n++] = who;
            break;
        case 1:
            for (int i = 0; i < n; i++)
                if (reader[i] == who)
                    reader[i--] = reader[--n];
            break;
        case 2:
            for (int i = 0; more && i < n; i++)
                if (!go_try_send(reader[i]->mail, news))
                    reader[i]->missed++;
            break;
        }
    for (int i = 0; i < n; i++)
        go_close(reader[i]->mail);
}
// [lab news]

// MISTAKE   At the end the mail of the readers stays open.
// WHY       There is no more news. But who reads does not know that.
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
            go_close(who->mail);
            break;
        case 2:
            for (int i = 0; more && i < n; i++)
                if (!go_try_send(reader[i]->mail, news))
                    reader[i]->missed++;
            break;
        }
}
// [lab news]

// MISTAKE   Who may enter keeps the mutex.
// WHY       It protects the bridge, and who is on the bridge. But then nobody
//           can leave.
// GETS      The runtime ended the program.

// [lab bridge]
static void
enter(int way)
{
    go_mutex_lock(&mu);
    while (on_it == BEARS || (on_it > 0 && going != way))
        go_cond_wait(&changed, &mu);
    on_it++;
    going = way;
}

static void
leave(void)
{
    go_mutex_lock(&mu);
    on_it--;
    go_mutex_unlock(&mu);
    go_cond_broadcast(&changed);
}
// [lab bridge]

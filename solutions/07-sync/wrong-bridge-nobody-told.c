// MISTAKE   Who leaves tells nobody.
// WHY       The number is right again, and everybody could see that. Who
//           sleeps does not.
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
    go_mutex_unlock(&mu);
}

static void
leave(void)
{
    go_mutex_lock(&mu);
    on_it--;
    go_mutex_unlock(&mu);
}
// [lab bridge]

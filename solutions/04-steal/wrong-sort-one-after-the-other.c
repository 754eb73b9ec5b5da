// MISTAKE   It waits for the first half before it sorts the second one.
// WHY       First the one, then the other. But then nobody has two things to
//           do at a time.
// GETS      A line is wrong.

// [lab sort]
static void
sort(int from, int to)
{
    struct go_waitgroup half = {0};
    int middle = from + (to - from) / 2;

    if (to - from <= ALONE) {
        sort_few(from, to);
        return;
    }
    go_waitgroup_go(&half, sort, from, middle);
    go_waitgroup_wait(&half);
    sort(middle, to);
    merge(from, middle, to);
}
// [lab sort]

// MISTAKE   The halves are merged when the caller has sorted its own, and
//           then it waits.
// WHY       Both have the same to do. But the other one may not even have
//           begun.
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
    sort(middle, to);
    merge(from, middle, to);
    go_waitgroup_wait(&half);
}
// [lab sort]

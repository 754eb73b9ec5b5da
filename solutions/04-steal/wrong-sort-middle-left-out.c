// MISTAKE   The first half ends before the middle.
// WHY       It goes up to the middle. But `to` is the first that does not
//           belong to it.
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
    go_waitgroup_go(&half, sort, from, middle - 1);
    sort(middle, to);
    go_waitgroup_wait(&half);
    merge(from, middle, to);
}
// [lab sort]

// MISTAKE   The caller sorts both halves.
// WHY       It is right, and simple. But nothing is there to be stolen.
// GETS      A line is wrong.

// [lab sort]
static void
sort(int from, int to)
{
    int middle = from + (to - from) / 2;

    if (to - from <= ALONE) {
        sort_few(from, to);
        return;
    }
    sort(from, middle);
    sort(middle, to);
    merge(from, middle, to);
}
// [lab sort]

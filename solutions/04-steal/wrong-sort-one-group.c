// MISTAKE   One group for all: it is static.
// WHY       A group waits for all that are in it. But who waits is in it,
//           too.
// GETS      The runtime ended the program.

// [lab sort]
static void
sort(int from, int to)
{
    static struct go_waitgroup half;
    int middle = from + (to - from) / 2;

    if (to - from <= ALONE) {
        sort_few(from, to);
        return;
    }
    go_waitgroup_go(&half, sort, from, middle);
    sort(middle, to);
    go_waitgroup_wait(&half);
    merge(from, middle, to);
}
// [lab sort]

// MISTAKE   There is no mutex, and preemption stays enabled.
// WHY       One p runs one goroutine at a time. But not to its end.
// GETS      A line is wrong.

// [lab till]
static void
move(int from, int to, int coins)
{
    (void)lock;
    if (box[from] >= coins) {
        take(from, coins);
        think();
        put(to, coins);
    } else {
        refused++;
    }
}

static int
count(void)
{
    int sum = 0;

    for (int i = 0; i < BOXES - 1; i++)
        sum += box[i];
    think();
    sum += box[BOXES - 1];
    return sum;
}
// [lab till]

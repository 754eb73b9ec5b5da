/** @file till.c  Two clerks and an auditor, one till, and a lock of the thread.
 *
 * The clerks move coins from one box of the till to another; the auditor counts
 * them all. What keeps them apart is a pthread mutex. It belongs to a thread, and
 * knows nothing of goroutines: who waits for it, waits with the whole thread.
 */
#include <goroutine.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>

enum { BOXES = 4, COINS = 100, CLERKS = 2, MOVES = 4 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int box[BOXES] = { COINS, COINS, COINS, COINS };

static int moves;               // that were made
static int refused;             // for want of coins
static int counts, wrong;       // of the auditor
static bool closed;

// Think, for three time slices. Who thinks is polite, and comes to checkpoints:
// if preemption is not disabled, others run meanwhile.
static void
think(void)
{
    struct timespec begin, now;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &begin);
    do {
        go_checkpoint();
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    } while ((now.tv_sec - begin.tv_sec) * 1000000000 + now.tv_nsec - begin.tv_nsec < 12000000);
}

// The hands of a clerk: in between, the coins are nowhere.
static void
take(int from, int coins)
{
    box[from] -= coins;
}

static void
put(int to, int coins)
{
    box[to] += coins;
    moves++;
}

// move(from, to, coins): take the coins out of one box, think, put them into the
// other. If there are too few, nothing is moved, and refused is 1 more.
//
// count(): the coins of all boxes; think before the last one.
//
// Each is one step for the others: the mutex is held all the while, and preemption
// is disabled as long as it is. Afterwards it is not.
// [lab till]
static void
move(int from, int to, int coins)
{
    go_preempt_disable();
    pthread_mutex_lock(&lock);
    if (box[from] >= coins) {
        take(from, coins);
        think();
        put(to, coins);
    } else {
        refused++;
    }
    pthread_mutex_unlock(&lock);
    go_preempt_enable();
}

static int
count(void)
{
    int sum = 0;

    go_preempt_disable();
    pthread_mutex_lock(&lock);
    for (int i = 0; i < BOXES - 1; i++)
        sum += box[i];
    think();
    sum += box[BOXES - 1];
    pthread_mutex_unlock(&lock);
    go_preempt_enable();
    return sum;
}
// [lab till]

static void
clerk(int number)
{
    for (int i = 0; i < MOVES; i++) {
        move(number, BOXES - 1 - number, i == 2 ? 10 * COINS : COINS / MOVES);
        think();
    }
}

static void
auditor(void)
{
    while (!closed) {

        counts++;
        wrong += count() != BOXES * COINS;
        think();
    }
}

static int
go_main(int argc, char **argv)
{
    struct go_waitgroup clerks = {0}, all = {0};

    (void)argc;
    (void)argv;
    go_gomaxprocs(1);
    go_waitgroup_go(&all, auditor);
    for (int i = 0; i < CLERKS; i++)
        go_waitgroup_go(&clerks, clerk, i);
    go_waitgroup_wait(&clerks);
    closed = true;
    go_waitgroup_wait(&all);
    printf("%d moves, %d refused\n", moves, refused);
    printf("%d coins, %d wrong counts\n", box[0] + box[1] + box[2] + box[3], wrong);
    printf("the auditor came in between: %s\n", counts > 2 ? "yes" : "no");
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}

/** @file tasks.c  Tasks that need one another, each done as early as possible.
 *
 * Every task is a goroutine. It waits for the tasks that it needs, is done, and
 * lets those go on that wait for it. Nobody works out an order beforehand: it
 * comes about.
 */
#include <goroutine.h>
#include <stdio.h>

struct task {
    const char *name;
    struct task *needs[3];      // what must be done before; NULL at the end
    int turns;                  // how long it takes
    struct go_waitgroup done;   // its counter is to be 1 until it is done
    int round;                  // 1 if it needs nothing; else one more than
                                // the latest of those that it needs
    bool is_done;
};

static struct task flour = { .name = "flour", .turns = 3 };
static struct task water = { .name = "water", .turns = 1 };
static struct task oven = { .name = "oven", .turns = 9 };
static struct task herbs = { .name = "herbs", .turns = 2 };
static struct task dough = { .name = "dough", .needs = { &water, &flour }, .turns = 4 };
static struct task butter = { .name = "butter", .needs = { &herbs }, .turns = 1 };
static struct task bread = { .name = "bread", .needs = { &oven, &dough }, .turns = 5 };
static struct task supper = { .name = "supper", .needs = { &bread, &butter }, .turns = 1 };

// The last ones first: an order in which nothing could be done.
static struct task *const task[] = {
    &supper, &bread, &butter, &dough, &herbs, &oven, &water, &flour,
};

enum { TASKS = sizeof(task) / sizeof(task[0]), ROUNDS = 4 };

// The work itself. It takes some turns.
static void
work(struct task *t)
{
    for (int i = 0; t->needs[i] != NULL; i++)
        if (!t->needs[i]->is_done)
            printf("%s is begun before %s is done\n", t->name, t->needs[i]->name);
    for (int i = 0; i < t->turns; i++)
        go_gosched();
    t->is_done = true;
}

// perform(t) is what the goroutine of a task does: it waits for all that t
// needs, calls work(t), sets t->round, and lets those go on that wait for t.
//
// build() sees to it that all tasks are done when it returns. Each is a
// goroutine of its own.
// [lab tasks]
static void
perform(struct task *t)
{
    t->round = 1;
    for (int i = 0; t->needs[i] != NULL; i++) {
        go_waitgroup_wait(&t->needs[i]->done);
        if (t->round <= t->needs[i]->round)
            t->round = t->needs[i]->round + 1;
    }
    work(t);
    go_waitgroup_done(&t->done);
}

static void
build(void)
{
    struct go_waitgroup all = {0};

    for (int i = 0; i < TASKS; i++)
        go_waitgroup_add(&task[i]->done, 1);
    for (int i = 0; i < TASKS; i++)
        go_waitgroup_go(&all, perform, task[i]);
    go_waitgroup_wait(&all);
}
// [lab tasks]

static int
go_main(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    // So that a mistake is the same each time.
    go_gomaxprocs(1);
    build();
    for (int round = 1; round <= ROUNDS; round++) {
        printf("round %d:", round);
        for (int i = TASKS - 1; i >= 0; i--)
            if (task[i]->round == round && task[i]->is_done)
                printf(" %s", task[i]->name);
        printf("\n");
    }
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}

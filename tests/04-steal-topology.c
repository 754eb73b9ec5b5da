/** @file 04-steal-topology.c  Which nodes are near, on machines that are made
 * up: files of the kernel.
 *
 * The sources are compiled here with a table of our own in place of the world,
 * and so stand in for the library's. (04-steal.bats compiles this: make would
 * take the sources that are included for more to be linked.)
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "schedt.h"
#include "world.h"

#define REQUIRE(x) do { if (!(x)) { \
    printf("%s, line %d: not so: %s\n", now->name, __LINE__, #x); \
    exit(1); } } while (0)

struct machine {
    const char *name;
    const char *files[20];          // path, text, path, text, ...
};

static const struct machine four = { "four nodes", {
    "online", "0-3\n",
    "node0/cpulist", "0-1,8-9\n", "node0/distance", "10 20 30 20\n",
    "node1/cpulist", "2-3\n", "node1/distance", "20 10 20 30\n",
    "node2/cpulist", "4,5\n", "node2/distance", "30 20 10 20\n",
    "node3/cpulist", "6-7\n", "node3/distance", "20 30 20 10\n" } };

static const struct machine gap = { "numbers with a gap", {
    "online", "0,2\n",
    "node0/cpulist", "0-1\n", "node0/distance", "10 21\n",
    "node2/cpulist", "2-3\n", "node2/distance", "21 10\n" } };

// What is no such machine is one node.
static const struct machine single[] = {
    { "no files", { NULL } },
    { "one node", { "online", "0\n", "node0/cpulist", "0-1\n" } },
    { "nonsense", { "online", "all of them\n" } },
    { "nothing", { "online", "" } },
    { "no processors", { "online", "0-1\n", "node0/cpulist", "0\n",
                         "node0/distance", "10 20\n" } },
    { "a distance is missing", { "online", "0-1\n",
        "node0/cpulist", "0\n", "node0/distance", "10\n",
        "node1/cpulist", "1\n", "node1/distance", "20 10\n" } },
    { "too many nodes", { "online", "0-99\n" } },
};

static const struct machine *now = &four;
static int cpu;

static ssize_t
made_up_file(const char *path, char *buf, size_t bytes)
{
    static const char below[] = "/sys/devices/system/node/";

    REQUIRE(strncmp(path, below, sizeof(below) - 1) == 0);
    for (int i = 0; now->files[i] != NULL; i += 2)
        if (strcmp(now->files[i], path + sizeof(below) - 1) == 0) {
            size_t n = strlen(now->files[i + 1]);

            REQUIRE(n <= bytes);
            memcpy(buf, now->files[i + 1], n);
            return (ssize_t)n;
        }
    return -1;
}

static int
made_up_cpu(void)
{
    return cpu;
}

static struct world made_up = { .read_file = made_up_file, .cpu = made_up_cpu };

#define world made_up
#include "topology.c"
#include "steal.c"
#undef world

static void
read_machine(const struct machine *machine)
{
    now = machine;
    memset(&topology, 0, sizeof(topology));
    memset(node_of, 0, sizeof(node_of));
    topology_read();
}

static void
reads_four(void)
{
    static const uint32_t node[] = { 0, 0, 1, 1, 2, 2, 3, 3, 0, 0 };
    static const uint8_t near[4][4] = {
        { 0, 1, 3, 2 }, { 1, 0, 2, 3 }, { 2, 1, 3, 0 }, { 3, 0, 2, 1 } };

    read_machine(&four);
    REQUIRE(topology_nodes() == 4);
    for (cpu = 0; cpu < 10; cpu++)
        REQUIRE(topology_here() == node[cpu]);
    for (uint32_t i = 0; i < 4; i++)
        for (uint32_t k = 0; k < 4; k++)
            REQUIRE(topology_near(i, k) == near[i][k]);
    cpu = 100000;
    REQUIRE(topology_here() == 0);
    cpu = -1;
    REQUIRE(topology_here() == 0);
    // It is read once.
    now = &gap;
    topology_read();
    REQUIRE(topology_nodes() == 4);
}

static void
reads_others(void)
{
    read_machine(&gap);
    REQUIRE(topology_nodes() == 2);
    cpu = 3;
    REQUIRE(topology_here() == 1);
    for (unsigned i = 0; i < sizeof(single) / sizeof(single[0]); i++) {
        read_machine(&single[i]);
        REQUIRE(topology_nodes() == 1);
        REQUIRE(topology_near(0, 0) == 0);
        REQUIRE(topology_here() == 0);
    }
}

// All eight have work. The thief takes it from those that are near, each time,
// and from the others in the order of their distance.
static void
steals_near_first(void)
{
    static const uint32_t distance[] = { 0, 0, 1, 1, 3, 3, 2, 2 };
    static struct sched s;
    static struct g item[8];

    read_machine(&four);
    s.procs = 8;
    for (uint32_t i = 0; i < 8; i++) {
        s.p[i].sched = &s;
        atomic_store_relaxed(&s.p[i].node, i / 2);
    }
    cpu = 0;
    for (int round = 0; round < 1000; round++) {
        uint32_t last = 0;

        for (int i = 1; i < 8; i++)
            runq_put(&s.p[i].runq, &item[i]);
        for (int i = 1; i < 8; i++) {
            struct g *gp = steal(&s.p[0]);

            REQUIRE(gp != NULL);
            REQUIRE(distance[gp - item] >= last);
            last = distance[gp - item];
        }
        REQUIRE(steal(&s.p[0]) == NULL);
    }
    // Who runs next, and does not come to it, is taken at last.
    REQUIRE(runq_put_next(&s.p[5].runq, &item[5]) == NULL);
    REQUIRE(steal(&s.p[0]) == &item[5]);
    // A p whose goroutines are quick is left alone.
    runq_put(&s.p[2].runq, &item[2]);
    atomic_store_relaxed(&s.p[2].quick, true);
    REQUIRE(steal(&s.p[0]) == NULL);
    atomic_store_relaxed(&s.p[2].quick, false);
    REQUIRE(steal(&s.p[0]) == &item[2]);
}

int
main(void)
{
    reads_four();
    reads_others();
    steals_near_first();
    return 0;
}

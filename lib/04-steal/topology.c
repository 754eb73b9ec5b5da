/** @file topology.c  What the kernel says of nodes, in /sys/devices/system/node:
 *
 *     online              0-1         which there are
 *     node1/cpulist       2-3,6       the processors of one
 *     node1/distance      20 10       from it to each that is online
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime.h"

#include "topology.h"

enum { MAX_CPUS = 8192 };       // as many as Linux can have

struct topology topology;

static uint8_t node_of[MAX_CPUS];

static bool
read_text(const char *file, char *text, size_t room)
{
    char path[100];

    snprintf(path, sizeof(path), "/sys/devices/system/node/%s", file);

    ssize_t n = world.read_file(path, text, room - 1);

    text[n > 0 ? n : 0] = '\0';
    return n > 0;
}

// The next of a list such as "0-2,5", of which *text is what is left and *next
// the number to come. -1 at its end, and if it is no list.
static long
next_of_list(char **text, long *next, long *last)
{
    if (*next > *last) {
        if (!isdigit((unsigned char)**text))
            return -1;
        *next = *last = strtol(*text, text, 10);
        if (**text == '-')
            *last = strtol(*text + 1, text, 10);
        if (**text == ',')
            (*text)++;
    }
    return (*next)++;
}

// The processors of the node that the kernel calls `name` are of `node`.
static bool
read_processors(long name, uint32_t node)
{
    char file[40], text[4096], *list = text;
    long next = 0, last = -1, cpu;

    snprintf(file, sizeof(file), "node%ld/cpulist", name);
    if (!read_text(file, text, sizeof(text)))
        return false;
    while ((cpu = next_of_list(&list, &next, &last)) >= 0)
        if (cpu < MAX_CPUS)
            node_of[cpu] = (uint8_t)node;
    return true;
}

// All nodes in the order of their distance to `node`; equally near ones stay in
// the order of their numbers.
static bool
read_distances(long name, uint32_t node, uint32_t nodes)
{
    char file[40], text[1024], *rest = text;
    long distance[MAX_NODES];
    uint8_t *near = topology.near[node];

    snprintf(file, sizeof(file), "node%ld/distance", name);
    if (!read_text(file, text, sizeof(text)))
        return false;
    for (uint32_t i = 0; i < nodes; i++) {
        char *from = rest;

        distance[i] = strtol(from, &rest, 10);
        if (rest == from)
            return false;
    }
    distance[node] = -1;                // itself first, whatever is said
    for (uint32_t i = 0; i < nodes; i++) {
        uint32_t k = i;

        for (; k > 0 && distance[near[k - 1]] > distance[i]; k--)
            near[k] = near[k - 1];
        near[k] = (uint8_t)i;
    }
    return true;
}

static uint32_t
read_nodes(void)
{
    char text[256], *list = text;
    long name[MAX_NODES], next = 0, last = -1, n;
    uint32_t nodes = 0;

    if (!read_text("online", text, sizeof(text)))
        return 1;
    while ((n = next_of_list(&list, &next, &last)) >= 0) {
        if (nodes == MAX_NODES)
            return 1;
        name[nodes++] = n;
    }
    for (uint32_t i = 0; nodes > 1 && i < nodes; i++)
        if (!read_processors(name[i], i) || !read_distances(name[i], i, nodes))
            return 1;
    return nodes;
}

void
topology_read(void)
{
    if (topology.nodes != 0)
        return;
    topology.nodes = read_nodes();
    if (topology.nodes <= 1)
        memset(&topology, 0, sizeof(topology));
}

uint32_t
topology_here(void)
{
    int cpu = world.cpu();

    return cpu >= 0 && cpu < MAX_CPUS ? node_of[cpu] : 0;
}

/** @file topology.h  Which processors have their memory near to one another.
 *
 * Nodes are numbered from 0 on, without gaps, whatever the kernel calls them.
 */
#ifndef TOPOLOGY_H
#define TOPOLOGY_H

#include <stdint.h>

enum { MAX_NODES = 64 };

// What the kernel says; read once, before there are threads. If it says nothing
// that makes sense, there is one node.
void topology_read(void);

// The node that this thread runs on, now.
uint32_t topology_here(void);

extern struct topology {
    uint32_t nodes;                             // 0 as long as nothing is read
    uint8_t near[MAX_NODES][MAX_NODES];         // near[n]: all, the nearest first
} topology;

static inline uint32_t
topology_nodes(void)
{
    return topology.nodes > 1 ? topology.nodes : 1;
}

// Of all nodes the one that is the i-th nearest to node; i is 0 for itself.
static inline uint32_t
topology_near(uint32_t node, uint32_t i)
{
    return topology.near[node][i];
}

#endif

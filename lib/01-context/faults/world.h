/** @file world.h  The first seam in a build that tests failures (FAULTS=1): the
 * same world, but that tests choose what it answers. faults.c says how.
 */
#ifndef FAULTS_WORLD_H
#define FAULTS_WORLD_H

// The usual table, under another name. (Included by its path, because in the
// build's folder this file stands in its place.)
#define world usual_world
#include "lib/01-context/world.h"
#undef world

// faults.c
extern const struct usual_world world __attribute__((visibility("hidden")));

#endif

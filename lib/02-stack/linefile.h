/** @file linefile.h  The files that a unit of .debug_line (see line.c) tells of. */
#ifndef LINEFILE_H
#define LINEFILE_H

#include "bytes.h"

// What stands in the head of a unit.
struct line_unit {
    // Where texts may stand: .debug_line_str and .debug_str.
    struct bytes line_str, str;

    unsigned version;           // of the standard: 2 to 5
    bool wide;                  // numbers of 8 bytes for places in the file
    unsigned step;              // what the address is counted in
    int line_base;              // of the special opcodes
    unsigned line_range;        // never 0
    unsigned opcode_base;       // never 0: the first of them
    struct bytes operands;      // how many opcode 1, 2, ... opcode_base - 1 has
    struct bytes names;         // tables of folders and files
    struct bytes program;
};

// Write the path of the n-th file of unit u, a text of at most `room` bytes, to
// path. False if there is none, or it is longer; then path is "".
bool linefile_path(const struct line_unit *u, uint64_t n, char *path,
                   size_t room);

#endif

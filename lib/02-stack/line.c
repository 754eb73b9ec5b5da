/** @file line.c  Finding the line of an address, in what a compiler wrote down
 * for debuggers.
 *
 * The section .debug_line has a unit for each file that was compiled. A unit
 * would be a table, with a row (address, file, line) for each place in the
 * code where one of them changes. Such a table would be larger than the code,
 * so the unit is a program instead, for a little machine that makes the rows:
 *
 *     set_address 0x1139
 *     advance_line 2, copy        a row: 0x1139, line 3
 *     special opcode              a row: 0x1141, line 4
 *     advance_pc 9, end_sequence  the end, at 0x114a
 *
 * A row holds up to the next one. The rows up to an end are a sequence:
 * addresses go up in it. Sequences come in any order, so all are made until
 * one has the address that is wanted.
 *
 * The rules are chapter 6.2 of the DWARF standard (dwarfstd.org), versions 2
 * to 5, and the names are those found there. Nothing in the file is believed:
 * see bytes.h.
 */
#include "line.h"

#include "linefile.h"
#include "section.h"

// What the machine does. There are more opcodes: that of others changes
// nothing here, and is passed over.
enum {
    DW_LNS_extended,
    DW_LNS_copy,
    DW_LNS_advance_pc,
    DW_LNS_advance_line,
    DW_LNS_set_file,
    DW_LNS_const_add_pc = 8,
    DW_LNS_fixed_advance_pc,

    DW_LNE_end_sequence = 1,
    DW_LNE_set_address,
};

// ---- Units -----------------------------------------------------------------

// The next unit of what is left; *wide is for its numbers of 8 bytes, not 4.
static struct bytes
next_unit(struct bytes *all, bool *wide)
{
    uint64_t bytes = bytes_number(all, 4);

    *wide = bytes == 0xffffffff;
    if (*wide)
        bytes = bytes_number(all, 8);
    return bytes_take(all, bytes);
}

// Read the beginning of the unit b. False if we cannot read on: it is damaged,
// or of a version to come.
static bool
read_unit(struct bytes b, struct line_unit *u)
{
    u->version = (unsigned)bytes_number(&b, 2);
    if (u->version < 2 || u->version > 5)
        return false;
    if (u->version == 5)
        bytes_take(&b, 2);          // how wide an address is; segments

    struct bytes head = bytes_take(&b, bytes_number(&b, u->wide ? 8 : 4));

    u->program = b;
    u->step = (unsigned)bytes_number(&head, 1);
    if (u->version >= 4)
        bytes_take(&head, 1);       // of machines unlike ours
    bytes_take(&head, 1);           // where breakpoints are best
    u->line_base = (int8_t)bytes_number(&head, 1);
    u->line_range = (unsigned)bytes_number(&head, 1);
    u->opcode_base = (unsigned)bytes_number(&head, 1);
    if (u->line_range == 0 || u->opcode_base == 0)
        return false;
    u->operands = bytes_take(&head, u->opcode_base - 1);
    u->names = head;
    return !b.bad && !head.bad;
}

// ---- The machine -----------------------------------------------------------

struct row {
    uint64_t address, file;
    uint32_t line;
};

enum effect { NO_ROW, ROW, END };

static enum effect
extended(struct bytes b, struct row *now)
{
    switch (bytes_number(&b, 1)) {
    case DW_LNE_end_sequence:
        return END;
    case DW_LNE_set_address:
        now->address = bytes_number(&b, 8);
        break;
    }
    return NO_ROW;
}

// A row by one byte: the address and the line go up by a little.
static enum effect
special(const struct line_unit *u, unsigned opcode, struct row *now)
{
    const unsigned by = opcode - u->opcode_base;

    now->address += by / u->line_range * u->step;
    now->line += (uint32_t)(u->line_base + (int)(by % u->line_range));
    return ROW;
}

static void
pass_over(const struct line_unit *u, unsigned opcode, struct bytes *b)
{
    for (unsigned n = u->operands.p[opcode - 1]; n > 0; n--)
        bytes_unsigned(b);
}

// Do what stands first in b.
static enum effect
step(const struct line_unit *u, struct bytes *b, struct row *now)
{
    const unsigned opcode = (unsigned)bytes_number(b, 1);

    if (opcode >= u->opcode_base)
        return special(u, opcode, now);
    switch (opcode) {
    case DW_LNS_extended:
        return extended(bytes_take(b, bytes_unsigned(b)), now);
    case DW_LNS_copy:
        return ROW;
    case DW_LNS_advance_pc:
        now->address += bytes_unsigned(b) * u->step;
        break;
    case DW_LNS_advance_line:
        now->line += (uint32_t)bytes_signed(b);
        break;
    case DW_LNS_set_file:
        now->file = bytes_unsigned(b);
        break;
    case DW_LNS_const_add_pc:       // as the special opcode 255 would
        now->address += (255 - u->opcode_base) / u->line_range * u->step;
        break;
    case DW_LNS_fixed_advance_pc:
        now->address += bytes_number(b, 2);
        break;
    default:
        pass_over(u, opcode, b);
    }
    return NO_ROW;
}

// Code that the linker threw away keeps its lines. They are for address 0, or
// -1, and may reach far enough to look like those of the first functions.
static bool
thrown_away(uint64_t first)
{
    return first + 1 <= 1;
}

// Run the program of u until a row holds for address: that is *found.
static bool
find_row(const struct line_unit *u, uint64_t address, struct row *found)
{
    static const struct row reset = { .file = 1, .line = 1 };
    struct bytes b = u->program;
    struct row now = reset, last = reset;
    bool inside = false;            // of a sequence: last is a row of it
    bool ignored = false;

    while (bytes_left(&b)) {
        const enum effect effect = step(u, &b, &now);

        if (effect == NO_ROW)
            continue;
        if (inside && !ignored && last.address <= address &&
            address < now.address) {
            *found = last;
            return true;
        }
        if (!inside)
            ignored = thrown_away(now.address);
        inside = effect == ROW;
        last = now;
        if (effect == END)
            now = reset;
    }
    return false;
}

// ---- All of it -------------------------------------------------------------

static struct bytes
section(const void *file, size_t bytes, const char *name)
{
    static const unsigned char nothing[1];
    struct section s;

    if (!section_find(file, bytes, name, &s))
        return (struct bytes){ .p = nothing, .end = nothing };
    return (struct bytes){ .p = s.start, .end = s.start + s.bytes };
}

bool
line_find(const void *file, size_t bytes, uint64_t address, struct line *line)
{
    struct bytes all = section(file, bytes, ".debug_line");
    struct line_unit u = {
        .line_str = section(file, bytes, ".debug_line_str"),
        .str = section(file, bytes, ".debug_str"),
    };
    struct row row;

    *line = (struct line){ 0 };
    while (bytes_left(&all)) {
        const struct bytes unit = next_unit(&all, &u.wide);

        if (!read_unit(unit, &u) || !find_row(&u, address, &row))
            continue;
        // A compiler says 0 where code is of no line, or of several.
        line->number = row.line;
        return row.line != 0 &&
               linefile_path(&u, row.file, line->file, sizeof(line->file));
    }
    return false;
}

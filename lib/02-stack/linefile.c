/** @file linefile.c  The names of the files that a unit of .debug_line tells of.
 *
 * Two tables: the folders, and the files, each with the number of its folder.
 * Up to version 4 they are lists of texts. Since version 5 a description goes
 * before each table: which columns there are, and in which form.
 *
 * Folder 0 is the one that the compiler ran in. It is left out, so that a path
 * reads as it was given to the compiler: as __FILE__ does.
 */
#include <stdio.h>

#include "linefile.h"

enum {
    // The columns that matter.
    DW_LNCT_path = 1,
    DW_LNCT_directory_index,

    DW_FORM_data2 = 0x05,
    DW_FORM_data4,
    DW_FORM_data8,
    DW_FORM_string,
    DW_FORM_block,
    DW_FORM_data1 = 0x0b,
    DW_FORM_strp = 0x0e,
    DW_FORM_udata,
    DW_FORM_data16 = 0x1e,
    DW_FORM_line_strp,
};

struct entry {
    const char *name;
    uint64_t folder;            // a file's
};

// ---- Versions 2 to 4 -------------------------------------------------------

// Read folder n, counted from 1, and all the others. "" if there is none.
static const char *
old_folder(struct bytes *b, uint64_t n)
{
    const char *name, *found = "";

    for (uint64_t i = 1; *(name = bytes_text(b)) != '\0'; i++)
        if (i == n)
            found = name;
    return found;
}

static bool
old_file(const struct line_unit *u, uint64_t n, struct entry *file,
         const char **folder)
{
    struct bytes b = u->names;

    old_folder(&b, 0);
    for (uint64_t i = 1; *(file->name = bytes_text(&b)) != '\0'; i++) {
        file->folder = bytes_unsigned(&b);
        bytes_unsigned(&b);         // when it was changed
        bytes_unsigned(&b);         // how long it is
        if (i == n) {
            b = u->names;
            *folder = old_folder(&b, file->folder);
            return true;
        }
    }
    return false;
}

// ---- Version 5 -------------------------------------------------------------

static const char *
text_at(struct bytes texts, uint64_t place)
{
    bytes_take(&texts, place);
    return bytes_text(&texts);
}

// Read a column of this form into whichever of the two it is.
static void
column(const struct line_unit *u, struct bytes *b, uint64_t form,
       const char **text, uint64_t *number)
{
    const size_t width = u->wide ? 8 : 4;

    switch (form) {
    case DW_FORM_string:    *text = bytes_text(b); break;
    case DW_FORM_line_strp: *text = text_at(u->line_str, bytes_number(b, width)); break;
    case DW_FORM_strp:      *text = text_at(u->str, bytes_number(b, width)); break;
    case DW_FORM_udata:     *number = bytes_unsigned(b); break;
    case DW_FORM_data1:     *number = bytes_number(b, 1); break;
    case DW_FORM_data2:     *number = bytes_number(b, 2); break;
    case DW_FORM_data4:     *number = bytes_number(b, 4); break;
    case DW_FORM_data8:     *number = bytes_number(b, 8); break;
    case DW_FORM_data16:    bytes_take(b, 16); break;
    case DW_FORM_block:     bytes_take(b, bytes_unsigned(b)); break;
    default:                bytes_take(b, UINT64_MAX); break;   // who knows?
    }
}

// Read the table that begins at b. Whether it has entry n, counted from 0.
static bool
table(const struct line_unit *u, struct bytes *b, uint64_t n,
      struct entry *found)
{
    const unsigned columns = (unsigned)bytes_number(b, 1);
    const struct bytes description = *b;
    bool has = false;

    for (unsigned i = 0; i < 2 * columns; i++)
        bytes_unsigned(b);

    const uint64_t entries = bytes_unsigned(b);

    // Without columns it has nothing to read, and would take for ever.
    for (uint64_t i = 0; i < entries && columns > 0 && !b->bad; i++) {
        struct bytes d = description;
        struct entry e = { .name = "" };

        for (unsigned k = 0; k < columns; k++) {
            const uint64_t what = bytes_unsigned(&d);
            const char *text = "";
            uint64_t number = 0;

            column(u, b, bytes_unsigned(&d), &text, &number);
            if (what == DW_LNCT_path)
                e.name = text;
            else if (what == DW_LNCT_directory_index)
                e.folder = number;
        }
        if (i == n && !b->bad) {
            *found = e;
            has = true;
        }
    }
    return has;
}

static bool
new_file(const struct line_unit *u, uint64_t n, struct entry *file,
         const char **folder)
{
    struct bytes b = u->names;
    struct entry e = { .name = "" };

    table(u, &b, UINT64_MAX, &e);
    if (!table(u, &b, n, file))
        return false;
    b = u->names;
    if (file->folder != 0)
        table(u, &b, file->folder, &e);
    *folder = e.name;
    return true;
}

// ---- Both ------------------------------------------------------------------

bool
linefile_path(const struct line_unit *u, uint64_t n, char *path,
              size_t room)
{
    struct entry file = { .name = "" };
    const char *folder = "";
    int bytes = 0;

    path[0] = '\0';
    if (!(u->version < 5 ? old_file : new_file)(u, n, &file, &folder))
        return false;
    if (file.name[0] == '/' || folder[0] == '\0')
        bytes = snprintf(path, room, "%s", file.name);
    else
        bytes = snprintf(path, room, "%s/%s", folder, file.name);
    if (bytes <= 0 || (size_t)bytes >= room) {
        path[0] = '\0';
        return false;
    }
    return true;
}

/** @file bytes.h  Reading from memory that may hold anything.
 *
 * Nobody reads past the end: whoever wants more than there is gets 0, or
 * nothing, and `bad` stays set from then on. So one look at `bad`, after many
 * reads, is enough. Then nothing is left, either, and loops come to an end.
 *
 * Numbers are little-endian, as on both our machines, and aligned to nothing.
 */
#ifndef BYTES_H
#define BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct bytes {
    const unsigned char *p, *end;   // what is left: [p, end)
    bool bad;
};

static inline bool
bytes_left(const struct bytes *b)
{
    return b->p < b->end;
}

// The next n bytes, to be read by themselves; b goes on behind them.
static inline struct bytes
bytes_take(struct bytes *b, uint64_t n)
{
    struct bytes part = { .p = b->p, .end = b->end };

    if (n > (uint64_t)(b->end - b->p)) {
        b->bad = part.bad = true;
        b->p = part.p = b->end;
        return part;
    }
    part.end = b->p += n;
    return part;
}

// A number of n bytes, at most 8.
static inline uint64_t
bytes_number(struct bytes *b, size_t n)
{
    struct bytes part = bytes_take(b, n);
    uint64_t number = 0;

    while (part.end > part.p)
        number = number << 8 | *--part.end;
    return number;
}

// A number in groups of 7 bits, the lowest first (LEB128). Bits from the 65th
// on are lost. *bits: how many there were.
static inline uint64_t
bytes_groups(struct bytes *b, unsigned *bits)
{
    uint64_t number = 0;
    unsigned char byte;

    *bits = 0;
    do {
        byte = (unsigned char)bytes_number(b, 1);
        if (*bits < 64) {
            number |= (uint64_t)(byte & 0x7f) << *bits;
            *bits += 7;
        }
    } while (byte & 0x80);
    return number;
}

static inline uint64_t
bytes_unsigned(struct bytes *b)
{
    unsigned bits;

    return bytes_groups(b, &bits);
}

static inline int64_t
bytes_signed(struct bytes *b)
{
    unsigned bits;
    uint64_t number = bytes_groups(b, &bits);

    if (bits < 64 && number >> (bits - 1) != 0)
        number |= UINT64_MAX << bits;
    return (int64_t)number;
}

// A text with its 0. "" if it has none, and b is bad.
static inline const char *
bytes_text(struct bytes *b)
{
    const char *text = (const char *)b->p;
    const size_t left = (size_t)(b->end - b->p);
    const size_t length = left > 0 ? strnlen(text, left) : 0;

    if (length == left) {
        b->bad = true;
        b->p = b->end;
        return "";
    }
    b->p += length + 1;
    return text;
}

#endif

// MISTAKE   A range is counted when it has found the root.
// WHY       It is counted before it looks at anything. But what it has found
//           may be freed before that.
// CHECK     map-range-clear
// GETS      Memory is used after it was freed.

    // [lab map-range]
    root = root_of(m);
    map_range_begins(&range);
    // [lab map-range]

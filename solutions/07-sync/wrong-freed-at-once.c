// MISTAKE   What has been unlinked is freed at once.
// WHY       Nobody can find it any more. But somebody has found it, and still
//           looks at it.
// CHECK     map-delete-load
// GETS      Memory is used after it was freed.

    // [lab map-retire]
    node_free(m, node);
    // [lab map-retire]

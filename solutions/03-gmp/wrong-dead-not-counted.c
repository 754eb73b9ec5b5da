// MISTAKE   The end is not counted.
// WHY       It is dead, and everybody can see it. But nobody goes through all
//           of them to count.
// GETS      A goroutine that has ended is still counted.

    // [lab goexit]
    if (gp->locked_m != NULL)
        take_along(mp, gp);
    g_set_status(gp, G_RUNNING, G_DEAD);
    gfree_put(mp, gp);
    if (mp->ends)
        p_hand_off(mp);
    // [lab goexit]

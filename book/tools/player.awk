# player.awk - a recorded run, to be stepped through by player.js
#
#   awk -v title="..." -v names="g1=main" -v limit=400 \
#       -f events.awk -f player.awk EVENTS
#
# The events stand in the page itself, because a page that is opened as a file
# may not fetch others.

END {
    if (broken)
        exit 2
    understand()
    if (T == 0)
        complain("nothing ran in this recording")
    shown = limit > 0 && N > limit ? limit : N
    printf "<section class=\"run-player\" tabindex=\"0\" aria-label=\"%s, step by step\" data-names=\"%s\" data-title=\"%s\" data-more=\"%s\">\n",
        xml(title), xml(names), xml(title), shown < N ? "The first " shown " of " N " events." \
        : cut ? "The recording was full before the run ended." : ""
    print "<p class=\"still\">This recording is played by a script. The picture and its table show the same run.</p>"
    print "<script type=\"text/plain\">"
    for (i = 1; i <= shown; i++) {
        text = when[i] - first_time " " on_m[i] " " on_p[i] " " by[i] " " what[i] " " about[i] " " how[i]
        gsub(/<\//, "< /", text)
        print text
    }
    print "</script></section>"
}

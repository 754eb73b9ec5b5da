# source.awk - a composed source, as Doxygen reads it
#
#   awk -f source.awk FILE             for the listing: numbered as written
#   awk -v document=1 -f source.awk FILE    for the reference, too: what stands
#                                      above a function in // lines describes it
#
# The lines stay the same in number and order. Only the #line that tells where
# the file came from goes.

function text_of(line) {
    # What is markup for Doxygen is text in a plain comment.
    gsub(/[\\@<>]/, "\\\\&", line)
    sub(/^\/\//, "///", line)
    return line
}

function flush(described,    i) {
    for (i = 1; i <= held; i++)
        print described ? text_of(block[i]) : block[i]
    held = 0
}

FNR == 1 && /^#line / { next }

document && /^\/\/( |$)/ && !/^\/\/ (\[|---)/ {
    block[++held] = $0
    next
}

{
    # At the left edge, and no blank line between: it belongs together.
    flush($0 ~ /^[a-z_]/)
    print
}

END { flush(0) }

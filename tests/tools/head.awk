# head.awk - the head of a wrong version: MISTAKE, WHY and GETS, one line each,
# with a tab after the name.
!/^\/\/ / { exit }
{
    line = $0
    sub(/^\/\/ +/, "", line)
    if (line ~ /^[A-Z]+   /) {
        if (name != "") print name "\t" text
        name = $2
        sub(/^[A-Z]+ +/, "", line)
        text = line
    } else {
        text = text " " line
    }
}
END { if (name != "") print name "\t" text }

# nearest.awk - which word did they mean?

# How many single letters must change to make b of a.
function distance(a, b,    i, j, row, left, up, diagonal) {
    for (j = 0; j <= length(b); j++)
        row[j] = j
    for (i = 1; i <= length(a); i++) {
        diagonal = row[0]
        row[0] = i
        for (j = 1; j <= length(b); j++) {
            up = row[j]
            if (substr(a, i, 1) != substr(b, j, 1))
                diagonal++
            left = row[j - 1] + 1
            if (left < diagonal) diagonal = left
            if (up + 1 < diagonal) diagonal = up + 1
            row[j] = diagonal
            diagonal = up
        }
    }
    return row[length(b)]
}

# The index of `words` that is nearest to word; the first in order of two.
function nearest(word, words,    other, best, d, least) {
    least = 1e9
    for (other in words) {
        d = distance(word, other)
        if (d < least || (d == least && other < best)) {
            least = d
            best = other
        }
    }
    return best
}

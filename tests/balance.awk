# From a log: the balance asked for beside what was reached.  One school line by line; of a district, column by column.
# Fields are plain here: no value of the examples holds a comma.
BEGIN { FS = "," }

$1 == "school" { schools++ }

$1 == "count" {
    name = $2 " " $3
    if (!(name in counts)) count_name[++count_names] = name
    counts[name]++
    kept[name] += $7 >= $5 && $8 <= $6
    count_line[++count_lines] = sprintf("  %-28s  %10s  %10s", name " " $4, $5 " to " $6, $7 " to " $8)
}

$1 == "mean" || $1 == "deviation" {
    name = $2 " " $3 ($1 == "mean" ? ", means" : ", deviations") ", gap " $4
    if (!(name in means)) mean_name[++mean_names] = name
    gap = $6 - $5
    if (!(name in means) || gap < least[name]) least[name] = gap
    if (!(name in means) || gap > most[name]) most[name] = gap
    means[name]++
    asked[name] = $4
}

END {
    if (schools == 1) {
        print "  in each class                      asked     reached"
        for (i = 1; i <= count_lines; i++) print count_line[i]
        for (i = 1; i <= mean_names; i++) {
            name = mean_name[i]
            sub(/, gap .*/, "", mean_name[i])
            printf "  %-28s  %10s  %10s\n", mean_name[i] " differ by", asked[name], sprintf("%.5g", most[name])
        }
        exit
    }
    for (i = 1; i <= count_names; i++) {
        name = count_name[i]
        printf "  %s: %d counts, in each class the fair share rounded down or up; kept %d\n", name, counts[name], kept[name]
    }
    for (i = 1; i <= mean_names; i++) {
        name = mean_name[i]
        printf "  %s: asked of %d schools; classes differ by %.5g to %.5g\n", name, means[name], least[name], most[name]
    }
}

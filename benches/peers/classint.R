# Fisher's classes of all values (beyond 3,000 a sample is the default): writes the count of each class, prints the
# seconds.
suppressMessages(library(classInt))
given <- commandArgs(trailingOnly = TRUE)
value <- read.csv(given[1])$value
k <- as.integer(given[2])
seconds <- system.time(found <- classIntervals(value, k, style = "fisher", largeN = length(value) + 1))[["elapsed"]]
counts <- table(findInterval(value, found$brks, left.open = TRUE, all.inside = TRUE))
writeLines(as.character(counts), given[3])
cat(seconds, "\n")

# Local Moran's I by permutation: writes values and p-values, prints the seconds of the better number of cores.
suppressMessages({library(spdep); library(parallel)})
given <- commandArgs(trailingOnly = TRUE)
value <- read.csv(given[1])$value
weights <- nb2listw(read.gal(given[2], override.id = TRUE), style = "W")
draws <- as.integer(given[3])
seconds <- sapply(unique(c(1L, as.integer(given[4]))), function(cores) {
  set.mcOption(TRUE)
  set.coresOption(if (cores > 1) cores else NULL)
  system.time(found <<- localmoran_perm(value, weights, nsim = draws))[["elapsed"]]
})
write.csv(found[, c("Ii", "Pr(folded) Sim")], given[5], row.names = FALSE)
cat(min(seconds), "\n")

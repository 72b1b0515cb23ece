# Two series of R's datasets package, with ties and without a trend to speak of: Rscript series.R >> ../data/series.csv
for (name in c("Nile", "LakeHuron")) {
  series <- window(get(name), end = start(get(name))[1] + 29)
  for (place in seq_along(series)) {
    cat(tolower(name), time(series)[place], series[place], sep = ",")
    cat("\n")
  }
}

# What R says of the series in ../data/series.csv: Rscript models.R > ../data/r.csv
suppressMessages(library(forecast))

cat(sprintf("# R %s, forecast %s\n", getRversion(), packageVersion("forecast")))
cat("series,model,figure,year,value\n")
rows <- read.csv("../data/series.csv", comment.char = "#")
for (series in unique(rows$series)) {
  own <- rows[rows$series == series, ]
  last <- max(own$year)
  years <- last + 1:8
  say <- function(model, figure, year, value) {
    cat(sprintf("%s,%s,%s,%s,%.17g\n", series, model, figure, year, value), sep = "")
  }
  fit <- lm(log(value) ~ year, own)
  for (level in c(80, 95)) {
    found <- exp(predict(fit, data.frame(year = years), interval = "prediction", level = level / 100))
    say("log_linear", paste0("lower", level), years, found[, "lwr"])
    say("log_linear", paste0("upper", level), years, found[, "upr"])
  }
  # With equal values in one variable only, z² of Kendall's test is that of Mann and Kendall.
  test <- cor.test(own$year, own$value, method = "kendall", exact = FALSE, continuity = TRUE)
  say("theil_sen", "z", "", test$statistic)
  say("theil_sen", "p", "", test$p.value)
  for (model in c("constant", "drift")) {
    walk <- rwf(ts(own$value, start = min(own$year)), h = 8, drift = model == "drift", level = 95)
    say(model, "value", years, walk$mean)
    say(model, "error", years, (walk$upper - walk$mean) / qnorm(0.975))
  }
}

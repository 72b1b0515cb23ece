"""What statsmodels, SciPy and pymannkendall say of the series in ../data/series.csv: python models.py > ../data/python.csv"""

import csv
import pathlib
import warnings
from importlib.metadata import version

import numpy as np
import pandas as pd
import pymannkendall
import statsmodels.api as sm
from scipy import interpolate, stats
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from statsmodels.tsa.holtwinters import ExponentialSmoothing

AHEAD = 8
FIXED = {"smoothing_level": 0.4, "smoothing_trend": 0.3, "damping_trend": 0.9}


def log_linear(years, values):
    """OLS on the logarithms, with the interval of a new observation."""
    t = years - years[-1]
    fit = sm.OLS(np.log(values), sm.add_constant(t)).fit()
    yield "rate", "", np.expm1(fit.params[1])
    yield "r_squared", "", fit.rsquared
    ahead = np.arange(1, AHEAD + 1)
    for level in (80, 95):
        frame = fit.get_prediction(sm.add_constant(ahead)).summary_frame(alpha=1 - level / 100)
        for year, row in zip(years[-1] + ahead, frame.itertuples()):
            yield f"lower{level}", year, np.exp(row.obs_ci_lower)
            yield f"upper{level}", year, np.exp(row.obs_ci_upper)
            if level == 80:
                yield "value", year, np.exp(row.mean)
    for year, value in zip(years, fit.fittedvalues):
        yield "fitted", year, np.exp(value)


def theil_sen(years, values):
    slope, intercept, _, _ = stats.theilslopes(np.log(values), years - years[-1], method="separate")
    yield "rate", "", np.expm1(slope)
    yield "value", years[-1] + 5, np.exp(intercept + 5 * slope)
    test = pymannkendall.original_test(values)
    yield "s", "", test.s
    yield "variance", "", test.var_s
    yield "z", "", test.z
    yield "p", "", test.p


def damped_fixed(years, values):
    """Given weights; the first level and trend are estimated."""
    model = ExponentialSmoothing(values, trend="add", damped_trend=True, initialization_method="estimated")
    with model.fix_params(FIXED):
        fit = model.fit(minimize_kwargs={"tol": 1e-14})
    yield "sse", "", fit.sse
    for step, value in enumerate(fit.forecast(AHEAD)):
        yield "value", years[-1] + 1 + step, value
    for year, value in zip(years, fit.fittedvalues):
        yield "fitted", year, value
    # The variance of ETS(A,Ad,N) over that of one step, for the same weights; the state space takes alpha times beta.
    index = pd.period_range(str(years[0]), periods=len(years), freq="Y")
    ets = ETSModel(pd.Series(values, index=index), error="add", trend="add", damped_trend=True)
    weights = [0.4, 0.4 * 0.3, 0.9, fit.params["initial_level"], fit.params["initial_trend"]]
    smoothed = ets.smooth(weights)
    prediction = smoothed.get_prediction(start=len(values), end=len(values) + AHEAD - 1)
    for step, variance in enumerate(np.asarray(prediction.forecast_variance)):
        yield "variance_ratio", years[-1] + 1 + step, variance / smoothed.scale


def damped_optimum(years, values):
    """The least sum of squared errors that statsmodels finds from many starts within the same bounds."""
    best = None
    for alpha in (0.1, 0.5, 0.9):
        for beta in (0.05, 0.5):
            for phi in (0.82, 0.9, 0.97):
                model = ExponentialSmoothing(
                    values, trend="add", damped_trend=True, initialization_method="estimated",
                    bounds={"damping_trend": (0.8, 0.98)},
                )
                start = np.array([alpha, beta, phi, values[0], values[1] - values[0]])
                fit = model.fit(start_params=start, minimize_kwargs={"tol": 1e-14})
                if best is None or fit.sse < best.sse:
                    best = fit
    yield "sse", "", best.sse


def monotone():
    x, y = np.array([0, 3, 8, 10, 18]), np.array([1, 1.08, 0.9, 0.9, 0.4])
    curve = interpolate.PchipInterpolator(x, y)
    for year in range(1, 19):
        yield "value", 2022 + year, float(curve(year))


def main():
    warnings.simplefilter("ignore")
    print("# " + ", ".join(f"{name} {version(name)}" for name in ("statsmodels", "scipy", "pymannkendall", "numpy")))
    print("series,model,figure,year,value")
    with open(pathlib.Path(__file__).parent / "../data/series.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    for series in dict.fromkeys(row["series"] for row in rows):
        own = [row for row in rows if row["series"] == series]
        years = np.array([int(row["year"]) for row in own])
        values = np.array([float(row["value"]) for row in own])
        for model in (log_linear, theil_sen, damped_fixed, damped_optimum):
            for figure, year, value in model(years, values):
                print(f"{series},{model.__name__},{figure},{year},{value!r}".replace("np.float64(", "").replace(")", ""))
    for figure, year, value in monotone():
        print(f"points,monotone,{figure},{year},{value!r}")


main()

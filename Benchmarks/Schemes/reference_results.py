"""scikit-learn's small tables, and how well its own models do on them."""

import json
import warnings

import sklearn
from sklearn import datasets, metrics
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from texts import write_table

SEEDS = [1, 2, 3, 4, 5]
TEST_SHARE = 0.2
HIDDEN = 64
EPOCHS = 3000
TABLES = {
    "iris": (datasets.load_iris, "species"), "digits": (datasets.load_digits, "digit"),
    "wine": (datasets.load_wine, "cultivar"),
    "breast-cancer": (datasets.load_breast_cancer, "diagnosis"),
    "diabetes": (datasets.load_diabetes, "progression"),
}


def write(folder, seed):
    warnings.simplefilter("ignore", ConvergenceWarning)  # the limit is part of what is compared
    results = {
        "scikit-learn": sklearn.__version__, "split": f"{TEST_SHARE:.0%} of the rows to test, by "
        f"train_test_split(random_state={seed}), stratified where there are classes",
        "inputs": "standardised by the training rows",
        "mlp": f"one hidden layer of {HIDDEN}, Adam, until the training loss stands still, "
        f"{EPOCHS} epochs at most",
        "mlp_seeds": SEEDS, "tables": {},
    }
    for name, (load, target) in TABLES.items():
        results["tables"][name] = table(name, load(), target, folder, seed)
    text = json.dumps(results, indent=2)
    (folder / "scikit-learn.json").write_text(text + "\n", encoding="utf-8")


def table(name, data, target, folder, seed):
    """Writes one table with the column `split`, and returns the results on it."""
    classes = getattr(data, "target_names", None)
    rows = range(len(data.target))
    _, test = train_test_split(
        rows, test_size=TEST_SHARE, random_state=seed,
        stratify=None if classes is None else data.target)
    test = set(test)
    train = [row for row in rows if row not in test]
    test = sorted(test)
    answers = data.target if classes is None else classes[data.target]
    parts = ["train"] * len(rows)
    for row in test:
        parts[row] = "test"
    write_table(
        folder / f"{name}.csv", [*data.feature_names, target, "split"],
        ([*data.data[row], answers[row], parts[row]] for row in rows))

    measure = regression if classes is None else classification
    return {"train": len(train), "test": len(test), **measure(data, train, test)}


def classification(data, train, test):
    models = {"logistic": [LogisticRegression(max_iter=5000)], "mlp": networks(MLPClassifier)}

    def figures(model):
        predictions = model.predict(data.data[test])
        return {
            "accuracy": metrics.accuracy_score(data.target[test], predictions),
            "macro_f1": metrics.f1_score(data.target[test], predictions, average="macro"),
            "cross_entropy": metrics.log_loss(
                data.target[test], model.predict_proba(data.data[test])),
        }

    return results(models, data, train, figures)


def regression(data, train, test):
    models = {"linear": [LinearRegression()], "mlp": networks(MLPRegressor)}

    def figures(model):
        predictions = model.predict(data.data[test])
        return {
            "r2": metrics.r2_score(data.target[test], predictions),
            "mean_squared_error": metrics.mean_squared_error(data.target[test], predictions),
            "mean_absolute_error": metrics.mean_absolute_error(data.target[test], predictions),
        }

    return results(models, data, train, figures)


def networks(kind):
    return [
        kind(hidden_layer_sizes=(HIDDEN,), max_iter=EPOCHS, random_state=seed) for seed in SEEDS]


def results(models, data, train, figures):
    """The figures of every model: one for the linear ones, which have no seed, five for networks."""
    return {
        name: [
            figures(make_pipeline(StandardScaler(), model).fit(data.data[train], data.target[train]))
            for model in kinds]
        for name, kinds in models.items()
    }

"""Writes the fixtures of the tables module beside this file: scikit-learn's measures.

    pip install scikit-learn
    python make_table_fixtures.py

The tests read the written file; scikit-learn is needed only to make it anew.
"""

import json
from pathlib import Path

import numpy as np
from sklearn import metrics

HERE = Path(__file__).resolve().parent


def classification(seed, classes, used, count):
    """Targets and predictions by chance, of the first `used` classes."""
    rng = np.random.default_rng(seed)
    targets = rng.integers(0, used, count)
    predictions = np.where(rng.random(count) < 0.6, targets, rng.integers(0, used, count))
    labels = list(range(classes))
    precision, recall, f1, support = metrics.precision_recall_fscore_support(
        targets, predictions, labels=labels, zero_division=0)
    return {
        "classes": classes, "targets": targets.tolist(), "predictions": predictions.tolist(),
        "confusion": metrics.confusion_matrix(targets, predictions, labels=labels).tolist(),
        "precision": precision.tolist(), "recall": recall.tolist(), "f1": f1.tolist(),
        "support": support.tolist(),
        "accuracy": metrics.accuracy_score(targets, predictions),
        "macroF1": metrics.f1_score(targets, predictions, average="macro", zero_division=0),
    }


def regression(seed, centre, spread, count):
    rng = np.random.default_rng(seed)
    targets = centre + spread * rng.normal(size=count)
    predictions = targets + 0.5 * spread * rng.normal(size=count)
    return {
        "targets": targets.tolist(), "predictions": predictions.tolist(),
        "meanSquaredError": metrics.mean_squared_error(targets, predictions),
        "meanAbsoluteError": metrics.mean_absolute_error(targets, predictions),
        "determination": metrics.r2_score(targets, predictions),
    }


fixture = {
    "classification": [
        classification(1, 2, 2, 50), classification(2, 4, 4, 60),
        # Few examples of many classes: some are never seen, some never predicted.
        classification(3, 12, 10, 15),
    ],
    "regression": [regression(4, 0, 1, 20), regression(5, 1e6, 0.5, 40)],
}
(HERE / "measures-scikit-learn.json").write_text(json.dumps(fixture) + "\n")

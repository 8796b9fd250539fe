#!/usr/bin/env python3
"""Trains the int8 network of the digits example and writes everything that the example embeds.

    python3 -m venv venv && venv/bin/pip install -r requirements.txt && venv/bin/python train.py

The files and the integer arithmetic are described in README.md. `infer` below is that arithmetic; the program
in src/program.rs computes the same, bit for bit.
"""

import os
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier

DATA = Path(__file__).parent / "data"
SEED = 2026
HELD_OUT = 360
HIDDEN = 64
WEIGHT_MAX = 127
ACTIVATION_MAX = 127


def train(images, labels):
    """A float network 64 -> HIDDEN -> 10 with ReLU between; images are scaled to 0..1."""
    network = MLPClassifier(
        hidden_layer_sizes=(HIDDEN,), alpha=1e-2, max_iter=3000, tol=1e-5, random_state=SEED
    )
    return network.fit(images / 16, labels)


def quantise(network, images):
    """Integer layers. `images` (training only) calibrate the range of the hidden activations."""
    (hidden, output), (hidden_bias, output_bias) = network.coefs_, network.intercepts_
    activation = np.maximum(images / 16 @ hidden + hidden_bias, 0)
    activation_step = np.quantile(activation.max(axis=1), 0.999) / ACTIVATION_MAX

    # One weight step for each hidden neuron: its multiplier brings the sum back to the common activation step.
    weight_step = np.abs(hidden).max(axis=0) / WEIGHT_MAX
    sum_step = weight_step / 16
    multiplier = np.rint(sum_step / activation_step * 2**32).astype(np.int64)
    # Half an activation step, in units of the sum, turns the floor of the multiplication into rounding.
    bias = np.rint(hidden_bias / sum_step + activation_step / sum_step / 2).astype(np.int64)

    # One step for all output neurons, because argmax compares them.
    output_step = np.abs(output).max() / WEIGHT_MAX
    layers = {
        "hidden_weights": np.rint(hidden / weight_step).T,
        "hidden_requant": np.stack([bias, multiplier], axis=1),
        "output_weights": np.rint(output / output_step).T,
        "output_bias": np.rint(output_bias / (output_step * activation_step)),
    }
    return {name: layer.astype(np.int64) for name, layer in layers.items()}


def infer(layers, images):
    """The labels that the program computes. 64-bit sums: the asserts show that 32 bits hold them."""
    bias, multiplier = layers["hidden_requant"].T
    sums = images.astype(np.int64) @ layers["hidden_weights"].T + bias
    hidden = np.clip((sums * multiplier) >> 32, 0, ACTIVATION_MAX)
    scores = hidden @ layers["output_weights"].T + layers["output_bias"]
    assert max(np.abs(sums).max(), np.abs(scores).max()) < 2**31
    return scores.argmax(axis=1)


def write(name, values, dtype):
    info = np.iinfo(dtype)
    assert info.min <= values.min() and values.max() <= info.max, name
    (DATA / name).write_bytes(np.ascontiguousarray(values).astype(dtype).tobytes())


def digits(labels):
    return "".join(map(str, labels))


def main():
    dataset = load_digits()
    images, held_out, labels, truth = train_test_split(
        dataset.data.astype(np.int64),
        dataset.target,
        test_size=HELD_OUT,
        random_state=SEED,
        stratify=dataset.target,
    )
    network = train(images, labels)
    layers = quantise(network, images)
    predicted = infer(layers, held_out)
    accuracy = float((predicted == truth).mean())
    float_labels = network.predict(held_out / 16)
    float_accuracy = float((float_labels == truth).mean())

    DATA.mkdir(exist_ok=True)
    write("images.i8", held_out, "<i1")
    write("hidden_weights.i8", layers["hidden_weights"], "<i1")
    write("hidden_requant.i32", layers["hidden_requant"], "<i4")
    write("output_weights.i8", layers["output_weights"], "<i1")
    write("output_bias.i32", layers["output_bias"], "<i4")
    (DATA / "truth.txt").write_text(digits(truth))
    (DATA / "predicted.txt").write_text(digits(predicted))

    print(f"trained on {len(images)} images, held out {HELD_OUT}")
    print(f"float   accuracy {float_accuracy:.4f}")
    print(f"integer accuracy {accuracy:.4f}, same label as float on {(predicted == float_labels).sum()}")


if __name__ == "__main__":
    main()

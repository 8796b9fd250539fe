"""Times onnxruntime's MatMulInteger: for every line of input, one run and its nanoseconds as a line of output."""

import sys
import time

import numpy
import onnxruntime
from onnx import TensorProto, helper

# onnxruntime is 30 times as fast with an unsigned left operand as with two signed ones: compare with its best.
TYPES = {"a": TensorProto.UINT8, "b": TensorProto.INT8}

size = int(sys.argv[1])
graph = helper.make_graph(
    [helper.make_node("MatMulInteger", ["a", "b"], ["out"])],
    "product",
    [helper.make_tensor_value_info(name, type_, [size, size]) for name, type_ in TYPES.items()],
    [helper.make_tensor_value_info("out", TensorProto.INT32, [size, size])],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
random = numpy.random.default_rng(1)
operands = {
    "a": random.integers(0, 256, (size, size), dtype=numpy.uint8),
    "b": random.integers(-128, 128, (size, size), dtype=numpy.int8),
}
for _ in sys.stdin:
    started = time.perf_counter_ns()
    session.run(None, operands)
    print(time.perf_counter_ns() - started, flush=True)

"""Times onnxruntime's MatMulInteger: for every line of input, one run and its nanoseconds as a line of output."""

import sys
import time

import numpy
import onnxruntime
from onnx import TensorProto, helper

size = int(sys.argv[1])
graph = helper.make_graph(
    [helper.make_node("MatMulInteger", ["a", "b"], ["out"])],
    "product",
    [helper.make_tensor_value_info(name, TensorProto.INT8, [size, size]) for name in "ab"],
    [helper.make_tensor_value_info("out", TensorProto.INT32, [size, size])],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
random = numpy.random.default_rng(1)
operands = {name: random.integers(-128, 128, (size, size), dtype=numpy.int8) for name in "ab"}
for _ in sys.stdin:
    started = time.perf_counter_ns()
    session.run(None, operands)
    print(time.perf_counter_ns() - started, flush=True)

package io.edgeshard.runtime.graph;

import io.edgeshard.runtime.graph.onnx.Value;

/** A hidden state still in two parts, since the norm after it adds them on its way. */
record Sum(Value left, Value right) {}

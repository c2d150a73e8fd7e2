#!/usr/bin/python3
"""oracle.py DCNN MODEL[@NAME=1x3x224x224]... - multiplications and parameters counted twice: by ONNX's own shape
inference (Debian python3-onnx) and a few lines here, and by `dcnn profile`. Prints both as a table; exits 1 where they
differ. For developers: no test needs it."""
import json
import subprocess
import sys
from math import prod

import numpy
import onnx
from onnx import numpy_helper, shape_inference

# Inputs that say how, not what with: a constant there is no weight.
SETTINGS = {'Reshape': [1], 'Clip': [1, 2], 'Pad': [1, 2, 3], 'Resize': [1, 2, 3], 'Upsample': [1], 'Slice': [1, 2, 3, 4],
            'Squeeze': [1], 'Unsqueeze': [1], 'ReduceSum': [1], 'ReduceMean': [1], 'Split': [1], 'Expand': [1], 'Tile': [1],
            'TopK': [1], 'Gather': [1], 'Pow': [1], 'Dropout': [1, 2], 'OneHot': [1]}
MAKERS = ['ConstantOfShape', 'Shape', 'Size']


def load(path, shape):
    model = onnx.load(path)
    weights = {w.name for w in model.graph.initializer}
    inputs = [i for i in model.graph.input if i.name not in weights]
    for value in inputs:
        dims = value.type.tensor_type.shape.dim
        if shape and (shape[0] is None or shape[0] == value.name):
            for dim, size in zip(dims, shape[1]):
                dim.Clear()
                dim.dim_value = size
        if dims and not dims[0].HasField('dim_value'):
            dims[0].Clear()
            dims[0].dim_value = 1
    for output in model.graph.output:  # what the file claims may be for another input
        output.type.tensor_type.ClearField('shape')
    return settle(model)


def slice_of(node, data, starts=None, ends=None, axes=None, steps=None):
    if starts is None:  # before operator set 10
        given = {a.name: list(a.ints) for a in node.attribute}
        starts, ends, axes = given['starts'], given['ends'], given.get('axes')
    cuts = [slice(None)] * data.ndim
    axes = range(len(starts)) if axes is None else axes
    for k, axis in enumerate(axes):
        cuts[axis] = slice(starts[k], ends[k], None if steps is None else steps[k])
    return data[tuple(cuts)]


# How exporters compute sizes. Whatever else they use stays unknown, and counting fails.
EVALUATE = {
    'Concat': lambda node, *parts: numpy.concatenate(parts),
    'Cast': lambda node, x: x.astype(onnx.mapping.TENSOR_TYPE_TO_NP_TYPE[node.attribute[0].i]),
    'Mul': lambda node, a, b: a * b,
    'Slice': slice_of,
}


def evaluate(graph):
    """Works out constants that shape inference does not follow; returns them by name."""
    shapes = shapes_of(graph)
    known = {w.name: numpy_helper.to_array(w) for w in graph.initializer}
    for node in graph.node:
        output = node.output[0]
        if node.op_type == 'Constant':
            known[output] = numpy_helper.to_array(node.attribute[0].t)
        elif node.op_type == 'Shape' and node.input[0] in shapes:
            known[output] = numpy.array(shapes[node.input[0]], dtype=numpy.int64)
        elif node.op_type in EVALUATE and all(name in known for name in node.input):
            known[output] = EVALUATE[node.op_type](node, *(known[name] for name in node.input))
    return known


def settle(model):
    """Infers shapes; where a Reshape waits for sizes computed from a shape, gives it their values and infers again."""
    open_sizes = {node.input[1] for node in model.graph.node if node.op_type == 'Reshape'}
    given = {w.name for w in model.graph.initializer} | {o for n in model.graph.node if n.op_type == 'Constant' for o in n.output}
    while True:
        del model.graph.value_info[:]
        inferred = shape_inference.infer_shapes(model, data_prop=True)
        known = evaluate(inferred.graph)
        fresh = [name for name in open_sizes - given if name in known]
        if not fresh:
            return inferred
        for name in fresh:
            for node in model.graph.node:
                if name in node.output:
                    model.graph.node.remove(node)
            model.graph.initializer.append(numpy_helper.from_array(known[name], name))
            given.add(name)


def shapes_of(graph):
    shapes = {w.name: list(w.dims) for w in graph.initializer}
    for value in [*graph.value_info, *graph.input, *graph.output]:
        dims = value.type.tensor_type.shape.dim
        if value.name not in shapes and value.type.tensor_type.HasField('shape') and all(d.HasField('dim_value') for d in dims):
            shapes[value.name] = [d.dim_value for d in dims]
    for node in graph.node:
        if node.op_type == 'Constant':
            shapes[node.output[0]] = list(node.attribute[0].t.dims)
    return shapes


def constants_of(graph):
    constants = {w.name for w in graph.initializer}
    for node in graph.node:
        if node.op_type == 'Shape' or all(name in constants or not name for name in node.input):
            constants.update(node.output)
    return constants


def sources_of(graph, constants):
    """Constants that are another one in a new shape or type, by name: they are no further weights."""
    sources = {}
    for node in graph.node:
        made_of = [name for k, name in enumerate(node.input) if name and k not in SETTINGS.get(node.op_type, [])]
        if len(node.output) == len(made_of) == 1 and {*made_of, *node.output} <= constants and node.op_type not in MAKERS:
            sources[node.output[0]] = sources.get(made_of[0], made_of[0])
    return sources


def count(graph):
    shapes, constants = shapes_of(graph), constants_of(graph)
    sources = sources_of(graph, constants)
    weights, multiplications = set(), 0
    for node in graph.node:
        if all(name in constants for name in node.output):
            continue
        used = [name for k, name in enumerate(node.input) if name in constants and k not in SETTINGS.get(node.op_type, [])]
        weights.update(sources.get(name, name) for name in used)
        if node.op_type in ('Conv', 'ConvTranspose', 'ConvInteger'):
            each = node.input[0] if node.op_type == 'ConvTranspose' else node.output[0]
            multiplications += prod(shapes[each]) * prod(shapes[node.input[1]][1:])
        elif node.op_type == 'Gemm':
            flip = any(a.name == 'transA' and a.i for a in node.attribute)
            multiplications += prod(shapes[node.output[0]]) * shapes[node.input[0]][0 if flip else 1]
        elif node.op_type == 'MatMul':
            multiplications += prod(shapes[node.output[0]]) * shapes[node.input[0]][-1]
    return sum(prod(shapes[name]) for name in weights), multiplications


def split_argument(argument):
    """MODEL@NAME=1x3x224x224 as path, (name or None, sizes) or None, and the text of the shape."""
    path, _, text = argument.rpartition('@') if argument.rfind('@') > argument.rfind('/') else (argument, '', '')
    name, _, sizes = text.rpartition('=')
    return path, (name or None, [int(size) for size in sizes.split('x')]) if text else None, text


def print_header():
    print(f'{"model":<36} {"parameters":>12} {"multiplications":>16}  dcnn')


def report(path, expected, found):
    """Prints a row; whether they agree."""
    equal = expected == (found['parameters'], found['ops'])
    verdict = 'same' if equal else f'DIFFERS: {found["parameters"]} {found["ops"]}'
    print(f'{path.rsplit("/", 1)[-1]:<36} {expected[0]:>12} {expected[1]:>16}  {verdict}')
    return equal


def main():
    dcnn, same = sys.argv[1], True
    print_header()
    for argument in sys.argv[2:]:
        path, shape, text = split_argument(argument)
        command = [dcnn, 'profile', path, '--json'] + (['--input-shape', text] if text else [])
        found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        same = report(path, count(load(path, shape).graph), found) and same
    return 0 if same else 1


if __name__ == '__main__':
    sys.exit(main())

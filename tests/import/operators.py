#!/usr/bin/python3
"""operators.py DCNN - shapes and types of outputs, one operator at a time, against the expected outputs in Debian's
libonnx-testdata. All inputs but the first become constants, for the importer needs sizes before a model runs; models
of operator sets before 7 are converted first, by ONNX's own converter. Prints how many agree, every disagreement, and
what was refused; exits 1 on a disagreement. For developers: no test needs it."""
import collections
import glob
import json
import re
import subprocess
import sys
import tempfile

import onnx
from onnx import version_converter

OPSET_LEAST = 7
NAMES = {1: 'float32', 2: 'uint8', 3: 'int8', 4: 'uint16', 5: 'int16', 6: 'int32', 7: 'int64', 8: 'string', 9: 'bool',
         10: 'float16', 11: 'float64', 12: 'uint32', 13: 'uint64', 14: 'complex64', 15: 'complex128', 16: 'bfloat16'}
# The data have bfloat16 as bare bits.
SAME = {('bfloat16', 'uint16')}


def read_tensor(path):
    tensor = onnx.TensorProto()
    with open(path, 'rb') as file:
        tensor.ParseFromString(file.read())
    return tensor


def prepare(folder):
    """The model with its inputs made constant, and what its outputs shall be."""
    model = onnx.load(f'{folder}/model.onnx')
    if model.opset_import[0].version < OPSET_LEAST:
        model = version_converter.convert_version(model, OPSET_LEAST)
    data = f'{folder}/test_data_set_0'
    weights = {w.name for w in model.graph.initializer}
    inputs = [value for value in model.graph.input if value.name not in weights]
    for k, value in enumerate(inputs):
        tensor = read_tensor(f'{data}/input_{k}.pb')
        if k > 0:
            tensor.name = value.name
            model.graph.initializer.append(tensor)
            continue
        del value.type.tensor_type.shape.dim[:]
        for size in tensor.dims:
            value.type.tensor_type.shape.dim.add().dim_value = size
    outputs = [read_tensor(f'{data}/output_{k}.pb') for k in range(len(model.graph.output))]
    return model, [(NAMES[tensor.data_type], list(tensor.dims)) for tensor in outputs]


def agree(found, expected):
    return all(f[1] == e[1] and (f[0] == e[0] or (f[0], e[0]) in SAME) for f, e in zip(found, expected))


def main():
    agreed, differ, refused = 0, 0, collections.Counter()
    for folder in sorted(glob.glob('/usr/share/libonnx-testdata/data/*/test_*/model.onnx')):
        folder = folder.rsplit('/', 1)[0]
        try:
            model, expected = prepare(folder)
        except Exception as fault:  # sequences and maps, which are no tensors; what the converter does not know
            refused[f'not prepared: {type(fault).__name__}'] += 1
            continue
        with tempfile.NamedTemporaryFile(suffix='.onnx') as file:
            onnx.save(model, file.name)
            done = subprocess.run([sys.argv[1], 'profile', file.name, '--json'], capture_output=True, text=True)
        if done.returncode not in (0, 3):
            print(f'{folder}: exit {done.returncode}')
            differ += 1
        elif done.returncode == 3:
            refused[re.sub(r'"[^"]*"', '""', done.stderr.split('.onnx: ')[-1].strip())] += 1
        else:
            found = [(tensor['type'], tensor['shape']) for tensor in json.loads(done.stdout)['outputs']]
            if agree(found, expected):
                agreed += 1
            else:
                print(f'{folder}: {found}, expected {expected}')
                differ += 1
    print(f'{agreed} agree, {differ} differ, {sum(refused.values())} refused')
    for text, count in refused.most_common():
        print(f'{count:6} {text}')
    return 1 if differ else 0


if __name__ == '__main__':
    sys.exit(main())

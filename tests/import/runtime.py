#!/usr/bin/python3
"""runtime.py DCNN NODE_MODULES [COUNT [SEED]] - COUNT random operators (random_operators.py) as models, run by ONNX
Runtime: types and shapes of what comes out, against what `dcnn profile` says. Prints each disagreement.
runtime.py DCNN NODE_MODULES MODEL@NAME=1x3x224x224... - multiplications and parameters of whole models, counted from the
shapes that all their tensors have when they run, as oracle.py counts them.
NODE_MODULES has npm's onnxruntime-web. Exits 1 on a disagreement. For developers: no test needs it."""
import collections
import json
import os
import random
import subprocess
import sys
import tempfile

import onnx
from onnx import helper

import oracle
import random_operators

HERE = os.path.dirname(os.path.abspath(__file__))
TYPES = {'float32': 1, 'uint8': 2, 'int8': 3, 'int32': 6, 'int64': 7, 'bool': 9, 'float16': 10}


def run(modules, folder, models):
    """What runtime.mjs says of each model: (path, inputs)."""
    listed = f'{folder}/list.json'
    with open(listed, 'w', encoding='utf-8') as file:
        json.dump([{'path': path, 'inputs': inputs} for path, inputs in models], file)
    command = ['node', f'{HERE}/runtime.mjs', modules, listed]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def profile(dcnn, path, *options):
    done = subprocess.run([dcnn, 'profile', path, '--json', *options], capture_output=True, text=True)
    if done.returncode not in (0, 3):
        sys.exit(f'{path}: exit {done.returncode}')
    return json.loads(done.stdout) if done.returncode == 0 else done.stderr.split('.onnx: ')[-1].strip()


def compare(path, ops, told, found):
    """One word for the tally; prints what differs."""
    if 'fault' in told:
        return 'not run by the runtime'
    if isinstance(found, str):
        if all(0 in shape for _, shape in told['outputs'].values()) or 'depends on an input' in found:
            return 'refused: nothing comes out'
        print(f'{path} {ops}: {found}')
        return 'REFUSED'
    outputs = {tensor['name']: [tensor['type'], tensor['shape']] for tensor in found['outputs']}
    if outputs != told['outputs']:
        print(f'{path} {ops}: {outputs}, expected {told["outputs"]}')
        return 'DIFFER'
    return 'agree'


def try_operators(dcnn, modules, folder, count, seed):
    source, models, tally = random.Random(seed), [], collections.Counter()
    for k in range(count):
        model = random_operators.random_model(source)
        model.save(f'{folder}/{k}.onnx')
        models.append(model)
    paths = [f'{folder}/{k}.onnx' for k in range(count)]
    answers = run(modules, folder, [(path, model.inputs) for path, model in zip(paths, models)])
    for path, model, told in zip(paths, models, answers):
        ops = f'operator set {model.opset}: ' + ', '.join(node.op_type for node in model.nodes)
        tally[compare(path, ops, told, profile(dcnn, path))] += 1
    for word, times in tally.most_common():
        print(f'{times:7} {word}')
    return tally['REFUSED'] + tally['DIFFER'] > 0


def open_everything(path, shape, opened):
    """Saves the model with every tensor as an output; returns it and its inputs."""
    model = onnx.load(path)
    weights = {weight.name for weight in model.graph.initializer}
    inputs = []
    for value in model.graph.input:
        tensor = value.type.tensor_type
        if value.name in weights:
            continue
        if shape and shape[0] in (None, value.name):
            del tensor.shape.dim[:]
            for size in shape[1]:
                tensor.shape.dim.add().dim_value = size
        inputs.append([value.name, tensor.elem_type, [dim.dim_value or 1 for dim in tensor.shape.dim]])
    del model.graph.output[:]
    del model.graph.value_info[:]  # what the file says may be for another input
    for node in model.graph.node:
        model.graph.output.extend(onnx.ValueInfoProto(name=name) for name in node.output if name)
    onnx.save(model, opened)
    return model, inputs


def try_model(dcnn, modules, folder, argument):
    path, shape, text = oracle.split_argument(argument)
    model, inputs = open_everything(path, shape, f'{folder}/open.onnx')
    told = run(modules, folder, [(f'{folder}/open.onnx', inputs)])[0]
    if 'fault' in told:
        sys.exit(f'{path}: {told["fault"]}')
    for name, (kind, sizes) in told['outputs'].items():
        model.graph.value_info.append(helper.make_tensor_value_info(name, TYPES[kind], sizes))
    del model.graph.output[:]
    return oracle.report(path, oracle.count(model.graph), profile(dcnn, path, *(['--input-shape', text] if text else [])))


def main():
    dcnn, modules, arguments = sys.argv[1], sys.argv[2], sys.argv[3:]
    with tempfile.TemporaryDirectory() as folder:
        if not arguments or arguments[0].isdigit():
            count, seed = (int(number) for number in (arguments + ['2000', '1'][len(arguments):]))
            return try_operators(dcnn, modules, folder, count, seed)
        oracle.print_header()
        same = [try_model(dcnn, modules, folder, argument) for argument in arguments]
        return not all(same)


if __name__ == '__main__':
    sys.exit(main())

// runtime.mjs NODE_MODULES LIST - runs models with ONNX Runtime (npm onnxruntime-web) and prints, as JSON, type and shape
// of every output of each, or why it did not run. LIST is what runtime.py writes.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [modules, list] = process.argv.slice(2);
const runtime = await import(pathToFileURL(path.resolve(modules, 'onnxruntime-web/dist/ort.node.min.mjs')));
const kinds = {
    1: ['float32', Float32Array], 2: ['uint8', Uint8Array], 3: ['int8', Int8Array], 6: ['int32', Int32Array],
    7: ['int64', BigInt64Array], 9: ['bool', Uint8Array],
};

async function run({ path: file, inputs }) {
    const options = { logSeverityLevel: 4, graphOptimizationLevel: 'disabled' };
    const session = await runtime.InferenceSession.create(fs.readFileSync(file), options);
    const feeds = {};
    for (const [name, kind, shape] of inputs) {
        const [type, Elements] = kinds[kind];
        const elements = new Elements(shape.reduce((a, b) => a * b, 1)).fill(type === 'int64' ? 1n : 1);
        feeds[name] = new runtime.Tensor(type, elements, shape);
    }
    const results = await session.run(feeds);
    await session.release();
    return Object.fromEntries(Object.entries(results).map(([name, tensor]) => [name, [tensor.type, [...tensor.dims]]]));
}

runtime.env.wasm.numThreads = 1;
const told = [];
for (const model of JSON.parse(fs.readFileSync(list))) {
    try {
        told.push({ outputs: await run(model) });
    } catch (fault) {
        told.push({ fault: String(fault) });
    }
}
process.stdout.write(JSON.stringify(told));

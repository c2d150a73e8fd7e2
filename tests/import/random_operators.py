"""One random operator as a model, for runtime.py: every operator set from 7 to 21, attributes and inputs as that set has
them. Not all of it is valid: what the runtime refuses is left out of the comparison."""
import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSETS = (7, 21)
MICROSOFT = 'com.microsoft'


class Model:
    """A model under construction; every tensor that a node makes is an output."""

    def __init__(self, random):
        self.random = random
        self.opset = random.randint(*OPSETS)
        self.nodes, self.weights, self.inputs, self.outputs, self.domains = [], [], [], [], set()

    def input(self, shape, kind=TensorProto.FLOAT):
        self.inputs.append((f'x{len(self.inputs)}', kind, shape))
        return self.inputs[-1][0]

    def constant(self, array):
        self.weights.append(numpy_helper.from_array(numpy.asarray(array), f'c{len(self.weights)}'))
        return self.weights[-1].name

    def list(self, *numbers):
        return self.constant(numpy.array(numbers, numpy.int64))

    def real(self, *numbers):
        return self.constant(numpy.array(numbers, numpy.float32))

    def tensor(self, *shape, kind=numpy.float32):
        return self.constant(numpy.ones(shape, kind))

    def node(self, op, inputs, outputs=1, domain='', **attributes):
        names = [f'y{len(self.nodes)}_{k}' for k in range(outputs)]
        self.nodes.append(helper.make_node(op, inputs, names, domain=domain, **attributes))
        self.outputs += names
        self.domains.update({domain} - {''})
        return names[0]

    def number(self, least, most):
        return self.random.randint(least, most)

    def choice(self, *values):
        return self.random.choice(values)

    def chance(self, probability=0.5):
        return self.random.random() < probability

    def sizes(self, rank, least=1, most=9):
        return [self.number(least, most) for _ in range(rank)]

    def some(self, rank, count=None):
        """Some axes, from the end where the operator set allows that."""
        axes = self.random.sample(range(rank), count or self.number(1, rank))
        return [axis - rank if self.opset >= 11 and self.chance() else axis for axis in axes]

    def save(self, path):
        inputs = [helper.make_tensor_value_info(*value) for value in self.inputs]
        outputs = [onnx.ValueInfoProto(name=name) for name in self.outputs]
        graph = helper.make_graph(self.nodes, 'random', inputs, outputs, self.weights)
        sets = [helper.make_opsetid('', self.opset)] + [helper.make_opsetid(name, 1) for name in self.domains]
        model = helper.make_model(graph, opset_imports=sets)
        model.ir_version = 4 if self.opset < 9 else 8 if self.opset < 19 else 9 if self.opset < 21 else 10
        with open(path, 'wb') as file:
            file.write(model.SerializeToString())


def window(m, rank, dilations=True):
    given = {}
    if m.chance(0.7):
        given['strides'] = m.sizes(rank, 1, 3)
    if dilations and m.chance(0.3):
        given['dilations'] = m.sizes(rank, 1, 2)
    if m.chance(0.2):
        given['auto_pad'] = m.choice('SAME_UPPER', 'SAME_LOWER', 'VALID', 'NOTSET')
        given.pop('dilations', None)  # the runtime leaves them out of account
    elif m.chance():
        given['pads'] = m.sizes(2 * rank, 0, 2)
    return given


def conv(m):
    rank, groups = m.number(1, 3), m.choice(1, 1, 2, 4)
    inner, outer, kernel = m.number(1, 3), groups * m.number(1, 3), m.sizes(rank, 1, 4)
    inputs = [m.input([m.number(1, 2), groups * inner] + m.sizes(rank, 3, 11)), m.tensor(outer, inner, *kernel)]
    given = window(m, rank)
    if m.chance():
        inputs.append(m.tensor(outer))
        given['kernel_shape'] = kernel
    m.node('Conv', inputs, group=groups, **given)


def conv_transposed(m):
    rank, groups = m.number(1, 2), m.choice(1, 1, 2)
    inner, kernel, given = groups * m.number(1, 3), m.sizes(rank, 1, 4), window(m, rank)
    if m.chance(0.3):
        given['output_padding'] = [m.number(0, stride - 1) for stride in given.get('strides', [1] * rank)]
    if m.chance(0.2):
        given.pop('pads', None)
        given['output_shape'] = m.sizes(rank, 4, 16)
    if 'auto_pad' in given:  # where strides are longer than kernels, the runtime's sizes are not those of the standard
        given['strides'] = [m.number(1, size) for size in kernel]
    x = m.input([1, inner] + m.sizes(rank, 2, 7))
    m.node('ConvTranspose', [x, m.tensor(inner, m.number(1, 3), *kernel)], group=groups, **given)


def pool(m):
    op, rank = m.choice('MaxPool', 'AveragePool', 'LpPool'), m.number(1, 3)
    first_with_dilations = {'MaxPool': 10, 'AveragePool': 19, 'LpPool': 18}[op]
    first_with_ceil = {'MaxPool': 10, 'AveragePool': 10, 'LpPool': 18}[op]
    given, kernel = window(m, rank, m.opset >= first_with_dilations), m.sizes(rank, 1, 4)
    if 'pads' in given:
        given['pads'] = [min(pad, kernel[k % rank] - 1) for k, pad in enumerate(given['pads'])]
    if m.opset >= first_with_ceil and m.chance(0.4):
        given['ceil_mode'] = 1
    reach = [2 * size - 1 for size in kernel]  # at most; the runtime's sizes are no guide where kernels do not fit
    x = m.input([m.number(1, 2), m.number(1, 3)] + [m.number(size, size + 6) for size in reach])
    m.node(op, [x], 2 if op == 'MaxPool' and m.opset >= 8 and m.chance(0.3) else 1, kernel_shape=kernel, **given)


def pool_global(m):
    op = m.choice('GlobalAveragePool', 'GlobalMaxPool', 'GlobalLpPool')
    m.node(op, [m.input([1, m.number(1, 4)] + m.sizes(m.number(1, 3)))])


def gemm(m):
    rows, inner, columns = m.sizes(3)
    flip_a, flip_b = m.number(0, 1), m.number(0, 1)
    a = m.input([inner, rows] if flip_a else [rows, inner])
    b = m.tensor(columns, inner) if flip_b else m.tensor(inner, columns)
    m.node('Gemm', [a, b, m.tensor(columns)], transA=flip_a, transB=flip_b)


def matmul(m):
    inner, stack = m.number(1, 5), m.sizes(2, 1, 3)
    shapes = []
    for matrix in ([m.number(1, 4), inner], [inner, m.number(1, 4)]):
        rank = m.number(1, 4)
        front = [size if m.chance(0.7) else 1 for size in stack[4 - rank:]]
        shapes.append([inner] if rank == 1 else front + matrix)
    m.node('MatMul', [m.input(shape) for shape in shapes])


def normalize(m):
    channels = 2 * m.number(1, 4)
    shape = [m.number(1, 2), channels] + m.sizes(m.number(1, 3))
    x, scale = m.input(shape), m.tensor(channels)
    op = m.choice('BatchNormalization', 'LRN', 'InstanceNormalization', 'LayerNormalization', 'GroupNormalization')
    if op == 'BatchNormalization':
        m.node(op, [x, scale, scale, scale, scale])
    elif op == 'LayerNormalization' and m.opset >= 17:
        axis = m.number(-len(shape), len(shape) - 1)
        m.node(op, [x, m.tensor(*shape[axis:])], m.choice(1, 3), axis=axis)
    elif op == 'GroupNormalization' and m.opset >= 18:
        scale = m.tensor(channels if m.opset >= 21 else 2)
        m.node(op, [x, scale, scale], num_groups=2)
    elif op == 'InstanceNormalization':
        m.node(op, [x, scale, scale])
    else:
        m.node('LRN', [x], size=3)


SINCE = {'Celu': 12, 'Erf': 9, 'Gelu': 20, 'HardSwish': 14, 'Mish': 18, 'Round': 11, 'Shrink': 9, 'Sign': 9, 'Sinh': 9,
         'Atanh': 9, 'ThresholdedRelu': 10}
ACTIVATIONS = ['Relu', 'Sigmoid', 'Tanh', 'LeakyRelu', 'Elu', 'Selu', 'HardSigmoid', 'Softplus', 'Softsign', 'Exp',
               'Log', 'Sqrt', 'Abs', 'Neg', 'Floor', 'Ceil', 'Identity', 'Softmax', 'LogSoftmax', 'Hardmax', *SINCE]


def activate(m):
    op = m.choice(*ACTIVATIONS)
    m.node(op if m.opset >= SINCE.get(op, 7) else 'Relu', [m.input(m.sizes(m.number(1, 5)))])


def combine(m):
    since = {'Max': 8, 'Min': 8, 'Mean': 8, 'Sum': 8, 'Equal': 11, 'Greater': 9, 'Less': 9, 'GreaterOrEqual': 12}
    op, shape = m.choice('Add', 'Sub', 'Mul', 'Div', 'Pow', 'PRelu', *since), m.sizes(m.number(1, 4))
    other = [size if m.chance(0.7) else 1 for size in shape][m.number(0, len(shape) - 1):]
    if op != 'PRelu' and m.chance(0.3):
        shape = [size if m.chance(0.6) else 1 for size in shape]
    m.node(op if m.opset >= since.get(op, 7) else 'Add', [m.input(shape), m.input(other)])


def concat(m):
    shape = m.sizes(m.number(1, 4))
    axis = m.some(len(shape), 1)[0]
    inputs = []
    for _ in range(m.number(1, 4)):
        part = list(shape)
        part[axis] = m.number(1, 5)
        inputs.append(m.input(part))
    m.node('Concat', inputs, axis=axis)


def split(m):
    shape, parts = m.sizes(m.number(1, 4)), m.number(1, 4)
    axis = m.some(len(shape), 1)[0]
    sizes, given, lists = m.sizes(parts, 0, 4), {'axis': axis}, []
    if m.chance():
        shape[axis] = sum(sizes)
        if m.opset < 13:
            given['split'] = sizes
        else:
            lists.append(m.list(*sizes))
    elif m.opset < 18:
        shape[axis] = parts * m.number(1, 3)
    else:
        shape[axis] = m.number(parts, 9)
        given['num_outputs'] = parts
    m.node('Split', [m.input(shape)] + lists, parts, **given)


def slice_(m):
    shape = m.sizes(m.number(1, 4))
    axes = m.some(len(shape))
    steps = [m.choice(1, 1, 2, 3, -1, -2) if m.opset >= 10 else 1 for _ in axes]
    starts = [m.number(-shape[axis] - 1, shape[axis] + 1) for axis in axes]
    far = {True: (2**31 - 1, 2**62), False: (-2**31, -2**63)}
    ends = [m.choice(m.number(-shape[axis] - 2, shape[axis] + 2), *far[step > 0]) for axis, step in zip(axes, steps)]
    if m.opset < 10:
        m.node('Slice', [m.input(shape)], starts=starts, ends=ends, axes=axes)
    else:
        m.node('Slice', [m.input(shape)] + [m.list(*numbers) for numbers in (starts, ends, axes, steps)])


def reshape(m):
    shape = m.sizes(m.number(1, 4))
    wanted = m.choice([-1], [0] * m.number(1, len(shape)) + [-1], shape[::-1])
    m.node('Reshape', [m.input(shape), m.list(*wanted)])


def flatten(m):
    rank = m.number(1, 4)
    m.node('Flatten', [m.input(m.sizes(rank))], axis=m.number(0 if m.opset < 11 else -rank, rank))


def squeeze(m):
    shape = m.sizes(m.number(2, 5))
    axes = m.some(len(shape), m.number(1, 2))
    for axis in axes:
        shape[axis] = 1
    with_axes(m, 'Squeeze', [m.input(shape)], axes if m.chance(0.8) else None, 13)


def unsqueeze(m):
    rank, more = m.number(1, 3), m.number(1, 2)
    with_axes(m, 'Unsqueeze', [m.input(m.sizes(rank))], m.some(rank + more, more), 13)


def with_axes(m, op, inputs, axes, since, **given):
    """Axes are an attribute before operator set `since`, an input from there on."""
    if axes is None:
        m.node(op, inputs, **given)
    elif m.opset < since:
        m.node(op, inputs, axes=axes, **given)
    else:
        m.node(op, inputs + [m.list(*axes)], **given)


def transpose(m):
    order = list(range(m.number(1, 5)))
    m.random.shuffle(order)
    m.node('Transpose', [m.input(m.sizes(len(order)))], **({'perm': order} if m.chance(0.8) else {}))


def pad(m):
    shape, mode = m.sizes(m.number(1, 4), 3, 9), m.choice('constant', 'reflect', 'edge')
    pads = m.sizes(2 * len(shape), -1 if mode == 'constant' else 0, 2)
    x = m.input(shape)
    if m.opset < 11:
        m.node('Pad', [x], pads=pads, mode=mode)
    elif m.opset >= 18 and m.chance():
        axes = m.some(len(shape))
        m.node('Pad', [x, m.list(*m.sizes(2 * len(axes), 0, 2)), '', m.list(*axes)], mode=mode)
    else:
        m.node('Pad', [x, m.list(*pads)], mode=mode)


def resize(m):
    shape = [1, m.number(1, 3)] + m.sizes(2, 2, 9)
    x, scales = m.input(shape), [1, 1] + [m.choice(0.5, 2, 1.5, 0.3, 0.7, 3.3) for _ in range(2)]
    larger = [float(max(1, scale)) for scale in scales]
    if m.opset < 9:
        m.node('Upsample', [x], scales=larger)
    elif m.opset == 9:
        m.node('Upsample', [x, m.real(*larger)])
    elif m.opset == 10:
        m.node('Resize', [x, m.real(*scales)])
    elif m.chance():
        few = m.opset >= 18 and m.chance()
        m.node('Resize', [x, m.real(), m.real(*scales[2:] if few else scales)], **({'axes': [2, 3]} if few else {}))
    elif m.opset >= 18 and m.chance():
        policy = m.choice('not_larger', 'not_smaller', 'stretch')
        m.node('Resize', [x, '', '', m.list(*m.sizes(2, 2, 15))], axes=[2, 3], keep_aspect_ratio_policy=policy)
    else:
        m.node('Resize', [x, m.real(), m.real(), m.list(*shape[:2], *m.sizes(2, 2, 15))])


def reduce(m):
    op = m.choice('Sum', 'Mean', 'Max', 'Min', 'Prod', 'L1', 'L2', 'SumSquare', 'LogSum', 'LogSumExp')
    since = 13 if op == 'Sum' else 18
    shape = m.sizes(m.number(1, 4))
    given = {'noop_with_empty_axes': m.number(0, 1)} if m.opset >= since else {}
    axes = m.some(len(shape)) if m.chance(0.8) else None
    with_axes(m, f'Reduce{op}', [m.input(shape)], axes, since, keepdims=m.number(0, 1), **given)


def choose(m):
    shape = m.sizes(m.number(1, 3), 2, 9)
    axis = m.some(len(shape), 1)[0]
    if m.chance():
        m.node(m.choice('ArgMax', 'ArgMin'), [m.input(shape)], axis=axis, keepdims=m.number(0, 1))
    elif m.opset < 10:
        m.node('TopK', [m.input(shape)], 2, axis=axis, k=m.number(1, shape[axis]))
    else:
        m.node('TopK', [m.input(shape), m.list(m.number(1, shape[axis]))], 2, axis=axis)


def rearrange(m):
    block, sizes = m.number(1, 3), m.sizes(3, 1, 3)
    m.choice(lambda: m.node('SpaceToDepth', [m.input([1, sizes[0], block * sizes[1], block * sizes[2]])], blocksize=block),
             lambda: m.node('DepthToSpace', [m.input([1, block * block * sizes[0]] + sizes[1:])], blocksize=block),
             lambda: m.node('Tile', [m.input(sizes), m.list(*m.sizes(3, 1, 3))]),
             lambda: m.opset >= 8 and m.node('Expand', [m.input([1] + sizes[1:]), m.list(2, *sizes)]),
             lambda: m.opset >= 18 and m.node('CenterCropPad', [m.input(sizes), m.list(*m.sizes(2, 2, 9))], axes=[0, -1]),
             lambda: m.opset >= 18 and m.node('Col2Im', [m.input([1, 4 * sizes[0], 9]), m.list(4, 4), m.list(2, 2)]))()


def gather(m):
    shape = m.sizes(m.number(1, 3), 2, 6)
    axis = m.some(len(shape), 1)[0]
    indices = m.constant(numpy.zeros(m.sizes(m.number(0, 2), 1, 3), numpy.int64))
    each = m.constant(numpy.zeros(shape, numpy.int64))
    deep = m.constant(numpy.zeros([2, m.number(1, len(shape))], numpy.int64))
    m.choice(lambda: m.node('Gather', [m.input(shape), indices], axis=axis),
             lambda: m.opset >= 11 and m.node('GatherElements', [m.input(shape), each], axis=axis),
             lambda: m.opset >= 11 and m.node('GatherND', [m.input(shape), deep]))()


def convert(m):
    shape = m.sizes(m.number(1, 4))
    x, flags = m.input(shape), [TensorProto.BOOL]
    m.choice(lambda: m.node('Cast', [x], to=m.choice(1, 2, 3, 6, 7, 9, 10, 11)),
             lambda: m.node('Dropout', [x], 2 if m.opset >= 10 else 1),
             lambda: m.node('Clip', [x] if m.opset < 11 else [x, m.constant(numpy.float32(0))]),
             lambda: m.opset >= 9 and m.node('Where', [m.input(shape, *flags), x, m.input([1] * len(shape))]),
             lambda: m.node(m.choice('And', 'Or', 'Xor'), [m.input(shape, *flags), m.input(shape, *flags)]))()


def quantize(m):
    kind, name = m.choice((numpy.uint8, TensorProto.UINT8), (numpy.int8, TensorProto.INT8))
    zero, scale = m.constant(kind(3)), m.constant(numpy.float32(0.1))
    shape, inner, outer = m.sizes(m.number(1, 4)), m.number(1, 3), m.number(1, 3)
    image, matrix = [1, inner] + m.sizes(2, 4, 9), [outer, inner]
    m.choice(lambda: m.node('QuantizeLinear', [m.input(shape), scale] + [zero] * m.number(0, 1)),
             lambda: m.node('DequantizeLinear', [m.input(shape, name), scale] + [zero] * m.number(0, 1)),
             lambda: m.node('QLinearConv', [m.input(image, name), scale, zero, m.tensor(outer, inner, 3, 3, kind=kind),
                                            scale, zero, scale, zero], **window(m, 2, False)),
             lambda: m.node('ConvInteger', [m.input(image, TensorProto.UINT8),
                                            m.tensor(outer, inner, 3, 3, kind=numpy.uint8)], **window(m, 2)),
             lambda: m.node('MatMulInteger', [m.input(matrix, TensorProto.UINT8), m.tensor(inner, 5, kind=numpy.uint8)]),
             lambda: m.node('QLinearMatMul', [m.input(matrix, name), scale, zero, m.tensor(inner, 5, kind=kind), scale,
                                              zero, scale, zero]),
             lambda: m.node('DynamicQuantizeLinear', [m.input(shape)], 3))()


def quantize_more(m):
    """What ONNX Runtime's own quantisation adds."""
    zero, scale = m.constant(numpy.uint8(3)), m.constant(numpy.float32(0.1))
    shape, how = [1, m.number(1, 4)] + m.sizes(2, 3, 7), [scale, zero]

    def x(*sizes):
        return [m.input(list(sizes) or shape, TensorProto.UINT8)]

    def add(op, inputs, **given):
        m.node(op, inputs, domain=MICROSOFT, **given)

    m.choice(lambda: add(m.choice('QLinearAdd', 'QLinearMul'), x() + how + x(*shape[1:]) + how + how),
             lambda: add('QLinearGlobalAveragePool', x() + how + how),
             lambda: add('QLinearAveragePool', x() + how + how, kernel_shape=[2, 2], ceil_mode=m.number(0, 1)),
             lambda: add('QLinearConcat', how + x() + how + x() + how, axis=1),
             lambda: add(m.choice('QLinearLeakyRelu', 'QLinearSigmoid'), x() + how + how),
             lambda: add('QLinearSoftmax', x() + how + how, axis=1, opset=13),
             lambda: add('QGemm', x(3, 4) + how + [m.tensor(5, 4, kind=numpy.uint8)] + how + [
                 m.tensor(5, kind=numpy.int32)] + how, transB=1),
             lambda: add('MatMulIntegerToFloat', x(3, 4) + [m.tensor(4, 5, kind=numpy.uint8), scale, scale]),
             lambda: add('DynamicQuantizeMatMul', [m.input([3, 4]), m.tensor(4, 5, kind=numpy.uint8), scale, zero]),
             lambda: add('FusedConv', [m.input(shape), m.tensor(3, shape[1], 3, 3)], activation='Relu'),
             lambda: add(m.choice('Gelu', 'FastGelu', 'QuickGelu'), [m.input(shape)]),
             lambda: add('BiasGelu', [m.input(shape), m.tensor(shape[-1])]))()


def recur(m):
    op, gates = m.choice(('LSTM', 4), ('GRU', 3), ('RNN', 1))
    hidden, inputs, directions = m.number(1, 4), m.number(1, 4), m.number(1, 2)
    m.node(op, [m.input([m.number(1, 4), m.number(1, 3), inputs]), m.tensor(directions, gates * hidden, inputs),
                m.tensor(directions, gates * hidden, hidden)], 3 if op == 'LSTM' else 2, hidden_size=hidden,
           direction='bidirectional' if directions == 2 else 'forward')


def look(m):
    boxes = m.real([0, 0, 4, 4], [1, 1, 5, 5])
    sizes = m.sizes(4, 2, 5)
    m.choice(lambda: m.opset >= 16 and m.node('GridSample', [m.input([1, 2] + sizes[:2]), m.input([1] + sizes[2:] + [2])]),
             lambda: m.opset >= 10 and m.node('RoiAlign', [m.input([1, 2, 8, 8]), boxes, m.list(0, 0)],
                                              output_height=sizes[0], output_width=sizes[1]),
             lambda: m.node('MaxRoiPool', [m.input([1, 2, 8, 8]), m.real([0, 0, 0, 4, 4])], pooled_shape=sizes[:2]),
             lambda: m.opset >= 20 and m.node('AffineGrid', [m.input([1, 2, 3]), m.list(1, 3, *sizes[:2])]),
             lambda: m.opset >= 9 and m.node('OneHot', [m.input(sizes[:2], TensorProto.INT64), m.constant(
                 numpy.int64(sizes[2])), m.real(0, 1)]),
             lambda: m.opset >= 12 and m.node('Einsum', [m.input(sizes[:3]), m.input([sizes[0], sizes[2], sizes[3]])],
                                              equation=m.choice('bij,bjk->bik', 'bij, bjk', '...ij,...jk->...ki')))()


OPERATORS = [conv, conv, conv, conv_transposed, conv_transposed, pool, pool, pool_global, gemm, matmul, normalize, activate,
             combine, combine, concat, split, slice_, slice_, reshape, flatten, squeeze, unsqueeze, transpose, pad, pad,
             resize, resize, reduce, reduce, choose, rearrange, gather, convert, quantize, quantize, quantize_more, recur,
             look]


def random_model(random):
    while True:
        model = Model(random)
        random.choice(OPERATORS)(model)
        if model.nodes:  # an operator that the set does not have yet makes none
            return model

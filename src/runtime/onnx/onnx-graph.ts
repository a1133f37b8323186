import { ProtoWriter } from './proto-writer.js';

/** Element types of values, with their ONNX codes. */
export const ELEMENT_TYPE = {
  float32: 1,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  bfloat16: 16,
} as const;

/** Name of an element type. */
export type ElementType = keyof typeof ELEMENT_TYPE;

/** The name of a value in a graph. */
export type Value = string;

/** A node attribute; whole numbers are integers unless wrapped as `{ float }`. */
export type Attribute =
  number | string | readonly number[] | { readonly float: number } | { readonly graph: OnnxGraph };

/** Domains of the operators used. */
export type Domain = '' | 'com.microsoft' | 'com.ms.internal.nhwc';

const OPSET: Readonly<Record<Domain, number>> = {
  '': 21,
  'com.microsoft': 1,
  'com.ms.internal.nhwc': 21,
};
const IR_VERSION = 10;
/** Every device has 8 buffers for a kernel: what is split, these, and the rest. */
const MOST_PARTS = 6;

/** Names shared by a graph and the branches inside it. */
interface Names {
  count: number;
  /** Names under which values of the outer graph are given out, by the names they were made under. */
  readonly given: Map<Value, string>;
}

/** A node as it was asked for. */
interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly domain: Domain;
}

/** An ONNX graph under construction: values are names, and every call appends one node or initialiser. */
export class OnnxGraph {
  readonly #names: Names;
  readonly #nodes: GraphNode[] = [];
  readonly #made = new Set<Value>();
  readonly #initialisers: (ProtoWriter | (() => ProtoWriter))[] = [];
  readonly #inputs: ProtoWriter[] = [];
  readonly #outputs: ProtoWriter[] = [];
  readonly #constants = new Map<string, Value>();
  #externalBytes = 0;

  constructor(names: Names = { count: 0, given: new Map() }) {
    this.#names = names;
  }

  /** Number of nodes, branches not counted. */
  get nodeCount(): number {
    return this.#nodes.length;
  }

  /** Bytes of the constants that lie in files beside the model, branches not counted. */
  get externalBytes(): number {
    return this.#externalBytes;
  }

  /** Declares an input; a string dimension is symbolic. */
  input(name: string, type: ElementType, dims: readonly (number | string)[]): Value {
    this.#inputs.push(valueInfo(name, type, dims));
    return name;
  }

  /** Declares `value` as an output under its own name, or under `name`; what a node made is renamed, which costs nothing. */
  output(
    value: Value,
    type: ElementType,
    dims: readonly (number | string)[],
    name: string = value,
  ): void {
    if (name !== value) {
      if (this.#made.has(value) && !this.#names.given.has(value)) {
        this.#names.given.set(value, name);
      } else {
        this.nodes('Identity', [value], [name]);
      }
    }
    this.#outputs.push(valueInfo(name, type, dims));
  }

  /** Appends a node with one output and returns it. An empty input name is an absent optional input. */
  node(
    op: string,
    inputs: readonly Value[],
    attributes: Readonly<Record<string, Attribute>> = {},
    domain: Domain = '',
  ): Value {
    const output = this.fresh(op);
    this.nodes(op, inputs, [output], attributes, domain);
    return output;
  }

  /** Appends a node with the given outputs; an empty name is an output that nobody reads. */
  nodes(
    op: string,
    inputs: readonly Value[],
    outputs: readonly Value[],
    attributes: Readonly<Record<string, Attribute>> = {},
    domain: Domain = '',
  ): void {
    const name = `${op}_${String(this.#names.count++)}`;
    this.#nodes.push({ name, op, inputs, outputs, attributes, domain });
    for (const output of outputs) this.#made.add(output);
  }

  /**
   * Parts of a value along an axis: gives the part of `length` from `start` on. Parts are asked for in order and do not overlap;
   * `width` tells the length of the axis when the model is finished. No node has more of them than {@link MOST_PARTS}: graphics
   * devices let a kernel write to few buffers.
   */
  parts(value: Value, axis: number, width: () => number): (start: number, length: number) => Value {
    let rest = value;
    let outputs: Value[] = [];
    let lengths: number[] = [];
    let end = 0;
    const split = (): void => {
      const group = { begin: end, outputs: [] as Value[], lengths: [] as number[] };
      ({ outputs, lengths } = group);
      const sizes = this.fresh('sizes');
      this.nodes('Split', [rest, sizes], outputs, { axis });
      this.#initialisers.push(() => {
        const left = group.lengths.reduce((sum, length) => sum - length, width() - group.begin);
        if (left > 0) group.lengths.push(left);
        // Nobody reads what is left after the last group.
        if (group.outputs.length < group.lengths.length) group.outputs.push(this.fresh('part'));
        return int64Tensor(sizes, group.lengths);
      });
    };
    const take = (length: number): Value => {
      if (outputs.length === MOST_PARTS) {
        rest = this.fresh('rest');
        outputs.push(rest);
        split();
      }
      const part = this.fresh('part');
      outputs.push(part);
      lengths.push(length);
      end += length;
      return part;
    };
    split();
    return (start, length) => {
      if (start > end) take(start - end);
      return take(length);
    };
  }

  /** A value name not used before in this graph or its branches. */
  fresh(hint: string): Value {
    return `${hint}:${String(this.#names.count++)}`;
  }

  /** A small constant of 64-bit integers; equal constants are one initialiser. */
  int64(values: readonly number[], dims: readonly number[] = [values.length]): Value {
    const data = BigInt64Array.from(values, (value) => BigInt(value));
    return this.#constant('int64', dims, new Uint8Array(data.buffer));
  }

  /** A small constant of 32-bit floats; equal constants are one initialiser. */
  float32(values: readonly number[], dims: readonly number[] = [values.length]): Value {
    return this.#constant('float32', dims, new Uint8Array(Float32Array.from(values).buffer));
  }

  /**
   * A constant whose bytes lie in a file beside the model. One that is `replaceable` is an input as well, which nobody feeds: the
   * runtime then computes nothing from it in advance.
   */
  external(
    name: string,
    type: ElementType,
    dims: readonly number[],
    place: { readonly path: string; readonly offset: number; readonly byteLength: number },
    { replaceable = false }: { readonly replaceable?: boolean } = {},
  ): Value {
    this.#externalBytes += place.byteLength;
    if (replaceable) this.input(name, type, dims);
    const tensor = tensorHead(name, type, dims);
    const entries = { location: place.path, offset: place.offset, length: place.byteLength };
    for (const [key, value] of Object.entries(entries)) {
      tensor.message(13, new ProtoWriter().text(1, key).text(2, String(value)));
    }
    this.#initialisers.push(tensor.int(14, 1));
    return name;
  }

  /** An empty graph for a branch of `If`: it sees every value of this graph. */
  branch(): OnnxGraph {
    return new OnnxGraph(this.#names);
  }

  /** The finished model. */
  toModel(): Uint8Array {
    const model = new ProtoWriter()
      .int(1, IR_VERSION)
      .text(2, 'crossweave')
      .message(7, this.encode());
    for (const [domain, version] of Object.entries(OPSET)) {
      model.message(8, new ProtoWriter().text(1, domain).int(2, version));
    }
    return model.bytes.slice();
  }

  /** The graph as a GraphProto. */
  encode(): ProtoWriter {
    const graph = new ProtoWriter();
    for (const initialiser of this.#initialisers) {
      graph.message(5, typeof initialiser === 'function' ? initialiser() : initialiser);
    }
    // After the initialisers, which may ask for the last part of a split.
    for (const node of this.#nodes) graph.message(1, encodeNode(node, this.#names.given));
    graph.text(2, 'graph');
    for (const input of this.#inputs) graph.message(11, input);
    for (const output of this.#outputs) graph.message(12, output);
    return graph;
  }

  #constant(type: ElementType, dims: readonly number[], bytes: Uint8Array): Value {
    const key = `${type}[${dims.join()}]${bytes.join()}`;
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    const name = this.fresh('constant');
    this.#initialisers.push(tensorHead(name, type, dims).bytesField(9, bytes));
    this.#constants.set(key, name);
    return name;
  }
}

function int64Tensor(name: string, values: readonly number[]): ProtoWriter {
  const data = BigInt64Array.from(values, (value) => BigInt(value));
  return tensorHead(name, 'int64', [values.length]).bytesField(9, new Uint8Array(data.buffer));
}

function encodeNode(
  { name, op, inputs, outputs, attributes, domain }: GraphNode,
  given: ReadonlyMap<Value, string>,
): ProtoWriter {
  const node = new ProtoWriter();
  for (const input of inputs) node.text(1, given.get(input) ?? input);
  for (const output of outputs) node.text(2, given.get(output) ?? output);
  node.text(3, name).text(4, op);
  for (const [key, value] of Object.entries(attributes)) node.message(5, attribute(key, value));
  if (domain !== '') node.text(7, domain);
  return node;
}

function tensorHead(name: string, type: ElementType, dims: readonly number[]): ProtoWriter {
  const tensor = new ProtoWriter();
  for (const dim of dims) tensor.int(1, dim);
  return tensor.int(2, ELEMENT_TYPE[type]).text(8, name);
}

function valueInfo(
  name: string,
  type: ElementType,
  dims: readonly (number | string)[],
): ProtoWriter {
  const shape = new ProtoWriter();
  for (const dim of dims) {
    const entry = new ProtoWriter();
    shape.message(1, typeof dim === 'number' ? entry.int(1, dim) : entry.text(2, dim));
  }
  const tensor = new ProtoWriter().int(1, ELEMENT_TYPE[type]).message(2, shape);
  return new ProtoWriter().text(1, name).message(2, new ProtoWriter().message(1, tensor));
}

const ATTRIBUTE_TYPE = { float: 1, int: 2, string: 3, graph: 5, ints: 7 } as const;

function attribute(name: string, value: Attribute): ProtoWriter {
  const proto = new ProtoWriter().text(1, name);
  if (typeof value === 'number') return proto.int(3, value).int(20, ATTRIBUTE_TYPE.int);
  if (typeof value === 'string') return proto.text(4, value).int(20, ATTRIBUTE_TYPE.string);
  if ('float' in value) return proto.float(2, value.float).int(20, ATTRIBUTE_TYPE.float);
  if ('graph' in value) {
    return proto.message(6, value.graph.encode()).int(20, ATTRIBUTE_TYPE.graph);
  }
  for (const item of value) proto.int(8, item);
  return proto.int(20, ATTRIBUTE_TYPE.ints);
}

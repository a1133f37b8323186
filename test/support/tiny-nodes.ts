import { contentKey } from '../../src/core/engine/content-key.js';
import type { Resource } from '../../src/core/engine/resource.js';
import type { Sequence } from '../../src/core/engine/sequence.js';
import { nodeKit, type Picture } from '../../src/core/node/definition.js';
import { createRegistry } from '../../src/core/node/registry.js';

/** A number that holds memory, so that tests can count what is still alive. */
export interface Amount extends Resource {
  readonly amount: number;
}

/** What the tiny nodes get from outside. */
export interface TinyServices {
  /** Resources whose last claim was not given back. */
  readonly live: Set<Resource>;
  /** What `Stamp` depends on besides its inputs. */
  stamp: string;
  /** Called by `Hook` while it executes. */
  hook: (signal: AbortSignal) => Promise<void> | void;
}

/** Services of one test. */
export function createTinyServices(): TinyServices {
  return { live: new Set(), stamp: 'a', hook: () => undefined };
}

const bytesOfAmount = 64;

function amountOf({ live }: TinyServices, amount: number): Amount {
  let claims = 1;
  const value: Amount = {
    amount,
    byteLength: bytesOfAmount,
    retain: () => {
      if (claims === 0) throw new Error('retained after its end');
      claims += 1;
      return value;
    },
    dispose: () => {
      if (claims === 0) throw new Error('disposed twice');
      claims -= 1;
      if (claims === 0) live.delete(value);
    },
  };
  live.add(value);
  return value;
}

/** A sequence of numbers; with `keyed` each slice has a key of its own. */
export function curve(first: number, numbers: readonly number[], keyed: boolean): Sequence<number> {
  const at = (pass: number) => {
    const number = numbers[pass - first];
    if (number === undefined) throw new Error(`the curve has no pass ${String(pass)}`);
    return number;
  };
  const end = first + numbers.length;
  const sequence = { isSequence: true, first, end, at } as const;
  return keyed ? { ...sequence, keyAt: (pass) => contentKey(at(pass)) } : sequence;
}

const defineNode = nodeKit<
  { readonly VALUE: Amount; readonly CURVE: Sequence<number> },
  TinyServices
>();

const words = { version: 1, category: 'tiny', description: 'For tests.', tooltip: 'For tests.' };
const { tooltip } = words;
const about = (type: string) => ({
  type,
  version: 1,
  displayName: type,
  category: words.category,
  description: words.description,
});
const value = { type: 'VALUE', tooltip } as const;
const number = { type: 'FLOAT', default: 1, min: -1e9, max: 1e9, tooltip } as const;
const count = { type: 'INT', default: 3, min: 0, max: 1000, tooltip } as const;

/** A 1 by 1 picture whose red channel is `amount`. */
export function pictureOf(amount: number): Picture {
  return { width: 1, height: 1, data: new Uint8ClampedArray([amount, 0, 0, 255]) };
}

const source = defineNode({
  ...about('Source'),
  inputs: { amount: number },
  outputs: { VALUE: value },
  execute: ({ amount }, { services }) => ({ VALUE: amountOf(services, amount) }),
});

const sum = defineNode({
  ...about('Sum'),
  inputs: { a: value, b: { ...value, optional: true }, plus: { ...number, default: 0 } },
  outputs: { VALUE: value },
  execute: ({ a, b, plus }, { services }) => ({
    VALUE: amountOf(services, a.amount + (b?.amount ?? 0) + plus),
  }),
});

const keep = defineNode({
  ...about('Keep'),
  inputs: { value },
  outputs: { VALUE: value },
  execute: (inputs) => ({ VALUE: inputs.value.retain() }),
});

const curveNode = defineNode({
  ...about('Curve'),
  inputs: {
    numbers: { type: 'STRING', default: '1,2,3', tooltip },
    first: { ...count, default: 0 },
    keyed: { type: 'BOOLEAN', default: true, tooltip },
  },
  outputs: { CURVE: { type: 'CURVE', tooltip } },
  execute: ({ numbers, first, keyed }) => ({
    CURVE: curve(first, numbers === '' ? [] : numbers.split(',').map(Number), keyed),
  }),
});

const scale = defineNode({
  ...about('Scale'),
  inputs: { value, by: { type: 'CURVE', slice: true, tooltip } },
  outputs: { VALUE: value },
  execute: (inputs, { services }) => ({
    VALUE: amountOf(services, inputs.value.amount * 2 + inputs.by),
  }),
});

const loopStart = defineNode({
  ...about('LoopStart'),
  inputs: { value, passes: count, first: { ...count, default: 0 } },
  outputs: { step: { type: 'CURVE', tooltip }, value },
  zone: { kind: 'start', carries: ['value'] },
  execute: (inputs) => ({
    step: curve(
      inputs.first,
      Array.from({ length: inputs.passes }, (_, index) => inputs.first + index),
      true,
    ),
    value: inputs.value.retain(),
  }),
});

const loopEnd = defineNode({
  ...about('LoopEnd'),
  inputs: { value },
  outputs: { value },
  zone: { kind: 'end', carries: ['value'] },
  execute: () => {
    throw new Error('the engine itself passes the values of an end on');
  },
});

const show = defineNode({
  ...about('Show'),
  inputs: { value },
  outputs: {},
  outputNode: true,
  execute: (inputs, { show: tell, warn, pass }) => {
    tell('result', pictureOf(inputs.value.amount));
    warn(`saw ${String(inputs.value.amount)} in pass ${String(pass)}`);
    return {};
  },
});

const stamp = defineNode({
  ...about('Stamp'),
  inputs: { amount: number },
  outputs: { VALUE: value },
  fingerprint: (_inputs, services) =>
    services.stamp === ''
      ? Promise.reject(new Error('the stamp is missing'))
      : Promise.resolve(services.stamp),
  execute: ({ amount }, { services }) => ({
    VALUE: amountOf(services, amount + services.stamp.length),
  }),
});

const always = defineNode({
  ...about('Always'),
  cache: 'never',
  inputs: { value },
  outputs: { VALUE: value },
  execute: (inputs, { services }) => ({ VALUE: amountOf(services, inputs.value.amount) }),
});

const fail = defineNode({
  ...about('Fail'),
  inputs: { value, from_pass: { ...count, default: 0 } },
  outputs: { VALUE: value },
  execute: (inputs, { pass, services }) => {
    if ((pass ?? 0) >= inputs.from_pass) throw new RangeError('it does not work');
    return { VALUE: amountOf(services, inputs.value.amount) };
  },
});

const hook = defineNode({
  ...about('Hook'),
  inputs: { value },
  outputs: { VALUE: value },
  execute: async (inputs, { services, signal, progress, preview }) => {
    progress(1, 2);
    await preview(() => Promise.resolve(pictureOf(7)));
    await services.hook(signal);
    return { VALUE: amountOf(services, inputs.value.amount) };
  },
});

const renamed = defineNode({
  ...about('Renamed'),
  version: 3,
  inputs: { amount: number, label: { type: 'STRING', default: '', tooltip } },
  outputs: { VALUE: value },
  presets: { big: { amount: 100, label: 'big' } },
  migrate: {
    2: ({ number: amount, ...rest }) => ({ ...rest, ...(amount !== undefined && { amount }) }),
    3: (inputs) => ({ ...inputs, label: 'old' }),
  },
  execute: ({ amount }, { services }) => ({ VALUE: amountOf(services, amount) }),
});

const toNumber = defineNode({
  ...about('ToNumber'),
  inputs: { value },
  outputs: { FLOAT: { type: 'FLOAT', tooltip } },
  execute: (inputs) => ({ FLOAT: inputs.value.amount }),
});

/** Every tiny node. */
export const tinyRegistry = createRegistry<TinyServices>([
  source,
  sum,
  keep,
  curveNode,
  scale,
  loopStart,
  loopEnd,
  show,
  stamp,
  always,
  fail,
  hook,
  renamed,
  toNumber,
]);

import type { Warning } from '../memory-step.js';
import type { Sequence } from '../engine/sequence.js';
import type { ForecastContext, NodeForecast, ValueForecast } from '../forecast/node-forecast.js';

/** Lists that the application fills: what is stored, and the mixed layers of the models of the graph by their names. */
export type ListName = 'models' | 'loras' | 'vaes' | 'embeddings' | 'pictures' | 'layers';

/** Widget inputs: a value edited on the node; a link may replace it. */
export type WidgetSpec =
  | {
      readonly type: 'INT';
      readonly default: number;
      readonly min: number;
      readonly max: number;
      readonly step?: number;
      /** What the number counts, such as `px` or `passes`; shown beside it. */
      readonly unit?: string;
      readonly tooltip: string;
    }
  | {
      readonly type: 'FLOAT';
      readonly default: number;
      readonly min: number;
      readonly max: number;
      readonly step?: number;
      /** What the number counts, such as `px` or `passes`; shown beside it. */
      readonly unit?: string;
      readonly tooltip: string;
    }
  | {
      readonly type: 'STRING';
      readonly default: string;
      readonly multiline?: true;
      /** `mask` is painted in a dialog of its own, never edited as text; `points` are set on the node's first picture as well. */
      readonly editor?: 'mask' | 'points';
      readonly tooltip: string;
    }
  | { readonly type: 'BOOLEAN'; readonly default: boolean; readonly tooltip: string }
  | {
      readonly type: 'COMBO';
      readonly options: readonly string[];
      readonly default: string;
      /** Names a list that the application fills at run time; values outside `options` are then allowed. */
      readonly source?: ListName;
      readonly tooltip: string;
    };

/** Socket inputs: a value that only a link can bring. */
export interface SocketInputSpec<Socket extends string = string> {
  readonly type: Socket;
  readonly optional?: true;
  /** The node works on one pass: inside a zone it gets the slice of a sequence, and it cannot run outside. */
  readonly slice?: true;
  readonly tooltip: string;
}

/** An input of a node: widget or socket. */
export type InputSpec<Socket extends string = string> = WidgetSpec | SocketInputSpec<Socket>;

/** An output of a node. */
export interface OutputSpec<Socket extends string = string> {
  readonly type: Socket | 'INT' | 'FLOAT' | 'STRING' | 'BOOLEAN';
  /** Its shape in symbols, such as `1×4×H/8×W/8`. */
  readonly shape?: string;
  /** The input whose value it computes the same as: results of what reads it stay good when the node comes or goes. */
  readonly sameAs?: string;
  readonly tooltip: string;
}

/** 8-bit RGBA pixels, row-major, `4 * width * height` bytes: how pictures leave the engine. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** What a node may do while it executes. Function properties, so they may be destructured. */
export interface ExecuteContext<Services> {
  /** Aborted when the user stops the run; a node rejects with `signal.reason` at the next kernel or forward. */
  readonly signal: AbortSignal;
  /** Reports that `done` of `total` equal parts of the node's work are finished. */
  readonly progress: (done: number, total: number) => void;
  /** Offers a transient picture of the work so far; `make` is called only when somebody watches. */
  readonly preview: (make: () => Promise<Picture>) => Promise<void>;
  /** Hands a finished picture to whoever runs the graph, under a label such as `result`. */
  readonly show: (label: string, picture: Picture) => void;
  /** Tells the user of a fallback that was taken. */
  readonly warn: (warning: Warning) => void;
  /** Number of the current pass inside the innermost zone; for messages and previews, as results may not depend on it. */
  readonly pass: number | undefined;
  readonly services: Services;
}

type WidgetValueOf<Spec> = Spec extends { readonly type: 'INT' | 'FLOAT' }
  ? number
  : Spec extends { readonly type: 'STRING' }
    ? string
    : Spec extends { readonly type: 'BOOLEAN' }
      ? boolean
      : Spec extends { readonly type: 'COMBO'; readonly source: string }
        ? string
        : Spec extends { readonly type: 'COMBO'; readonly options: readonly (infer Option)[] }
          ? Option
          : never;

interface PlainValues {
  readonly INT: number;
  readonly FLOAT: number;
  readonly STRING: string;
  readonly BOOLEAN: boolean;
}

type SliceOf<Value> = Value extends Sequence<infer Slice> ? Slice : Value;

type SocketValueOf<Spec, Value> = Spec extends { readonly slice: true } ? SliceOf<Value> : Value;

/** The value a node's `execute` receives for an input. */
type InputValueOf<Spec, Sockets> = Spec extends { readonly type: infer Type extends keyof Sockets }
  ? Spec extends { readonly optional: true }
    ? SocketValueOf<Spec, Sockets[Type]> | undefined
    : SocketValueOf<Spec, Sockets[Type]>
  : WidgetValueOf<Spec>;

/** The values of all inputs of a definition, typed from its literal. */
export type InputValues<Inputs, Sockets> = {
  readonly [Name in keyof Inputs]: InputValueOf<Inputs[Name], Sockets>;
};

/** The values of all outputs of a definition, typed from its literal. */
export type OutputValues<Outputs, Sockets> = {
  readonly [Name in keyof Outputs]: Outputs[Name] extends { readonly type: infer Type }
    ? Type extends keyof Sockets
      ? Sockets[Type]
      : Type extends keyof PlainValues
        ? PlainValues[Type]
        : never
    : never;
};

type ForecastOf<Spec, Abouts> = Spec extends { readonly type: infer Type extends keyof Abouts }
  ? Spec extends { readonly optional: true }
    ? ValueForecast<SocketValueOf<Spec, Abouts[Type]>> | undefined
    : ValueForecast<SocketValueOf<Spec, Abouts[Type]>>
  : WidgetValueOf<Spec>;

/** What a forecast is given for all inputs of a definition: widget values, and what is known of the others. */
export type ForecastInputs<Inputs, Abouts> = {
  readonly [Name in keyof Inputs]: ForecastOf<Inputs[Name], Abouts>;
};

/** What a forecast gives for all outputs of a definition. */
export type ForecastOutputs<Outputs, Abouts> = {
  readonly [Name in keyof Outputs]: Outputs[Name] extends { readonly type: infer Type }
    ? ValueForecast<Type extends keyof Abouts ? Abouts[Type] : unknown>
    : never;
};

/**
 * Role in a denoise zone. The start's outputs named in `carries` give the carried values of the first pass;
 * the end's inputs of the same names give those of the next pass, and its outputs those after the last pass.
 * The start's first sequence output sets which passes run. The engine itself passes an end's last inputs to its
 * outputs: inside a graph the `execute` of an end is never called.
 */
export type ZoneRole =
  | { readonly kind: 'start'; readonly carries: readonly string[] }
  | { readonly kind: 'end'; readonly carries: readonly string[] };

/** What a node is, in words and types; see `nodes/` for examples. */
export interface NodeDefinition<
  Sockets,
  Services,
  Inputs extends Readonly<Record<string, InputSpec<Extract<keyof Sockets, string>>>> = Readonly<
    Record<string, InputSpec<Extract<keyof Sockets, string>>>
  >,
  Outputs extends Readonly<Record<string, OutputSpec<Extract<keyof Sockets, string>>>> = Readonly<
    Record<string, OutputSpec<Extract<keyof Sockets, string>>>
  >,
  Abouts = Readonly<Record<string, unknown>>,
  Facts = unknown,
> {
  readonly type: string;
  readonly version: number;
  readonly displayName: string;
  readonly category: string;
  /** Markdown; the help panel and the node search are made from it. */
  readonly description: string;
  /** What it computes, as plain mathematics; one equation a line. */
  readonly equation?: string;
  /** Where the equation comes from: paper and number, or the section of the method. */
  readonly source?: string;
  /** What the reference code calls it. */
  readonly reference?: string;
  /** The graph of `graphs/`, by file name, whose picture shows what the node does. */
  readonly example?: string;
  readonly inputs: Inputs;
  readonly outputs: Outputs;
  /** Runs even when nothing reads it: what a run pulls. */
  readonly outputNode?: true;
  /** `never`: executes in every run. */
  readonly cache?: 'never';
  readonly zone?: ZoneRole;
  readonly searchAliases?: readonly string[];
  /** Named sets of widget values that the user can apply in one go. */
  readonly presets?: Readonly<Record<string, Readonly<Record<string, number | string | boolean>>>>;
  /** Upward migrations of the stored inputs, one for each version from 2 on. */
  readonly migrate?: Readonly<
    Record<number, (inputs: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>>
  >;
  /** Names a value outside the document that the result depends on (a picture's bytes, a model's hash). Linked inputs are computed before. */
  fingerprint?(inputs: InputValues<Inputs, Sockets>, services: Services): Promise<string>;
  /**
   * Tells shapes, bytes and work without computing anything. An `input/invalid` that it throws is a problem of the graph;
   * it throws `NotKnownYet` when it cannot know. Not called while something that feeds the node is not known.
   */
  forecast?(
    inputs: ForecastInputs<Inputs, Abouts>,
    context: ForecastContext<Facts>,
  ): ForecastOutputs<Outputs, Abouts>;
  /** Computes the outputs. Returned resources belong to the caller; pass-through values must be retained. */
  execute(
    inputs: InputValues<Inputs, Sockets>,
    context: ExecuteContext<Services>,
  ): Promise<OutputValues<Outputs, Sockets>> | OutputValues<Outputs, Sockets>;
}

/** A definition with its literal types forgotten: what the engine and the editor handle. */
export interface AnyNodeDefinition<Services = never> extends Omit<
  NodeDefinition<Record<string, unknown>, Services>,
  'execute' | 'fingerprint' | 'forecast'
> {
  fingerprint?(inputs: never, services: Services): Promise<string>;
  forecast?(inputs: never, context: ForecastContext<never>): NodeForecast;
  execute(inputs: never, context: ExecuteContext<Services>): unknown;
}

/** Binds the socket types and services once; the result is the `defineNode` that node files use. */
export function nodeKit<
  Sockets,
  Services,
  Abouts = Readonly<Record<string, unknown>>,
  Facts = unknown,
>() {
  return function defineNode<
    const Inputs extends Readonly<Record<string, InputSpec<Extract<keyof Sockets, string>>>>,
    const Outputs extends Readonly<Record<string, OutputSpec<Extract<keyof Sockets, string>>>>,
  >(
    definition: NodeDefinition<Sockets, Services, Inputs, Outputs, Abouts, Facts>,
  ): NodeDefinition<Sockets, Services, Inputs, Outputs, Abouts, Facts> {
    return definition;
  };
}

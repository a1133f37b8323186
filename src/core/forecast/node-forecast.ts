/** What is known of a value before anything runs. `about` is what the nodes that read it need to know besides. */
export interface ValueForecast<About = unknown> {
  /** Shape of its tensor, where it is one. */
  readonly shape?: readonly number[];
  readonly dtype?: 'f32' | 'f16';
  /** Bytes that it holds when its node has executed. */
  readonly byteLength: number;
  /** Outputs of a node that name the same holder hold the same bytes, which then count once. */
  readonly holder?: string;
  /** Bytes of the largest piece of it that must lie in one buffer; all of it, for a tensor. */
  readonly largestBytes?: number;
  /** Bytes that it comes to hold while others read it. */
  readonly grownBytes?: number;
  /** The execution that gives it, by name; set where forecasts are put together. */
  readonly origin?: string;
  readonly about: About;
}

/** Work as it is noted: by which node, in which execution. Executions of one name are done once. */
export interface NotedWork {
  readonly nodeId: string;
  readonly execution: string;
  readonly item: WorkItem;
}

/** Weights of a network, which are put in memory when it is first used. */
export interface WeightsInUse {
  /** Networks of one key are in memory once. */
  readonly key: string;
  /** Bytes as they lie in their file. */
  readonly byteLength: number;
  readonly dtype: 'f32' | 'f16' | undefined;
}

/** Work that a node asks for. */
export interface WorkItem {
  /** What computes it, such as `unet`. */
  readonly unit: string;
  /** The model whose speed it depends on. */
  readonly model: string;
  /** Evaluations of one sample. */
  readonly samples: number;
  /** How many of them were forked. */
  readonly pairs?: number;
  /** In evaluations of one sample; more than `samples` where some were forked. */
  readonly equivalents: number;
  /** Multiply-adds of all of it. */
  readonly multiplyAdds: number;
  /** What it puts in memory to be computed with, unless it is there: the weights of a network. */
  readonly weights?: WeightsInUse;
  /** Names a result that is remembered, so that it is computed once in a run. */
  readonly result?: string;
  /** Parts of the result that must be at hand; they are kept within a budget and computed anew when they were dropped. */
  readonly wants?: readonly string[];
  /** Bytes of the parts that computing it keeps, by name. */
  readonly keeps?: Readonly<Record<string, number>>;
}

/** What a node may ask and tell while it forecasts. */
export interface ForecastContext<Facts = unknown> {
  /** What is known of models and pictures without loading them. */
  readonly facts: Facts;
  /** The pass, inside a zone: a node there is asked pass by pass. */
  readonly pass: number | undefined;
  readonly work: (item: WorkItem) => void;
  /** Bytes needed while it executes, beside inputs, outputs and weights; of which so many lie in one buffer, where that is known. */
  readonly scratch: (byteLength: number, largestBytes?: number) => void;
  /** How far something was walked already in this evaluation, by name; read and written by nodes. */
  readonly marks: Map<string, number>;
}

/** Thrown by a forecast that cannot know yet. */
export class NotKnownYet extends Error {
  override readonly name = 'NotKnownYet';
}

/** What a node forecasts: its outputs, by name. */
export type NodeForecast = Readonly<Record<string, ValueForecast>>;

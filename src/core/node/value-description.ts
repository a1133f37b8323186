import type { Picture } from './definition.js';

/** What a fact about a value is called; the page has the words for each. */
export type ValueFactName =
  | 'adain'
  | 'alpha'
  | 'bytes'
  | 'contrast'
  | 'full'
  | 'guidance'
  | 'half'
  | 'latent'
  | 'mixedLayers'
  | 'native'
  | 'network'
  | 'pass'
  | 'passes'
  | 'seed'
  | 'skipped'
  | 'steps'
  | 'timestep'
  | 'words';

/** Statistics of the finite values of an array. */
export interface ValueStatistics {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Standard deviation, divided by the count. */
  readonly std: number;
  /** Values that are infinite or no number; they do not count above. */
  readonly nonFinite: number;
  /** How many values lie in each of equal parts of min..max. */
  readonly histogram: readonly number[];
}

/** What can be told of a value that lies on a socket: plain data that crosses a thread. */
export interface ValueDescription {
  /** The socket type. */
  readonly type: string;
  readonly tensor?: {
    readonly shape: readonly number[];
    readonly dtype: 'float32';
    readonly place: 'cpu' | 'gpu';
    readonly byteLength: number;
    readonly statistics: ValueStatistics;
  };
  /** A small look at it. */
  readonly picture?: Picture;
  /** Width and height of the whole picture. */
  readonly size?: readonly [width: number, height: number];
  /** Share of a mask that is white, 0..1. */
  readonly coverage?: number;
  /** Of the parts of a picture: the part of each cell, and how much the noun stands out in each part. */
  readonly clusters?: {
    readonly labels: Uint8Array;
    readonly width: number;
    readonly height: number;
    readonly scores: readonly number[];
    readonly meanScore: number;
  };
  /** A prompt, a text, a number or a switch. */
  readonly text?: string;
  readonly facts: readonly (readonly [name: ValueFactName, value: string | number])[];
}

/** What an engine has of a value, described. */
export type InspectedValue =
  | {
      readonly kind: 'kept';
      readonly pass: number | undefined;
      readonly description: ValueDescription;
    }
  | { readonly kind: 'not-kept' }
  | { readonly kind: 'never-ran' };

import type { RunEvent } from '../core/engine/events.js';
import type { ValuePlace } from '../core/engine/value-places.js';
import type { ErrorDetails } from '../core/errors.js';
import type { Problem } from '../core/graph/problems.js';
import type { GraphDocument, NodeId } from '../core/graph/types.js';
import type { LensAnswer, LensQuestion } from '../core/node/lens-answer.js';
import type { InspectedValue } from '../core/node/value-description.js';

/** What the application asks of the run thread. */
export type RunRequest =
  | {
      readonly type: 'run';
      readonly runId: number;
      readonly document: GraphDocument;
      /** Nodes to pull; all output nodes when absent. */
      readonly targets?: readonly NodeId[];
      /** Names the document among others, for `inspect`. */
      readonly scope?: string;
      /** What a thread that died had finished; given to the first run of the next one. */
      readonly kept?: readonly KeptResult[];
    }
  /** Asks what is kept of a value; answered while a run goes on, and never by computing. */
  | {
      readonly type: 'inspect';
      readonly requestId: number;
      readonly place: ValuePlace;
      /** The output's socket type. */
      readonly socketType: string;
    }
  /** Asks where a place of a result looks; answered between runs, and from what the last run kept. */
  | {
      readonly type: 'lens';
      readonly requestId: number;
      /** Where the inputs of the cross-image step lie, by name. */
      readonly places: Readonly<Record<string, ValuePlace>>;
      readonly question: LensQuestion;
    }
  /** Asks what is known of a model, an autoencoder or a picture without loading it; answered while a run goes on. */
  | {
      readonly type: 'facts';
      readonly requestId: number;
      readonly kind: 'model' | 'vae' | 'picture';
      readonly name: string;
    }
  | { readonly type: 'interrupt'; readonly runId: number }
  | { readonly type: 'lists' };

/** A finished result in a form that crosses threads; the page keeps it for a thread that dies, and does not read it. */
export interface KeptResult {
  readonly signature: string;
  readonly entry: unknown;
  /** Bytes of its tensors. */
  readonly bytes: number;
}

/** Where the network runs and why. */
export interface DeviceVerdict {
  readonly provider: 'webgpu' | 'wasm';
  /** One sentence for the user: the adapter's name, or why there is none. */
  readonly reason: string;
  readonly threads: number;
  /** How many bytes of keys and values are kept. */
  readonly bankBytes?: number;
  /** How many more of them are kept in the CPU's memory. */
  readonly bankRamBytes?: number;
  /** How many bytes of results are kept. */
  readonly cacheBytes?: number;
  /** The largest buffer that the graphics device makes. */
  readonly maxBufferBytes?: number;
}

/** U-Net work of one run, in sample-forwards; see method.md 12. */
export interface UnetWorkReport {
  readonly sampleForwards: number;
  readonly pairs: number;
  readonly forkShare: number;
  readonly forwardEquivalents: number;
}

/** What the run thread tells. */
export type RunReply =
  | { readonly type: 'ready'; readonly device: DeviceVerdict }
  | { readonly type: 'failed'; readonly details: ErrorDetails }
  | {
      readonly type: 'lists';
      readonly models: readonly string[];
      /** LoRA files, autoencoders and textual inversions, where the library can list any. */
      readonly loras?: readonly string[];
      readonly vaes?: readonly string[];
      readonly embeddings?: readonly string[];
      readonly pictures: readonly string[];
    }
  /** `ModelFacts` or the size of a picture; a sentence when it cannot be known. */
  | { readonly type: 'facts'; readonly requestId: number; readonly fact: object | string }
  | { readonly type: 'inspected'; readonly requestId: number; readonly value: InspectedValue }
  /** Nothing while a run goes on, or when what it takes is not kept. */
  | {
      readonly type: 'lensed';
      readonly requestId: number;
      readonly answer: LensAnswer | undefined;
    }
  | { readonly type: 'kept'; readonly result: KeptResult }
  | { readonly type: 'event'; readonly runId: number; readonly event: RunEvent }
  | {
      readonly type: 'finished';
      readonly runId: number;
      readonly outcome: 'success' | 'interrupted' | 'error';
      readonly problems: readonly Problem[];
      readonly unet?: UnetWorkReport;
      readonly bytesRead: number;
    };

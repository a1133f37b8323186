import type { ErrorDetails } from '../core/errors.js';

/** What is told of a model, from its headers. */
export interface ModelFactsShown {
  readonly family: string;
  readonly layout: string;
  readonly dtypes: readonly string[];
  readonly missing: readonly string[];
  readonly memoryBytes?: number;
  readonly notes: readonly string[];
}

/** A model of the user as a card of the panel. */
export interface ModelCard {
  readonly id: string;
  readonly name: string;
  readonly kind: 'checkpoint' | 'lora' | 'vae' | 'embedding';
  readonly origin: string;
  readonly isFromDisk: boolean;
  readonly bytes: number;
  readonly savedBytes: number;
  readonly words: ModelFactsShown;
  readonly state:
    'ready' | 'locked' | 'gone' | 'waiting' | 'arriving' | 'checking' | 'paused' | 'failed';
  readonly failure?: ErrorDetails;
  /** What the browser cleared can be fetched again from where it came. */
  readonly canFetch: boolean;
  /** Its server cannot go on where a download was broken off. */
  readonly comesWhole?: true;
  readonly hashedParts: number;
  readonly parts: number;
}

/** What was found where the user looked. */
export type ProspectShown =
  | {
      readonly type: 'choices';
      readonly origin: string;
      readonly choices: readonly {
        readonly id: string;
        readonly label: 'folder' | 'folder-fp16' | 'file';
        readonly bytes: number;
      }[];
    }
  | {
      readonly type: 'model';
      readonly name: string;
      readonly kind: ModelCard['kind'];
      readonly origin: string;
      readonly bytes: number;
      readonly words: ModelFactsShown;
      readonly arrival: 'download' | 'copy' | 'in-place';
      readonly freeBytes?: number;
      readonly comesWhole?: true;
    }
  | { readonly type: 'refused'; readonly origin: string; readonly details: ErrorDetails };

/** Everything the Models tab shows. */
export interface ModelShelfShown {
  readonly models: readonly ModelCard[];
  /** Whether the list was read yet. */
  readonly isRead: boolean;
  readonly isLooking: boolean;
  readonly prospect: ProspectShown | undefined;
  readonly transfer?: {
    readonly bytes: number;
    readonly savedBytes: number;
    readonly bytesPerSecond?: number;
    readonly secondsLeft?: number;
  };
  /** Whether the browser promised to keep what is stored; undefined while that is not known. */
  readonly isKept: boolean | undefined;
  /** It was asked for that and did not promise it. */
  readonly isKeepingRefused: boolean;
  /** Files can be picked so that they need not be copied. */
  readonly hasPickers: boolean;
  /** Memory that the device tells of; undefined when it tells none, or only that it has much. */
  readonly memoryBytes: number | undefined;
}

/** What a user wants of the Models tab. */
export type ModelWish =
  | {
      readonly wish: 'look';
      readonly text: string;
      readonly choice?: string;
      readonly token?: string;
    }
  | { readonly wish: 'pick'; readonly what: 'file' | 'folder' }
  | { readonly wish: 'files'; readonly files: readonly File[] }
  | { readonly wish: 'add'; readonly name: string }
  | { readonly wish: 'dismiss' }
  | { readonly wish: 'resume' | 'restart'; readonly id: string; readonly token?: string }
  | { readonly wish: 'pause' | 'delete' | 'allow' | 'use'; readonly id: string }
  | { readonly wish: 'keep' };

import type { ErrorDetails } from '../../core/errors.js';
import type { ModelWords, StoredKind } from '../../storage/models/model-record.js';

/** Where a model is to be taken from. */
export type ModelPlace =
  | {
      readonly type: 'address';
      /** An address, or owner/name of a repository. */
      readonly text: string;
      /** Which of the choices of a {@link Prospect} is meant. */
      readonly choice?: string;
      /** Is kept in memory and sent to the server of the address alone. */
      readonly token?: string;
    }
  | {
      readonly type: 'files';
      readonly name: string;
      readonly files: readonly { readonly path: string; readonly file: File }[];
    }
  | { readonly type: 'handle'; readonly handle: FileSystemFileHandle | FileSystemDirectoryHandle };

/** What was found at a place, before anything is stored. */
export type Prospect =
  /** A repository holds several models: one is to be chosen. */
  | {
      readonly type: 'choices';
      readonly origin: string;
      readonly choices: readonly ProspectChoice[];
    }
  | FoundModel
  | { readonly type: 'refused'; readonly origin: string; readonly details: ErrorDetails };

/** One model of a repository. */
export interface ProspectChoice {
  readonly id: string;
  readonly label: 'folder' | 'folder-fp16' | 'file';
  /** Bytes; 0 when that is not known before it is looked at. */
  readonly bytes: number;
}

/** A model as its headers tell it. */
export interface FoundModel {
  readonly type: 'model';
  readonly id: number;
  readonly name: string;
  readonly kind: StoredKind;
  readonly origin: string;
  readonly bytes: number;
  readonly words: ModelWords;
  /** Whether its bytes come into the browser's storage, and from where. */
  readonly arrival: 'download' | 'copy' | 'in-place';
  /** Bytes that the browser would still store; undefined when it does not tell. */
  readonly freeBytes?: number;
  /** Its server cannot go on where a download was broken off. */
  readonly comesWhole?: true;
}

/** One of the user's models, as a list shows it. */
export interface ModelRow {
  readonly id: string;
  readonly name: string;
  readonly kind: StoredKind;
  readonly origin: string;
  readonly isFromDisk: boolean;
  readonly bytes: number;
  readonly savedBytes: number;
  readonly words: ModelWords;
  /**
   * `locked`: it lies on the user's disk and the browser wants to ask before it is read. `gone`: the browser cleared what it had
   * stored of it.
   */
  readonly state:
    'ready' | 'locked' | 'gone' | 'waiting' | 'arriving' | 'checking' | 'paused' | 'failed';
  readonly failure?: ErrorDetails;
  /** Every file has an address from which it can be fetched again. */
  readonly canFetch: boolean;
  /** Its server cannot go on where a download was broken off. */
  readonly comesWhole?: true;
  /** Parts whose SHA-256 is known, and all parts. */
  readonly hashedParts: number;
  readonly parts: number;
}

/** Everything that is on its way, as one. */
export interface TransferReport {
  readonly bytes: number;
  readonly savedBytes: number;
  readonly bytesPerSecond?: number;
  readonly secondsLeft?: number;
}

/** What the page asks of the model thread. */
export type ModelRequest =
  | {
      readonly type: 'look';
      readonly requestId: number;
      readonly place: ModelPlace;
      /** Names that are taken by models that are not the user's. */
      readonly taken: readonly string[];
    }
  /** Adds what was found last. */
  | { readonly type: 'add'; readonly prospect: number; readonly name: string }
  | { readonly type: 'pause'; readonly id: string }
  | { readonly type: 'resume'; readonly id: string; readonly token?: string }
  /** Removes what is there and begins anew. */
  | { readonly type: 'restart'; readonly id: string; readonly token?: string }
  | { readonly type: 'delete'; readonly id: string }
  | { readonly type: 'refresh' };

/** What the model thread tells. */
export type ModelReply =
  | { readonly type: 'found'; readonly requestId: number; readonly prospect: Prospect }
  | {
      readonly type: 'models';
      readonly models: readonly ModelRow[];
      readonly transfer?: TransferReport;
    }
  | { readonly type: 'failed'; readonly details: ErrorDetails };

import type { Keepsakes } from './keepsakes.js';
import type { KvBank } from './kv-bank.js';
import type { LatentOps, ModelLibrary, PictureStore } from './ports.js';

/** What nodes get from outside; bound to real implementations by whoever runs the engine. */
export interface Services {
  readonly ops: LatentOps;
  readonly models: ModelLibrary;
  readonly pictures: PictureStore;
  /** Keys, values and attention features of the reference branches: one bank an engine. */
  readonly bank: KvBank;
  /** What forwards gave, for a run that goes on after its device or its thread was lost; nothing is kept without. */
  readonly keepsakes?: Keepsakes;
}

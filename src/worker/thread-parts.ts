import type { Engine } from '../core/engine/engine.js';
import type { AppError } from '../core/errors.js';
import type { MemoryStep } from '../core/memory-step.js';
import type { LensAnswer, LensQuestion } from '../core/node/lens-answer.js';
import type { ValueDescription } from '../core/node/value-description.js';
import type { DeviceVerdict, KeptResult } from './messages.js';
import type { WorkCount } from './unet-work.js';

/** What a run thread works with; made anew when the graphics device is lost. */
export interface ThreadParts {
  readonly engine: Engine;
  readonly device: DeviceVerdict;
  /** Resolves when these parts are of no more use. */
  readonly lost: Promise<AppError>;
  /** U-Net work since the parts were made. */
  work(): WorkCount;
  /** Bytes read back from the device since the parts were made. */
  bytesRead(): number;
  /** What can be told of a value of a socket type. */
  describe(socketType: string, value: unknown): Promise<ValueDescription>;
  /** Where a place of a result looks; `inputs` are those of its cross-image step, borrowed. */
  lens?(inputs: Readonly<Record<string, unknown>>, question: LensQuestion): Promise<LensAnswer>;
  /** What is known of a model or a picture without loading it. */
  facts(kind: 'model' | 'vae' | 'picture', name: string): Promise<object>;
  models(kind?: 'checkpoint' | 'lora' | 'vae' | 'embedding'): Promise<readonly string[]>;
  pictures(): Promise<readonly string[]>;
  /** Takes what a thread before this one had finished. */
  restore?(results: readonly KeptResult[]): Promise<void>;
  /**
   * Gives something up for a run that found no memory: first what costs least to have again. Answers what was done, none of the
   * steps `given` before; undefined when there is nothing left to give.
   */
  shed?(given: readonly MemoryStep[]): Promise<MemoryStep | undefined>;
  dispose(): Promise<void>;
}

/** Has the parts of the thread, which change when a device is lost. */
export interface PartsHolder {
  /** The parts that can be used now; opens new ones when the last were lost. */
  get(): Promise<ThreadParts>;
}

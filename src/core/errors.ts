import type { MemoryStep } from './memory-step.js';

/**
 * Everything the world can refuse, as plain data that survives a structured clone. One entry a code;
 * the English sentence and its remedy live in `ui/messages.ts`.
 */
export type ErrorDetails =
  | { readonly code: 'document/invalid'; readonly reason: string; readonly path?: string }
  | { readonly code: 'document/too-new'; readonly found: number; readonly supported: number }
  | {
      readonly code: 'document/too-large';
      readonly what: string;
      readonly found: number;
      readonly limit: number;
    }
  | {
      readonly code: 'execution/node-failed';
      readonly nodeId: string;
      readonly type: string;
      readonly pass?: number;
      readonly reason: string;
      readonly causeDetails?: ErrorDetails;
    }
  | {
      readonly code: 'input/invalid';
      readonly input: string;
      readonly reason: string;
      readonly remedy: string;
    }
  | { readonly code: 'picture/unreadable'; readonly name: string; readonly reason: string }
  | { readonly code: 'picture/missing'; readonly name: string }
  | { readonly code: 'model/missing'; readonly name: string; readonly reason: string }
  | {
      readonly code: 'model/invalid';
      readonly file: string;
      readonly tensor?: string;
      readonly reason: string;
    }
  | { readonly code: 'model/unsupported'; readonly file: string; readonly reason: string }
  | { readonly code: 'model/download-failed'; readonly url: string; readonly reason: string }
  | { readonly code: 'model/access-denied'; readonly host: string; readonly reason: string }
  | {
      readonly code: 'model/out-of-memory';
      readonly reason: string;
      /** What was given up, where the run goes on after that. */
      readonly step?: MemoryStep;
    }
  | { readonly code: 'webgpu/unavailable'; readonly reason: string }
  | { readonly code: 'webgpu/device-lost'; readonly reason: string }
  | { readonly code: 'worker/crashed'; readonly reason: string }
  | { readonly code: 'archive/unreadable'; readonly reason: string }
  | { readonly code: 'storage/failed'; readonly reason: string }
  | { readonly code: 'storage/quota'; readonly reason: string };

/** Every code an {@link AppError} can carry. */
export type ErrorCode = ErrorDetails['code'];

/** The one error class of the project: the world refused, and `details` says what. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly details: ErrorDetails;

  constructor(details: ErrorDetails, options?: ErrorOptions) {
    super(
      'reason' in details ? `${details.code}: ${details.reason}` : JSON.stringify(details),
      options,
    );
    this.details = details;
  }
}

/** Whether an error says that memory ran out, for whatever is done again with less. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof AppError && error.details.code === 'model/out-of-memory';
}

/** Throws when `condition` does not hold; for what only a bug can break. */
export function assert(condition: boolean, reason: string): asserts condition {
  if (!condition) throw new Error(`Assertion failed: ${reason}`);
}

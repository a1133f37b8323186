import { AppError, type ErrorDetails } from '../../core/errors.js';

/** A failure as plain data: of the world's in our words, of the browser's in its own. */
export function detailsOf(error: unknown): ErrorDetails {
  if (error instanceof AppError) return error.details;
  const reason = error instanceof Error ? error.message : String(error);
  const isFull = error instanceof DOMException && error.name === 'QuotaExceededError';
  return { code: isFull ? 'storage/quota' : 'storage/failed', reason };
}

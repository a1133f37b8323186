import { AppError, type ErrorDetails } from '../core/errors.js';

/** A failure as plain data; what is no `AppError` is a mistake of the program and is told with its stack. */
export function failureDetails(cause: unknown): ErrorDetails {
  if (cause instanceof AppError) return cause.details;
  const reason = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  return { code: 'worker/crashed', reason };
}

import type { Prediction, ReferenceStep } from './sockets.js';

/** The attention that a branch's forward captured at a pass; it lives as long as the branch. @throws Error when it gave none. */
export async function attentionOf(
  step: ReferenceStep,
  signal: AbortSignal,
): Promise<NonNullable<Prediction['attention']>> {
  const { attention } = await step.prediction({ attention: true }, signal);
  if (!attention) throw new Error('A branch gave no attention although it was asked for.');
  return attention;
}

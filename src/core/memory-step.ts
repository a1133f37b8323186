/** What was done for want of memory, as data: the page has words for each step in its languages. */
export type MemoryStep =
  /** Kept keys and values went from the graphics device to the CPU's memory. */
  | { readonly code: 'memory/bank-to-ram' }
  /** Kept keys and values were freed; they are computed again when they are wanted. */
  | { readonly code: 'memory/bank-dropped' }
  /** Networks and results that were kept were freed, as far as there is no copy of them. */
  | { readonly code: 'memory/results-dropped' }
  /** A picture was decoded in tiles. */
  | { readonly code: 'memory/tiles' }
  /** Calls of the network take fewer timesteps at once. */
  | { readonly code: 'memory/smaller-calls'; readonly from: number; readonly to: number }
  /** The two predictions of a pass are computed one after the other. */
  | { readonly code: 'memory/pair-apart' };

/** What a node warns of: a sentence, or a step that the page has words for. */
export type Warning = string | MemoryStep;

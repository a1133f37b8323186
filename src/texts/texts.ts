import { en } from './en/index.js';

/** The texts of the page; every language has all of them, or it does not compile. */
export type Texts = typeof en;

/** The texts in the language that is set. Read when something is drawn, never kept. */
export function texts(): Texts {
  return current;
}

const current: Texts = en;

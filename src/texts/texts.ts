import { en, type Texts } from './en/index.js';

/** The languages that the page can speak. */
export type LanguageCode = 'en' | 'de';

let current: Texts = en;
let code: LanguageCode = 'en';

/** The texts in the language that is set. Read when something is drawn, never kept. */
export function texts(): Texts {
  return current;
}

/** The language that is set. */
export function language(): LanguageCode {
  return code;
}

/** Loads a language and sets it; what is drawn from then on is in it. Rejects when its texts cannot be loaded. */
export async function setLanguage(wanted: LanguageCode): Promise<void> {
  current = wanted === 'de' ? (await import('./de/index.js')).de : en;
  code = wanted;
}

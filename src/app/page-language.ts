import type { Settings } from '../storage/settings.js';
import { language, setLanguage, type LanguageCode } from '../texts/texts.js';

/** The language that the page shall speak: the chosen one, or that of the system where the page knows it. */
export function wantedLanguage(
  { language: chosen }: Pick<Settings, 'language'>,
  ofSystem: string = navigator.language,
): LanguageCode {
  if (chosen !== 'system') return chosen;
  return ofSystem.toLowerCase().split('-')[0] === 'de' ? 'de' : 'en';
}

/** Brings the page's texts into the language that is set; resolves true when they changed. */
export async function applyLanguage(settings: Pick<Settings, 'language'>): Promise<boolean> {
  const wanted = wantedLanguage(settings);
  if (wanted === language()) return false;
  await setLanguage(wanted);
  document.documentElement.lang = wanted;
  return true;
}

import type { Settings } from '../storage/settings.js';
import { language, setLanguage, type LanguageCode } from '../texts/texts.js';

/** The language that the page shall speak. The system is not asked as long as German is not complete. */
function wantedLanguage({ language: chosen }: Pick<Settings, 'language'>): LanguageCode {
  return chosen === 'de' ? 'de' : 'en';
}

/** Brings the page's texts into the language that is set; resolves true when they changed. */
export async function applyLanguage(settings: Pick<Settings, 'language'>): Promise<boolean> {
  const wanted = wantedLanguage(settings);
  if (wanted === language()) return false;
  await setLanguage(wanted);
  document.documentElement.lang = wanted;
  return true;
}

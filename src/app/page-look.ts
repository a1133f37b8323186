import type { Settings } from '../storage/settings.js';

type Look = Pick<Settings, 'theme' | 'motion'>;

/** Whether the page has a light background now. */
export function isLight(): boolean {
  return document.documentElement.dataset['theme'] === 'light';
}

/** Gives the page the theme and the motion that are set; of the system's wishes where nothing is. True when the theme changed. */
export function applyLook({ theme, motion }: Look): boolean {
  const { dataset } = document.documentElement;
  const wanted = theme === 'system' ? systemTheme() : theme;
  const changes = dataset['theme'] !== wanted;
  if (changes) dataset['theme'] = wanted;
  if (motion !== dataset['motion']) dataset['motion'] = motion;
  return changes;
}

/** Calls back when the system's wishes change. */
export function watchSystemLook(changed: () => void, signal: AbortSignal): void {
  for (const query of [darkQuery, contrastQuery]) {
    matchMedia(query).addEventListener('change', changed, { signal });
  }
}

const darkQuery = '(prefers-color-scheme: dark)';
const contrastQuery = '(prefers-contrast: more)';

function systemTheme(): 'dark' | 'light' | 'contrast' {
  if (matchMedia(contrastQuery).matches) return 'contrast';
  return matchMedia(darkQuery).matches ? 'dark' : 'light';
}

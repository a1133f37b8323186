/** What the settings dialog edits, keys aside. */
export interface SettingsForm {
  readonly theme: 'system' | 'dark' | 'light' | 'contrast';
  readonly language: 'system' | 'en' | 'de';
  readonly motion: 'system' | 'reduced' | 'full';
  readonly hasLetterKeys: boolean;
  readonly snapsToGrid: boolean;
  readonly linkShape: 'curve' | 'straight' | 'angled';
  readonly bankDevice: 'auto' | '512' | '1024' | '2048' | '4096';
  readonly bankRam: '0' | '1024' | '2048' | '4096';
}

import type { Texts } from '../en/index.js';

/** Was die Tafel der Bilder sagt. */
export const pictures: Texts['pictures'] = {
  label: 'Bilder',
  add: 'Bilder hinzufügen oder irgendwo ablegen',
  putInto: (title) => `Ein Klick setzt das Bild in „${title}“ ein.`,
  addsLoader: 'Ein Klick fügt einen Knoten hinzu, der es lädt. Bilder verlassen dieses Gerät nie.',
  save: (name) => `${name} herunterladen`,
  remove: (name) => `${name} löschen`,
};

import type { Texts } from '../en/index.js';

/** Alles in eine Datei sichern und zurückholen. */
export const archive: Texts['archive'] = {
  save: 'Alles sichern',
  bringBack: 'Aus einer Datei zurückholen',
  hint: 'Graphen, Versionen, Bilder, Untergraphen, Zeitpläne, Einstellungen und Läufe in einer ZIP-Datei; Modelle werden neu geholt.',
  saved: (megabytes) => `Alles ist in einer Datei von ${megabytes} MB gesichert.`,
  kinds: {
    graphs: (count) => (count === 1 ? '1 Graph' : `${String(count)} Graphen`),
    versions: (count) => (count === 1 ? '1 Version' : `${String(count)} Versionen`),
    pictures: (count) => (count === 1 ? '1 Bild' : `${String(count)} Bilder`),
    subgraphs: (count) => (count === 1 ? '1 Untergraph' : `${String(count)} Untergraphen`),
    schedules: (count) => (count === 1 ? '1 Zeitplan' : `${String(count)} Zeitpläne`),
    runs: (count) => (count === 1 ? '1 Lauf' : `${String(count)} Läufe`),
  },
  broughtBack: (kinds) => `Zurückgeholt: ${kinds}. Was hier war, ist unverändert.`,
  nothingNew: 'Alles davon ist schon hier.',
  copies: (count) =>
    count === 1
      ? 'Ein Graph hat hier einen anderen Stand: der aus der Datei liegt als Kopie daneben.'
      : `${String(count)} Graphen haben hier einen anderen Stand: die aus der Datei liegen als Kopien daneben.`,
  renamed: (from, to) =>
    `Der Name ${from} gehört hier einem anderen Bild; das aus der Datei heißt nun ${to}, auch in seinen Graphen.`,
  damaged: (count, first) =>
    count === 1
      ? `Ein Teil der Datei ist beschädigt und wurde ausgelassen: ${first}.`
      : `${String(count)} Teile der Datei sind beschädigt und wurden ausgelassen; der erste ist ${first}.`,
};

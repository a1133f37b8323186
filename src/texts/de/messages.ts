import type { Texts } from '../en/index.js';

const ownGraph =
  'Wählen Sie einen Graphen, den Crossweave gesichert hat. Der Graph auf dem Bildschirm bleibt, wie er ist.';

/** Alles, was misslingen kann: was geschehen ist, und was hilft. */
export const messages: Texts['messages'] = {
  noReason: 'ein Grund wurde nicht genannt',
  documentInvalid: (path, reason) => ({
    sentence: `Das ist kein Graph, den Crossweave lesen kann${path === '' ? '' : ` (bei ${path})`}: ${reason}.`,
    remedy: ownGraph,
  }),
  documentTooNew: (found, supported) => ({
    sentence: `Diesen Graphen hat ein neueres Crossweave gesichert (Format ${String(found)}; dieses liest bis ${String(supported)}).`,
    remedy:
      'Laden Sie die Seite neu, um die neueste Version zu bekommen, und öffnen Sie ihn wieder.',
  }),
  documentTooLarge: (what, found, limit) => ({
    sentence: `Diese Datei enthält zu viel (${what}): ${String(found)}, lesbar sind höchstens ${String(limit)}.`,
    remedy: ownGraph,
  }),
  nodeFailed: (node, pass, why) =>
    `${node} ist${pass === undefined ? '' : ` in Durchgang ${String(pass)}`} gescheitert: ${why}`,
  nodeFailedRemedy: 'Ändern Sie seine Eingänge und führen Sie ihn noch einmal aus.',
  inputInvalid: (input, reason) => `Der Eingang „${input}“ ist nicht brauchbar: ${reason}.`,
  pictureUnreadable: (name, reason) => ({
    sentence: `Das Bild „${name}“ ist nicht lesbar: ${reason}.`,
    remedy: 'Nehmen Sie eine PNG-, JPEG- oder WebP-Datei, die sich anderswo öffnen lässt.',
  }),
  pictureMissing: (name) => ({
    sentence: name === '' ? 'Es ist kein Bild gewählt.' : `Es gibt kein Bild namens „${name}“.`,
    remedy:
      'Legen Sie ein Bild auf den Knoten „Bild laden“, oder wählen Sie eines aus seiner Liste.',
  }),
  modelMissing: (name, reason) => ({
    sentence: `Das Modell „${name}“ ist nicht zu finden: ${reason}.`,
    remedy: 'Wählen Sie im Knoten „Checkpoint laden“ ein anderes Modell.',
  }),
  modelInvalid: (file, tensor, reason) => ({
    sentence: `Die Modelldatei ${file} ist beschädigt${tensor === '' ? '' : ` bei „${tensor}“`}: ${reason}.`,
    remedy: 'Laden Sie die Datei noch einmal herunter, oder wählen Sie ein anderes Modell.',
  }),
  modelUnsupported: (file, reason) => ({
    sentence: `Das Modell ${file} ist von einer Art, die hier nicht läuft: ${reason}.`,
    remedy: 'Nehmen Sie einen Checkpoint von Stable Diffusion 1.x.',
  }),
  downloadFailed: (url, reason) => ({
    sentence: `Die Datei ${url} ließ sich nicht herunterladen: ${reason}.`,
    remedy: 'Prüfen Sie die Verbindung und führen Sie den Graphen noch einmal aus.',
  }),
  outOfMemory: (reason) => ({
    sentence: `Der Speicher reicht nicht: ${reason}.`,
    remedy: 'Schließen Sie andere Seiten, oder nehmen Sie ein kleineres Bild.',
  }),
  memory: {
    bankToRam:
      'Der Speicher wurde knapp: Behaltene Schlüssel und Werte liegen jetzt im Arbeitsspeicher.',
    bankDropped:
      'Der Speicher wurde knapp: Behaltene Schlüssel und Werte wurden freigegeben und werden neu berechnet.',
    resultsDropped: 'Der Speicher wurde knapp: Behaltene Netze und Ergebnisse wurden freigegeben.',
    tiles:
      'Der Speicher wurde knapp, daher wurde das Bild in Kacheln dekodiert: Töne können sich von Kachel zu Kachel ein wenig unterscheiden.',
    smallerCalls: (from, to) =>
      `Mit ${String(from)} Zeitschritten je Aufruf des Netzes wurde der Speicher knapp, daher geht es mit ${String(to)} weiter: Das dauert länger.`,
    pairApart:
      'Der Speicher wurde knapp, daher werden beide Vorhersagen eines Durchgangs nacheinander berechnet: Das dauert länger.',
  },
  goesOn: 'Der Lauf geht nach dem letzten fertigen Durchgang weiter.',
  webgpuUnavailable: (reason) => ({
    sentence: `WebGPU ist nicht benutzbar: ${reason}.`,
    remedy: 'Statt dessen rechnet der Prozessor; das ist langsamer.',
  }),
  deviceLost: (reason) => ({
    sentence: `Die Grafikeinheit ist verloren gegangen: ${reason}.`,
    remedy: 'Führen Sie den Graphen noch einmal aus: es geht weiter mit dem, was behalten wurde.',
  }),
  workerCrashed: (reason) => ({
    sentence: `Der rechnende Thread ist unerwartet stehen geblieben: ${reason}.`,
    remedy: 'Er ist neu gestartet. Führen Sie den Graphen noch einmal aus.',
  }),
  archiveUnreadable: (reason) => ({
    sentence: `Aus dieser Datei lässt sich nichts zurückholen: ${reason}.`,
    remedy:
      'Wählen Sie eine ZIP-Datei, die mit „Alles sichern“ entstanden ist. Was hier gespeichert ist, bleibt, wie es ist.',
  }),
  storageFailed: (reason) => ({
    sentence: `Der Browser hat sich geweigert, Ihre Arbeit zu speichern: ${reason}.`,
    remedy: 'Laden Sie den Graphen herunter, um ihn zu behalten.',
  }),
  storageQuota: {
    sentence: 'Der Browser hat keinen Platz mehr für Ihre Arbeit.',
    remedy:
      'Laden Sie den Graphen herunter, um ihn zu behalten, oder löschen Sie Bilder, die Sie nicht mehr brauchen.',
  },
};

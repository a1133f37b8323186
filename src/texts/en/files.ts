/** Tabs, stored graphs, versions, templates, sharing and what can go wrong with storage. */
export const files = {
  untitled: 'Untitled graph',
  tabs: 'Open graphs',
  newTab: 'New graph',
  allTabs: (count: number) => (count === 1 ? '1 open graph' : `${String(count)} open graphs`),
  closeShown: 'Close this graph',
  closeTab: (title: string) => `Close ${title}`,
  renameTab: 'Title of the graph',
  changed: 'changed since it was exported',
  running: 'running',
  elsewhere: 'open in another window',
  closed: (title: string) => `Closed “${title}”.`,
  undo: 'Undo',
  takenOver: 'Take over from the other window',
  copyOf: (title: string) => (title === '' ? 'Copy' : `${title} (copy)`),
  recovered: (title: string) => (title === '' ? 'Recovered graph' : `${title} (recovered)`),
  recoveredNote: (title: string) =>
    `“${title || 'A graph'}” could not be read; its newest readable version has been opened beside it.`,
  graphFromPicture: (name: string) =>
    `${name} holds the graph that made it: the graph has been opened in a tab of its own.`,
  placeholders: (count: number, types: string) =>
    count === 1
      ? `One node is of a type that is not known here (${types}). It stands as a placeholder and keeps its data.`
      : `${String(count)} nodes are of types that are not known here (${types}). They stand as placeholders and keep their data.`,
  noGraphInFile: (name: string) => `${name} is neither a graph nor a picture`,
  elsewhereBanner:
    'This graph is open in another window of this browser. What you change here is not stored.',
  takeOver: 'Take it over',
  workOnCopy: 'Work on a copy',
  unreadableBanner: (title: string, reason: string) =>
    `The stored graph “${title || 'Untitled graph'}” cannot be read. ${reason} It stays stored as it is.`,
  unreadableRecords: {
    settings: (names: readonly string[]) =>
      names.length === 0
        ? 'The stored settings cannot be read: the usual ones hold instead. What was stored stays as it is.'
        : `Of the stored settings these cannot be read: ${someOf(names, 'and more')}. The usual ones hold instead. What was stored stays as it is.`,
    pictures: (names: readonly string[]) =>
      names.length === 1
        ? `The stored picture “${names.join()}” cannot be read. What is stored of it stays as it is.`
        : `${String(names.length)} stored pictures cannot be read: ${someOf(names, 'and more')}. What is stored of them stays as it is.`,
  },
  downloadUnreadable: {
    settings: 'Download unreadable settings',
    pictures: 'Download unreadable pictures',
  },
  deleteUnreadable: {
    settings: 'Delete unreadable settings',
    pictures: 'Delete unreadable pictures',
  },
  downloadText: 'Download its text',
  downloadGraph: 'Download the graph',
  dismiss: 'Dismiss',
  graphs: 'Graphs',
  searchGraphs: 'Search graphs',
  noGraphs: 'No graph of that name.',
  nodes: (count: number) => (count === 1 ? '1 node' : `${String(count)} nodes`),
  open: 'Open',
  isOpen: 'open',
  rename: 'Rename',
  duplicate: 'Duplicate',
  delete: 'Delete',
  deleted: (title: string) => `Deleted “${title}”.`,
  doTo: (action: string, title: string) => `${action} ${title}`,
  history: 'Versions of this graph',
  noVersions: 'No version yet: one is kept after every step.',
  now: 'Now',
  keep: 'Keep this version',
  restore: 'Restore this version',
  restored: (time: string) => `Restore the version of ${time}`,
  difference: 'Against the graph on screen',
  noDifference: 'No difference.',
  result: (time: string) => `What a run of the version of ${time} gave`,
  preview: (time: string) => `Layout of the version of ${time}`,
  unreadableVersion: (time: string, reason: string) =>
    `The version of ${time} cannot be read. ${reason} It stays stored as it is.`,
  versionGone: 'This version has been thinned out meanwhile.',
  added: (names: string) => `Added since: ${names}`,
  removed: (names: string) => `Removed since: ${names}`,
  changedNode: (name: string, inputs: string) => `${name}: ${inputs}`,
  changedValue: (input: string, from: string, to: string) => `${input} was ${from}, is ${to}`,
  changedLink: (input: string) => `${input} is linked differently`,
  changedRecord: 'title or mode',
  moved: (count: number) => (count === 1 ? '1 node moved' : `${String(count)} nodes moved`),
  groupsChanged: 'Groups differ',
  titleChanged: 'The title differs',
  templates: 'New from template',
  templatesIntro:
    'Every template opens in a tab of its own, ready to run with the model that comes along.',
  tryThis: 'Try',
  blank: 'Empty graph',
  blankWords: 'Start from nothing.',
  pictureOf: (title: string) => `Result of ${title}`,
  noResult: 'There is no result yet. Run the graph first.',
  noTransfer:
    'The reference code knows the transfer alone. Add a Cross-Image U-Net Step with an Injection Schedule first.',
  referenceSaved: (unsaid: number): string =>
    unsaid === 0
      ? 'The configuration says all that the graph does.'
      : 'The reference code has no field for some of the graph. The first lines of the file say which.',
  unsaid: {
    schedule: (inputs: string) => `Not said here, because the reference code fixes it: ${inputs}.`,
    inputs: (inputs: string) => `Not said here, because the reference code takes none: ${inputs}.`,
    inversion: (inputs: string) =>
      `Not said here, because the reference code has it once for both pictures or not at all: ${inputs}.`,
    'own-masks': () =>
      'Not said here: masks of AdaIN that are not found in the pictures. The reference code knows only its own.',
  },
  exportAs: 'Save or export as',
  ownFormat: 'Crossweave graph (JSON)',
  asLink: 'Link on the clipboard',
  copied: 'The link is on the clipboard.',
  shareMissing: (names: string) =>
    `Pictures are named in the link, not included. These are yours alone: ${names}. Send them along.`,
  shareTooLarge: (found: number, limit: number) =>
    `This graph makes a link of ${String(found)} characters, and browsers and chats cut links above ${String(limit)}. Save it as a file and send that.`,
  shareBad: 'This link holds no graph that can be read',
  shareOpened: 'A graph from a link has been opened in a new tab.',
};

/** The first few of many names. */
export function someOf(names: readonly string[], more: string): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} ${more}` : shown;
}

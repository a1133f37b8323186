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
  noGraphInFile: (name: string) => `${name} is neither a graph nor a picture`,
  elsewhereBanner:
    'This graph is open in another window of this browser. What you change here is not stored.',
  takeOver: 'Take it over',
  workOnCopy: 'Work on a copy',
  unreadableBanner: (title: string, reason: string) =>
    `The stored graph “${title || 'Untitled graph'}” cannot be read. ${reason} It stays stored as it is.`,
  downloadText: 'Download its text',
  downloadGraph: 'Download the graph',
  dismiss: 'Dismiss',
};

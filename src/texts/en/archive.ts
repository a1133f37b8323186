/** Saving everything into one file, and bringing it back. */
export const archive = {
  save: 'Save everything',
  bringBack: 'Bring back from a file',
  hint: 'Graphs, versions, pictures, subgraphs, schedules, settings and runs in one zip file; models are fetched again.',
  saved: (megabytes: string) => `Everything is saved in one file of ${megabytes} MB.`,
  kinds: {
    graphs: (count: number) => (count === 1 ? '1 graph' : `${String(count)} graphs`),
    versions: (count: number) => (count === 1 ? '1 version' : `${String(count)} versions`),
    pictures: (count: number) => (count === 1 ? '1 picture' : `${String(count)} pictures`),
    subgraphs: (count: number) => (count === 1 ? '1 subgraph' : `${String(count)} subgraphs`),
    schedules: (count: number) => (count === 1 ? '1 schedule' : `${String(count)} schedules`),
    runs: (count: number) => (count === 1 ? '1 run' : `${String(count)} runs`),
  },
  broughtBack: (kinds: string) => `Brought back: ${kinds}. Nothing that was here has changed.`,
  nothingNew: 'All of it is here already.',
  copies: (count: number) =>
    count === 1
      ? 'One graph has another state here: the file’s is stored beside it as a copy.'
      : `${String(count)} graphs have another state here: the file’s are stored beside them as copies.`,
  renamed: (from: string, to: string) =>
    `The name ${from} belongs to another picture here; the file’s is called ${to}, in its graphs too.`,
  damaged: (count: number, first: string) =>
    count === 1
      ? `One part of the file is damaged and was left out: ${first}.`
      : `${String(count)} parts of the file are damaged and were left out; the first is ${first}.`,
};

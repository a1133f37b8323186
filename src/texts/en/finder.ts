/** The searches: nodes, commands, outputs to connect. */
export const finder = {
  addNode: 'Add a node',
  searchNodes: 'Search nodes',
  nothing: 'Nothing of that name.',
  recent: 'Recently used',
  categories: 'Categories',
  all: 'All',
  allOthers: 'All others',
  fits: (type: string) => `Fits ${type}`,
  preview: 'What the node is',
  drawing: (title: string, takes: readonly string[], gives: readonly string[]) =>
    `${title}: takes ${takes.join(', ') || 'nothing'}, gives ${gives.join(', ') || 'nothing'}`,
  commands: 'Commands',
  searchCommands: 'Search commands, nodes, presets and graphs',
  goTo: 'Go to node',
  presets: 'Presets',
  published: 'Published',
  graphs: 'Graphs',
  applyPreset: (preset: string) => `Preset: ${preset}`,
  connectTo: (title: string, input: string) => `Connect ${input} of ${title}`,
  searchOutputs: 'Search outputs that fit',
};

/** Names of commands where they differ from what the command calls itself, and the headings they stand under. */
export const commands = {
  names: {} as Readonly<Record<string, string>>,
  groups: {
    Run: 'Run',
    File: 'File',
    Edit: 'Edit',
    Canvas: 'Canvas',
    Help: 'Help',
  } as Readonly<Record<string, string>>,
  gestures: [
    { keys: 'Drag the canvas', label: 'Move the view' },
    { keys: 'Wheel, two fingers', label: 'Zoom' },
    { keys: 'Ctrl + drag', label: 'Select with a rectangle' },
    { keys: 'Shift + click', label: 'Add to the selection' },
    { keys: 'Alt + drag', label: 'Drag a copy of nodes' },
    { keys: 'Double click', label: 'Add a node; rename by its title' },
    { keys: 'Drag a link to nothing', label: 'Add a node that fits' },
    { keys: 'Drag a number', label: 'Change it; Shift is faster' },
    { keys: 'Hold, right click', label: 'Menu' },
  ] as readonly { readonly keys: string; readonly label: string }[],
  copied: (count: number) => (count === 1 ? 'Copied 1 node.' : `Copied ${String(count)} nodes.`),
  nothingToPaste: 'There are no nodes on the clipboard.',
  noPictures: 'The node has no pictures yet.',
  noneClosed: 'No graph has been closed.',
};

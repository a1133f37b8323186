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
  gestures: {} as Readonly<Record<string, string>>,
};

/** What a user can ask for by name: toolbar, menus and keys all end here. */
export interface Action {
  readonly name: string;
  readonly label: string;
  /** As ComfyUI has them; the first is shown. */
  readonly keys: readonly string[];
  readonly group: 'Run' | 'File' | 'Edit' | 'Canvas' | 'Help';
}

/** Every action of the application. */
export const actions = [
  { name: 'run', label: 'Run', keys: ['Ctrl+Enter'], group: 'Run' },
  { name: 'cancel', label: 'Cancel the run', keys: ['Ctrl+Alt+Enter'], group: 'Run' },
  { name: 'previous-pass', label: 'Previous pass', keys: ['['], group: 'Run' },
  { name: 'next-pass', label: 'Next pass', keys: [']'], group: 'Run' },
  { name: 'open', label: 'Open a graph', keys: ['Ctrl+O'], group: 'File' },
  { name: 'save', label: 'Save the graph', keys: ['Ctrl+S'], group: 'File' },
  { name: 'example', label: 'Open the first example', keys: [], group: 'File' },
  { name: 'undo', label: 'Undo', keys: ['Ctrl+Z'], group: 'Edit' },
  { name: 'redo', label: 'Redo', keys: ['Ctrl+Y', 'Ctrl+Shift+Z'], group: 'Edit' },
  { name: 'select-all', label: 'Select all', keys: ['Ctrl+A'], group: 'Edit' },
  { name: 'copy', label: 'Copy', keys: ['Ctrl+C'], group: 'Edit' },
  { name: 'paste', label: 'Paste', keys: ['Ctrl+V'], group: 'Edit' },
  {
    name: 'paste-linked',
    label: 'Paste with links',
    keys: ['Ctrl+Shift+V'],
    group: 'Edit',
  },
  { name: 'duplicate', label: 'Duplicate', keys: ['Ctrl+D'], group: 'Edit' },
  { name: 'delete', label: 'Delete', keys: ['Delete', 'Backspace'], group: 'Edit' },
  { name: 'mute', label: 'Mute', keys: ['Ctrl+M'], group: 'Edit' },
  { name: 'bypass', label: 'Bypass', keys: ['Ctrl+B'], group: 'Edit' },
  { name: 'collapse', label: 'Collapse or unfold', keys: ['Alt+C'], group: 'Edit' },
  { name: 'add', label: 'Add a node', keys: ['Shift+A'], group: 'Canvas' },
  { name: 'fit', label: 'Fit to view', keys: ['.'], group: 'Canvas' },
  { name: 'zoom-in', label: 'Zoom in', keys: ['Alt+='], group: 'Canvas' },
  { name: 'zoom-out', label: 'Zoom out', keys: ['Alt+-'], group: 'Canvas' },
  { name: 'panel', label: 'Show or hide the panel', keys: ['Alt+P'], group: 'Canvas' },
  { name: 'timeline', label: 'Schedule timeline', keys: ['T'], group: 'Canvas' },
  { name: 'swap-schedules', label: 'Swap the two kept schedules', keys: ['X'], group: 'Run' },
  { name: 'toggle-live', label: 'Run after every edit of a schedule', keys: [], group: 'Run' },
  { name: 'theme', label: 'Change the theme', keys: [], group: 'Canvas' },
  { name: 'show-device', label: 'Where it runs', keys: [], group: 'Help' },
  { name: 'help', label: 'Help and shortcuts', keys: ['?', 'Ctrl+Shift+K'], group: 'Help' },
] as const satisfies readonly Action[];

/** The name of an action. */
export type ActionName = (typeof actions)[number]['name'];

const names = new Set<string>(actions.map(({ name }) => name));

/** Whether a text names an action. */
export function isActionName(text: string): text is ActionName {
  return names.has(text);
}

const byKeys = new Map<string, ActionName>(
  actions.flatMap(({ name, keys }) => keys.map((key) => [key, name] as const)),
);

/**
 * The action that a key press asks for. Nothing while a text is being edited, except what cannot be typed: Ctrl
 * with Enter, S or O.
 */
export function actionForKey(event: KeyboardEvent, isTyping: boolean): ActionName | undefined {
  const action = byKeys.get(describeKey(event));
  if (!isTyping || action === undefined) return action;
  return ['run', 'cancel', 'save', 'open'].includes(action) ? action : undefined;
}

/** A key press as text, such as `Ctrl+Shift+Z`; the Mac's command key counts as Ctrl. */
export function describeKey(event: KeyboardEvent): string {
  const isLetter = /^[a-z]$/i.test(event.key);
  // With Alt, keyboards type other characters: the place of the key counts.
  const fromCode = event.altKey ? codes[event.code] : undefined;
  const key = fromCode ?? (isLetter ? event.key.toUpperCase() : event.key);
  const isShiftShown = isLetter || fromCode !== undefined || event.key.length > 1;
  return [
    event.ctrlKey || event.metaKey ? 'Ctrl' : '',
    event.altKey ? 'Alt' : '',
    event.shiftKey && isShiftShown ? 'Shift' : '',
    key,
  ]
    .filter((part) => part !== '')
    .join('+');
}

const codes: Readonly<Record<string, string>> = {
  KeyC: 'C',
  KeyP: 'P',
  Equal: '=',
  Minus: '-',
  Enter: 'Enter',
};

/** Gestures of the canvas, for the help sheet. */
export const gestureHelp = [
  { keys: 'Drag the canvas', label: 'Move the view' },
  { keys: 'Wheel, two fingers', label: 'Zoom' },
  { keys: 'Ctrl + drag', label: 'Select with a rectangle' },
  { keys: 'Shift + click', label: 'Add to the selection' },
  { keys: 'Alt + drag', label: 'Drag a copy of nodes' },
  { keys: 'Double click', label: 'Add a node; rename by its title' },
  { keys: 'Drag a link to nothing', label: 'Add a node that fits' },
  { keys: 'Drag a number', label: 'Change it; Shift is faster' },
  { keys: 'Hold, right click', label: 'Menu' },
] as const;

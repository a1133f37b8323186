import { html, type TemplateResult } from 'lit';
import '../ui/cw-help-dialog.js';
import type { Application } from './application.js';
import type { AppState } from './app-state.js';
import { commands } from './commands/index.js';
import { gestureHelp } from './commands/keys.js';

type RenderDialog = (
  application: Application,
  state: AppState,
  close: () => void,
) => TemplateResult;

/** Every dialog that can be open, by the name that {@link AppState.dialog} has. */
export const dialogs: Readonly<Record<string, RenderDialog>> = {
  help: (_application, _state, close) =>
    html`<cw-help-dialog .groups=${helpGroups} @cw-close=${close}></cw-help-dialog>`,
};

const helpGroups = [
  ...['Run', 'File', 'Edit', 'Canvas', 'Help'].map((group) => ({
    title: group,
    rows: commands
      .filter((command) => command.group === group && command.keys.length > 0)
      .map(({ keys, label }) => ({ keys: keys.join(' or '), label })),
  })),
  { title: 'Pointer', rows: gestureHelp },
];

import type { Application } from '../application.js';
import type { AppState } from '../app-state.js';

/** Under which heading a command is listed. */
export type CommandGroup = 'Run' | 'File' | 'Edit' | 'Canvas' | 'Help';

/** What a user can ask for by name: toolbar, menus, the command palette and keys all end here. */
export interface Command {
  readonly name: string;
  readonly label: string;
  /** As ComfyUI has them; the first is shown. */
  readonly keys: readonly string[];
  readonly group: CommandGroup;
  /** Whether it can do something now; always, when absent. */
  readonly isEnabled?: (state: AppState) => boolean;
  /** Carries it out. What it throws is shown to the user. */
  readonly perform: (application: Application) => void | Promise<void>;
}

import type { Application } from '../application.js';
import { canvasCommands } from './canvas-commands.js';
import type { AppState } from '../app-state.js';
import type { Command } from './command.js';
import { editCommands } from './edit-commands.js';
import { exportCommands } from './export-commands.js';
import { fileCommands } from './file-commands.js';
import { helpCommands } from './help-commands.js';
import { lensCommands } from './lens-commands.js';
import { runCommands } from './run-commands.js';
import { scheduleCommands } from './schedule-commands.js';
import { shellCommands } from './shell-commands.js';
import { subgraphCommands } from './subgraph-commands.js';

/** Every command of the application, in the order in which lists show them. */
export const commands: readonly Command[] = [
  ...runCommands,
  ...scheduleCommands,
  ...fileCommands,
  ...exportCommands,
  ...editCommands,
  ...subgraphCommands,
  ...canvasCommands,
  ...lensCommands,
  ...helpCommands,
  ...shellCommands,
];

const byName = new Map(commands.map((command) => [command.name, command]));

/** Whether a command of this name exists and can do something now. */
export function canPerform(state: AppState, name: string): boolean {
  const command = byName.get(name);
  return command !== undefined && command.isEnabled?.(state) !== false;
}

/** Carries out a command by name; names that are no command, and commands that can do nothing now, are passed over. */
export async function performCommand(application: Application, name: string): Promise<void> {
  const command = byName.get(name);
  if (!command || !canPerform(application.store.get(), name)) return;
  try {
    await command.perform(application);
  } catch (error) {
    application.toasts.thrown(error);
  }
}

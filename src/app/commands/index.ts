import type { Application } from '../application.js';
import { canvasCommands } from './canvas-commands.js';
import type { Command } from './command.js';
import { editCommands } from './edit-commands.js';
import { exportCommands } from './export-commands.js';
import { fileCommands } from './file-commands.js';
import { helpCommands } from './help-commands.js';
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
  ...helpCommands,
  ...shellCommands,
];

const byName = new Map(commands.map((command) => [command.name, command]));

/** Carries out a command by name; names that are no command, and commands that can do nothing now, are passed over. */
export async function performCommand(application: Application, name: string): Promise<void> {
  const command = byName.get(name);
  if (!command || command.isEnabled?.(application.store.get()) === false) return;
  try {
    await command.perform(application);
  } catch (error) {
    application.toasts.thrown(error);
  }
}

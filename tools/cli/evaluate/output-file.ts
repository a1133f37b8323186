import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { UsageError } from '../headless/command.js';

/**
 * Checks, before hours are spent on what goes into it, that a file can be written: its folder is there, and it is a file or not there
 * yet. @throws UsageError.
 */
export async function checkOutputFile(option: string, path: string): Promise<void> {
  const refuse = (reason: string): never => {
    throw new UsageError(`--${option} takes a file to write; ${reason}.`);
  };
  if (path.trim() === '') refuse('its name is empty');
  if (path.includes('\0')) refuse('no file’s name has a zero byte');
  const found = await stat(path).catch(() => undefined);
  if (found && !found.isFile()) refuse(`“${path}” is no file`);
  const folder = dirname(resolve(path));
  const isThere = found ?? (await stat(folder).catch(() => undefined))?.isDirectory();
  const isWritable = await access(found ? path : folder, constants.W_OK).then(
    () => true,
    () => false,
  );
  if (!isThere || !isWritable) refuse(`“${path}” cannot be written`);
}

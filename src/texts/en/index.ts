import { canvas } from './canvas.js';
import { commands } from './commands.js';
import { dialogs } from './dialogs.js';
import { finder } from './finder.js';
import { running } from './running.js';
import { settings } from './settings.js';

/** Every text of the page in English, by area; a value with parts to fill in is a function. */
export const en = {
  canvas,
  commands,
  dialogs,
  finder,
  running,
  settings,
};

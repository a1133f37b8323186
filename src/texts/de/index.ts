import type { Language } from '../texts.js';
import { commands } from './commands.js';
import { dialogs } from './dialogs.js';
import { finder } from './finder.js';
import { inspector } from './inspector.js';
import { list } from './list.js';
import { settings } from './settings.js';
import { shell } from './shell.js';

/** The texts of the page in German, by area; what is missing is read in English. */
export const de: Language = { commands, dialogs, finder, inspector, list, settings, shell };

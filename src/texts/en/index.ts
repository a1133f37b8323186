import { canvas } from './canvas.js';
import { dialogs } from './dialogs.js';
import { finder } from './finder.js';

/** Every text of the page in English, by area; a value with parts to fill in is a function. */
export const en = { canvas, dialogs, finder };

import { canvas } from './canvas.js';

/** Every text of the page in English, by area; a value with parts to fill in is a function. */
export const en = { canvas };

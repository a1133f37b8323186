import type { Texts } from '../en/index.js';
import { archive } from './archive.js';
import { canvas } from './canvas.js';
import { commands } from './commands.js';
import { dialogs } from './dialogs.js';
import { edits } from './edits.js';
import { files } from './files.js';
import { finder } from './finder.js';
import { forecast } from './forecast.js';
import { inspector } from './inspector.js';
import { list } from './list.js';
import { masks } from './masks.js';
import { messages } from './messages.js';
import { models } from './models.js';
import { nodes } from './nodes.js';
import { pictures } from './pictures.js';
import { running } from './running.js';
import { settings } from './settings.js';
import { shell } from './shell.js';
import { templates } from './templates.js';
import { timeline } from './timeline.js';

/** Every text of the page in German, by area. */
export const de: Texts = {
  archive,
  canvas,
  commands,
  dialogs,
  edits,
  files,
  finder,
  forecast,
  inspector,
  list,
  masks,
  messages,
  models,
  nodes,
  pictures,
  running,
  settings,
  shell,
  templates,
  timeline,
};

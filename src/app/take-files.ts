import type { Point } from '../editor/intents.js';
import { texts } from '../texts/texts.js';
import type { Application } from './application.js';
import { readGraphFile } from './read-graph.js';

/**
 * Takes dropped or picked files: each graph opens in a tab of its own, a picture with a graph in it likewise; other
 * pictures are stored and put where they were dropped. What cannot be taken is told, and the rest goes on.
 */
export async function takeFiles(
  application: Application,
  files: readonly File[],
  at?: Point,
): Promise<void> {
  for (const file of files) {
    try {
      await takeFile(application, file, at);
    } catch (error) {
      application.toasts.thrown(error);
    }
  }
}

async function takeFile(application: Application, file: File, at?: Point): Promise<void> {
  const { session, editor, library, registry, workspace, toasts } = application;
  if (/\.zip$/i.test(file.name)) {
    const { bringBack } = await import('./everything.js');
    await bringBack(application, file);
    return;
  }
  const isPicture = file.type.startsWith('image/');
  let mistake: unknown;
  const found = await readGraphFile(file, registry).catch((error: unknown) => {
    if (!isPicture) throw error;
    mistake = error;
    return undefined;
  });
  if (found) {
    workspace.open({ title: stemOf(file.name), ...found.document }, { isClean: true });
    if (isPicture) toasts.note(texts().files.graphFromPicture(file.name));
    for (const warning of found.warnings) toasts.note(warning);
  } else {
    await library.take(session, editor, registry, file, at);
    // The picture is one, whatever was wrong with the graph in it.
    if (mistake !== undefined) toasts.thrown(mistake);
  }
}

function stemOf(name: string): string {
  return name.replace(/\.[a-z0-9]{1,5}$/i, '').slice(0, 200);
}

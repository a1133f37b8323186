import { loadDocument } from '../core/graph/load.js';
import type { Application } from './application.js';

/** Opens a template by its name in a tab of its own. What goes wrong is told. */
export async function openTemplate(application: Application, name: string): Promise<void> {
  const { registry, workspace, toasts } = application;
  try {
    const address = `graphs/${encodeURIComponent(name)}.json`;
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address}: ${response.statusText}`);
    workspace.open(loadDocument(await response.text(), registry).document, { isClean: true });
  } catch (error) {
    toasts.thrown(error);
  }
}

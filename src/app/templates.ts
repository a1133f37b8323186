import { loadDocument } from '../core/graph/load.js';
import { texts } from '../texts/texts.js';
import type { TemplateCard } from '../ui/cw-template-gallery.js';
import type { Application } from './application.js';

/** Opens a template by its name in a tab of its own. What goes wrong is told. */
export async function openTemplate(application: Application, name: string): Promise<void> {
  const { registry, workspace, toasts } = application;
  try {
    const response = await get(`graphs/${encodeURIComponent(name)}.json`);
    workspace.open(loadDocument(await response.text(), registry).document, { isClean: true });
  } catch (error) {
    toasts.thrown(error);
  }
}

/** The templates that come with the project, with the words of the page's language. @throws Error when they are not served. */
export async function listTemplates(): Promise<readonly TemplateCard[]> {
  const listed: unknown = await (await get('templates/index.json')).json();
  if (!Array.isArray(listed)) throw new Error('templates/index.json is no list.');
  const words = texts().templates;
  return (listed as readonly ListedTemplate[]).map((card) => {
    const picture = `templates/${encodeURIComponent(card.name)}.jpg`;
    return { ...card, ...words[card.name], picture };
  });
}

/** A line of the index that `npm run templates` writes. */
type ListedTemplate = Omit<TemplateCard, 'picture'>;

async function get(address: string): Promise<Response> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.statusText}`);
  return response;
}

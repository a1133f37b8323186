import { texts } from '../texts/texts.js';
import type { FinderEntry } from '../ui/cw-finder.js';
import type { Application } from './application.js';
import type { AppState } from './app-state.js';
import { commands } from './commands/index.js';
import { keysOf, labelOf } from './keymap.js';
import { remember } from './remember.js';
import { titleOf } from './view-models.js';

/** What the command palette finds: commands (those used last first), nodes of the graph, presets, open graphs. */
export function finderEntries({ registry }: Application, state: AppState): readonly FinderEntry[] {
  const { settings, document } = state;
  const words = texts();
  const all = commands
    .filter(({ name }) => name !== 'commands')
    .map((command) => ({
      id: `command:${command.name}`,
      label: labelOf(command),
      section: words.commands.groups[command.group] ?? command.group,
      aliases: [command.label, command.name.replaceAll('-', ' ')],
      detail: keysOf(settings, command)[0] ?? '',
      isDisabled: command.isEnabled?.(state) === false,
    }));
  const recent = settings.recentCommands.flatMap(
    (name) => all.find(({ id }) => id === `command:${name}`) ?? [],
  );
  const nodes = Object.entries(document.nodes).map(([id, { type }]) => ({
    id: `node:${id}`,
    label: titleOf(document, registry, id),
    section: words.finder.goTo,
    aliases: [type, id],
    detail: words.finder.goTo,
  }));
  const graphs = state.tabs
    .filter(({ id }) => id !== state.graphId)
    .map(({ id, title }) => ({
      id: `graph:${id}`,
      label: title || words.files.untitled,
      section: words.finder.graphs,
      detail: words.finder.graphs,
    }));
  const used = new Set(Object.values(document.nodes).map(({ type }) => type));
  const presets = new Set(
    [...used].flatMap((type) => Object.keys(registry.get(type)?.presets ?? {})),
  );
  return [
    ...recent.map((entry) => ({ ...entry, section: words.finder.recent })),
    ...all.filter((entry) => !recent.includes(entry)),
    ...[...presets].map((preset) => ({
      id: `preset:${preset}`,
      label: words.finder.applyPreset(preset),
      section: words.finder.presets,
    })),
    ...graphs,
    ...nodes,
  ];
}

/** Does what an entry of {@link finderEntries} stands for. */
export function pickFound(application: Application, id: string): void {
  const [kind, name] = [id.slice(0, id.indexOf(':')), id.slice(id.indexOf(':') + 1)];
  if (kind === 'node') application.showNode(name);
  else if (kind === 'graph') application.workspace.show(name);
  else if (kind === 'preset') application.session.edit({ kind: 'preset', preset: name });
  else {
    void application.perform(name);
    void remember(application, 'recentCommands', name);
  }
}

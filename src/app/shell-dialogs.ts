import { html, type TemplateResult } from 'lit';
import { language, texts } from '../texts/texts.js';
import type { KeyRow } from '../ui/cw-keymap.js';
import type { SettingsForm } from '../ui/settings-form.js';
import type { Application } from './application.js';
import type { AppState } from './app-state.js';
import { changeSettings } from './change-settings.js';
import { commands } from './commands/index.js';
import { describeKey } from './commands/keys.js';
import { finderEntries, pickFound } from './find-anything.js';
import { keysOf, labelOf } from './keymap.js';
import { lazily } from './lazily.js';
import { wantedLanguage } from './page-language.js';

/** The sheet of keys, with the keys that hold now. */
export function renderHelp(
  application: Application,
  { settings }: AppState,
  close: () => void,
): TemplateResult {
  lazily(application, () => import('../ui/cw-help-dialog.js'));
  const words = texts();
  const groups = [...new Set(commands.map(({ group }) => group))].map((group) => ({
    title: words.commands.groups[group] ?? group,
    rows: commands
      .filter((command) => command.group === group && keysOf(settings, command).length > 0)
      .map((command) => ({
        keys: keysOf(settings, command).join(` ${words.dialogs.or} `),
        label: labelOf(command),
      })),
  }));
  return html`<cw-help-dialog
    .groups=${[...groups, { title: words.dialogs.pointer, rows: words.commands.gestures }]}
    @cw-close=${close}
  ></cw-help-dialog>`;
}

/** The graph as a form: the inputs that a person wants, and the results. */
export function renderForm(
  application: Application,
  state: AppState,
  close: () => void,
): TemplateResult {
  lazily(application, () => import('./cw-form-desk.js'));
  return html`<cw-form-desk
    .application=${application}
    .state=${state}
    @cw-close=${close}
  ></cw-form-desk>`;
}

/** Everything that can be asked for by name: commands, nodes of the graph, presets, open graphs. */
export function renderFinder(
  application: Application,
  state: AppState,
  close: () => void,
): TemplateResult {
  lazily(application, () => import('../ui/cw-finder.js'));
  return html`<cw-finder
    .label=${texts().finder.commands}
    .placeholder=${texts().finder.searchCommands}
    .entries=${finderEntries(application, state)}
    @cw-close=${close}
    @cw-pick=${(event: CustomEvent<string>) => {
      close();
      pickFound(application, event.detail);
    }}
  ></cw-finder>`;
}

/** The settings and the editor of keys. */
export function renderSettings(
  application: Application,
  { settings }: AppState,
  close: () => void,
): TemplateResult {
  lazily(application, () => import('../ui/cw-settings-dialog.js'));
  const change = (patch: Parameters<typeof changeSettings>[1]): void => {
    const { store, toasts } = application;
    const next = { ...store.get().settings, ...patch };
    if (wantedLanguage(next) !== language()) {
      toasts.note(texts().settings.languageChanged, {
        label: texts().shell.reload,
        perform: () => {
          location.reload();
        },
      });
    }
    changeSettings(store, patch).catch(toasts.thrown);
  };
  return html`<cw-settings-dialog
    .form=${settings}
    .keyRows=${keyRows(settings)}
    .describe=${describeKey}
    @cw-close=${close}
    @cw-settings=${(event: CustomEvent<Partial<SettingsForm>>) => {
      change(event.detail);
    }}
    @cw-keys=${(event: CustomEvent<{ command: string; keys: readonly string[] | undefined }>) => {
      const { command, keys } = event.detail;
      const others = Object.entries(application.store.get().settings.keys).filter(
        ([name]) => name !== command,
      );
      change({ keys: Object.fromEntries(keys ? [...others, [command, keys]] : others) });
    }}
  ></cw-settings-dialog>`;
}

function keyRows(settings: AppState['settings']): readonly KeyRow[] {
  return commands.map((command) => ({
    command: command.name,
    label: labelOf(command),
    group: texts().commands.groups[command.group] ?? command.group,
    keys: keysOf(settings, command),
    isChanged: Object.hasOwn(settings.keys, command.name),
  }));
}

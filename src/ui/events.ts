import type { SettingsForm } from './cw-settings-dialog.js';
import type { TimelineEdit } from './timeline-model.js';

/** Detail of every event that the elements send, by event name. */
export interface UiEvents {
  /** A command by name, such as `run` or `undo`. */
  'cw-command': string;
  /** An entry of a list was chosen. */
  'cw-pick': string;
  /** An entry of a list came under the cursor; empty for none. */
  'cw-shown': string;
  /** A dialog, menu or panel wants to be gone. */
  'cw-close': undefined;
  /** A node shall be selected and shown. */
  'cw-node-selected': string;
  /** A widget shall be edited: node and input. */
  'cw-widget-opened': { readonly node: string; readonly input: string };
  /** Files were dropped or picked. */
  'cw-files': readonly File[];
  'cw-picture-deleted': string;
  'cw-picture-opened': string;
  'cw-tab': string;
  /** Settings shall have other values. */
  'cw-settings': Partial<SettingsForm>;
  /** A command shall answer to other keys; to its own, when there are none. */
  'cw-keys': { readonly command: string; readonly keys: readonly string[] | undefined };
  /** A lane of a schedule shall change. */
  'cw-schedule-edit': TimelineEdit;
  /** Another schedule shall be shown. */
  'cw-schedule-chosen': string;
  'cw-preset': { readonly node: string; readonly preset: string };
}

/** An event that leaves the element it is sent from and passes through shadow roots. */
export function uiEvent<Name extends keyof UiEvents>(
  name: Name,
  detail: UiEvents[Name],
): CustomEvent<UiEvents[Name]> {
  return new CustomEvent(name, { detail, bubbles: true, composed: true });
}

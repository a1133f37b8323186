import type { SettingsForm } from './cw-settings-dialog.js';
import type { GraphTabWish } from './cw-graph-tabs.js';
import type { WidgetChange } from './inspector-model.js';
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
  /** An open graph shall be shown, closed, moved, renamed, or another one opened. */
  'cw-graph-tab': GraphTabWish;
  /** Settings shall have other values. */
  'cw-settings': Partial<SettingsForm>;
  /** A command shall answer to other keys; to its own, when there are none. */
  'cw-keys': { readonly command: string; readonly keys: readonly string[] | undefined };
  /** A lane of a schedule shall change. */
  'cw-schedule-edit': TimelineEdit;
  /** Another schedule shall be shown. */
  'cw-schedule-chosen': string;
  /** A widget shall have another value. */
  'cw-widget-changed': WidgetChange;
  /** An output shall be chosen for an input. */
  'cw-connect': { readonly node: string; readonly name: string };
  /** The link into an input shall go. */
  'cw-disconnect': { readonly node: string; readonly name: string };
  /** A node's pictures shall be seen large. */
  'cw-pictures': string;
  /** Nodes shall be selected, instead of or besides those that are. */
  'cw-nodes-selected': readonly string[];
  'cw-node-renamed': { readonly node: string; readonly title: string };
  /** Two nodes shall change places. */
  'cw-nodes-swapped': readonly [string, string];
  /** What can be done with a node shall be offered at a point of the page. */
  'cw-node-menu': { readonly node: string; readonly at: readonly [number, number] };
  'cw-presets': { readonly nodes: readonly string[]; readonly preset: string };
  'cw-preset': { readonly node: string; readonly preset: string };
}

/** An event that leaves the element it is sent from and passes through shadow roots. */
export function uiEvent<Name extends keyof UiEvents>(
  name: Name,
  detail: UiEvents[Name],
): CustomEvent<UiEvents[Name]> {
  return new CustomEvent(name, { detail, bubbles: true, composed: true });
}

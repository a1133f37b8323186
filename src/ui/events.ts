import type { SettingsForm } from './settings-form.js';
import type { GraphWish } from './graph-shelf-model.js';
import type { GraphTabWish } from './graph-tabs-model.js';
import type { ModelWish } from './model-panel-model.js';
import type { WidgetChange } from './inspector-model.js';
import type { VersionWish } from './version-list-model.js';
import type { GridRequest } from './schedule-grid-model.js';
import type { MaskSheet } from './mask-painting.js';
import type { ScheduleWish } from './schedule-library-model.js';
import type { TimelineEdit } from './timeline-model.js';

/** Detail of every event that the elements send, by event name. */
export interface UiEvents {
  /** A command by name, such as `run` or `undo`. */
  'cw-command': string;
  /** The name of a template to open. */
  'cw-example': string;
  /** An entry of a list was chosen. */
  'cw-pick': string;
  /** An entry of a list came under the cursor; empty for none. */
  'cw-shown': string;
  /** A dialog, menu or panel wants to be gone. */
  'cw-close': undefined;
  /** A node shall be selected and shown. */
  'cw-node-selected': string;
  /** A part of the way to the shown subgraph was chosen, counted from the whole graph. */
  'cw-crumb': number;
  /** A widget shall be edited: node and input. */
  'cw-widget-opened': { readonly node: string; readonly input: string };
  /** Files were dropped or picked. */
  'cw-files': readonly File[];
  /** A picture file of the user's own shall be a widget's value. */
  'cw-own-picture': { readonly node: string; readonly input: string; readonly file: File };
  'cw-picture-deleted': string;
  /** A picture's file shall be handed to the user's downloads. */
  'cw-picture-exported': string;
  'cw-picture-opened': string;
  'cw-tab': string;
  /** A waiting run shall go later (or earlier, when negative) by as many places. */
  'cw-queue-moved': { readonly id: number; readonly steps: number };
  'cw-queue-removed': number;
  /** Something shall be done with models. */
  'cw-model-wish': ModelWish;
  /** What shall happen to a seed before each run. */
  'cw-seed': { readonly node: string; readonly input: string; readonly control: string };
  /** How many runs one wish queues. */
  'cw-run-count': number;
  /** Something shall be done with a run of the journal. */
  'cw-run-wish': {
    readonly id: number;
    readonly wish: 'star' | 'unstar' | 'open' | 'compare' | 'delete' | 'save';
    /** The hash of the picture that shall be saved. */
    readonly picture?: string;
  };
  /** A problem, by its place in the list, shall be repaired in a named way. */
  'cw-fix': { readonly problem: number; readonly name: string };
  /** The value of a socket shall be shown beside a point of the page. */
  'cw-value-wanted': {
    readonly node: string;
    readonly side: 'input' | 'output';
    readonly name: string;
    readonly at: readonly [x: number, y: number];
  };
  /** An open graph shall be shown, closed, moved, renamed, or another one opened. */
  'cw-graph-tab': GraphTabWish;
  /** A stored graph shall be opened, renamed, copied or deleted. */
  'cw-graph-wish': GraphWish;
  /** A version shall be shown, restored, or starred. */
  'cw-version': VersionWish;
  /** Settings shall have other values. */
  'cw-settings': Partial<SettingsForm>;
  /** A command shall answer to other keys; to its own, when there are none. */
  'cw-keys': { readonly command: string; readonly keys: readonly string[] | undefined };
  /** A schedule shall be taken from the library, kept there, or changed as a whole. */
  'cw-schedule-wish': ScheduleWish;
  /** A grid of schedules shall be run, or stopped. */
  'cw-grid-run': GridRequest;
  'cw-grid-stop': undefined;
  /** A lane of a schedule shall change. */
  'cw-schedule-edit': TimelineEdit;
  /** A mask was painted on: as it is now. */
  'cw-mask-painted': MaskSheet;
  /** What was painted shall be forgotten. */
  'cw-mask-dropped': undefined;
  /** A node's mask shall be painted. */
  'cw-mask-wanted': string;
  /** Another schedule shall be shown. */
  'cw-schedule-chosen': string;
  /** A widget shall have another value. */
  'cw-widget-changed': WidgetChange;
  /** An output shall be chosen for an input. */
  'cw-connect': { readonly node: string; readonly name: string };
  /** An input shall be chosen for an output. */
  'cw-connect-output': { readonly node: string; readonly name: string };
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

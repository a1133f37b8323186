import type { InspectedWidget } from './inspector-model.js';
import type { ViewedPicture } from './cw-picture-viewer.js';

/** A widget that the form offers. */
export interface FormField {
  readonly widget: InspectedWidget;
  /** Whether it is among the inputs that a person wants. */
  readonly isShown: boolean;
  /** Address of the picture that the value names; empty for a widget that names none. */
  readonly url: string;
  /** Whether a picture is chosen here. */
  readonly isPicture: boolean;
}

/** What the form offers of one node. */
export interface FormSection {
  readonly node: string;
  readonly title: string;
  /** Names of the node's presets, when any of its fields is shown. */
  readonly presets: readonly string[];
  /** The preset that its values equal; empty for none. */
  readonly preset: string;
  readonly fields: readonly FormField[];
}

/** A graph as a form: what goes in, what came out, and how the run stands. */
export interface FormSheet {
  readonly sections: readonly FormSection[];
  readonly results: readonly {
    readonly node: string;
    readonly title: string;
    readonly pictures: readonly ViewedPicture[];
  }[];
  readonly isRunning: boolean;
  /** How far the run is, 0..1, and in words; undefined while none goes on. */
  readonly progress: { readonly share: number; readonly text: string } | undefined;
  /** What keeps the graph from running, one sentence each. */
  readonly problems: readonly string[];
}

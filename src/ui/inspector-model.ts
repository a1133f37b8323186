import type { WidgetSpec } from '../core/node/definition.js';
import type { WidgetValue } from '../core/graph/types.js';
import type { DrawnSocket } from './node-drawing.js';

/** Where a link leads: a node by id and title, and one of its sockets. */
export interface LinkedSocket {
  readonly node: string;
  readonly title: string;
  readonly socket: string;
}

/** A value that can be edited beside the canvas. */
export interface InspectedWidget {
  readonly name: string;
  readonly spec: WidgetSpec;
  /** Undefined when several nodes are edited and differ. */
  readonly value: WidgetValue | undefined;
  /** What can be chosen, where a list is offered. */
  readonly choices: readonly string[];
  /** What is wrong with the value, in words; empty for nothing. */
  readonly problem: string;
}

/** An input that a link feeds or could feed. */
export interface InspectedInput {
  readonly drawing: DrawnSocket;
  readonly tooltip: string;
  readonly from: LinkedSocket | undefined;
  readonly problem: string;
}

/** An output, with the shape of its values in symbols. */
export interface InspectedOutput {
  readonly drawing: DrawnSocket;
  readonly tooltip: string;
  readonly shape: string;
  readonly to: readonly LinkedSocket[];
}

/** What the inspector shows of one node, or of what several have in common. */
export interface Inspection {
  readonly ids: readonly string[];
  readonly title: string;
  readonly type: string;
  readonly category: string;
  readonly widgets: readonly InspectedWidget[];
  readonly presets: readonly string[];
  readonly inputs: readonly InspectedInput[];
  readonly outputs: readonly InspectedOutput[];
  readonly warnings: readonly string[];
  readonly hasPictures: boolean;
  /** The node is a copy of a published one of which there is a newer version. */
  readonly isOutdated?: boolean;
  /** The help, made from the definition; absent for several nodes. */
  readonly help:
    | {
        readonly description: string;
        readonly equation: string;
        readonly source: string;
        readonly reference: string;
        /** A template that shows what the node does, with the address of its picture. */
        readonly example?: {
          readonly name: string;
          readonly title: string;
          readonly description: string;
          readonly picture: string;
        };
      }
    | undefined;
}

/** A new value for a widget of some nodes: a value, or the text that somebody typed for a number. */
export interface WidgetChange {
  readonly nodes: readonly string[];
  readonly input: string;
  readonly value: WidgetValue | { readonly text: string };
  /** Changes in a row of the same gesture are one step of undo. */
  readonly gesture?: string;
}

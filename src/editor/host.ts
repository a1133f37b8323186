import type { NodeId } from '../core/graph/types.js';
import type { ListName } from '../core/node/definition.js';
import type { EditIntent, End, Point } from './intents.js';

/** A list the user picks from: a combo's options, presets, a context menu. */
export interface ChoiceRequest {
  readonly label: string;
  readonly items: readonly {
    readonly value: string;
    readonly label: string;
    readonly shortcut?: string;
    readonly isCurrent?: boolean;
    readonly isDangerous?: boolean;
  }[];
  /** Where to open, in client pixels. */
  readonly at: Point;
  readonly onPick: (value: string) => void;
}

/** A wish for a new node. */
export interface PaletteRequest {
  /** Where the palette opens, in client pixels. */
  readonly at: Point;
  /** Where the node goes, in graph coordinates. */
  readonly pos: Point;
  /** The end of a dragged link that the node shall fit. */
  readonly link?: { readonly side: 'input' | 'output'; readonly end: End; readonly type: string };
  /** The input whose link the node shall be put into. */
  readonly insert?: End;
}

/** A socket that the pointer rests on; a link counts as the output it comes from. */
export interface HoverTarget {
  readonly node: NodeId;
  readonly side: 'input' | 'output';
  readonly name: string;
  /** Where the pointer is, in client pixels. */
  readonly at: Point;
}

/** What the editor asks of the application around it. */
export interface EditorHost {
  /** Applies a gesture's edit to the document; the editor is given the result by `setDocument`. */
  edit(intent: EditIntent): void;
  choose(request: ChoiceRequest): void;
  openPalette(request: PaletteRequest): void;
  /** Tells why something did not happen. */
  say(message: string): void;
  /** Tells those who do not see it what the canvas shows beside the pointer. */
  speak(message: string): void;
  /** Values of a list that the run thread fills. */
  listOf(source: ListName): readonly string[];
  selectionChanged(ids: readonly NodeId[]): void;
  /** The user looks elsewhere; undefined for the whole graph, whatever the size of the canvas. */
  viewChanged(view: { readonly scale: number; readonly offset: Point } | undefined): void;
  /** The user wants to see a node's pictures large. */
  openPictures(id: NodeId): void;
  /** The user wants a picture file for a widget. */
  pickPicture(id: NodeId, input: string): void;
  scrub(startId: NodeId, pass: number): void;
  /** A command of the application by name, from a menu on the canvas. */
  command(name: string): void;
  /** The pointer rests on a socket or link whose value shall be shown; undefined when it has left. */
  hover(target: HoverTarget | undefined): void;
  /** The pointer is over a place of a node's picture, in shares from the upper left; undefined when it has left. */
  look(place: { readonly node: NodeId; readonly at: Point } | undefined): void;
  /** Makes one of the named repairs that `NodeRunView.fixes` offers for a node. */
  fix(id: NodeId, name: string): void;
}

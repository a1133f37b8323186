import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { setWidget } from '../core/graph/edits.js';
import { own } from '../core/graph/own.js';
import type { NodeId } from '../core/graph/types.js';
import type { InspectedValue } from '../core/node/value-description.js';
import {
  paintedSide,
  parsePaintedMask,
  printPaintedMask,
  topLevel,
  type PaintedMask,
} from '../diffusion/painted-mask.js';
import { texts } from '../texts/texts.js';
import '../ui/cw-mask-editor.js';
import { regionsUnder, type MaskRegions, type MaskSheet } from '../ui/mask-painting.js';
import type { Application } from './application.js';
import { maskGround, type MaskGround } from './mask-ground.js';
import { readNamedPicture } from './named-pictures.js';

let visits = 0;

/** The mask editor on one node: what it paints is kept in the graph, all of a visit as one step of undo. */
@customElement('cw-mask-desk')
export class CwMaskDesk extends LitElement {
  @property({ attribute: false }) accessor application: Application | undefined;
  @property() accessor node: NodeId = '';
  @state() private accessor sheet: MaskSheet | undefined;
  @state() private accessor regions: MaskRegions | undefined;
  @state() private accessor picture: ImageBitmap | undefined;
  @state() private accessor expectsRegions = false;
  @state() private accessor threshold = 1.4;
  private readonly gesture = `paint mask ${String(++visits)}`;

  /** Not before: an element that waited for its code has its properties only now. */
  override firstUpdated(): void {
    const { application } = this;
    if (!application) return;
    this.open(application).catch((error: unknown) => {
      application.toasts.thrown(error);
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.picture?.close();
  }

  /** Gathers what is painted on, and what is there already. */
  private async open(application: Application): Promise<void> {
    const { store, registry } = application;
    const ground = maskGround(store.get(), registry, this.node);
    const blob = ground.image === '' ? undefined : await readNamedPicture(ground.image);
    this.picture = blob && (await createImageBitmap(blob));
    this.threshold = ground.base?.threshold ?? this.threshold;
    const reading = ground.mask === '' ? undefined : parsePaintedMask(ground.mask);
    const base = await this.inspectBase(application, ground);
    this.regions = base.regions;
    if (reading && 'lane' in reading) this.sheet = sheetOf(reading.lane);
    else this.sheet = this.beginning(base.values);
  }

  /** A sheet in the picture's aspect, with what is linked to the node's base on it. */
  private beginning(base: MaskRegions | undefined): MaskSheet {
    const { picture, regions } = this;
    const [width, height] = picture
      ? [picture.width, picture.height]
      : [(base ?? regions)?.width ?? 1, (base ?? regions)?.height ?? 1];
    const scale = paintedSide / Math.max(width, height);
    const size = {
      width: Math.max(1, Math.round(width * scale)),
      height: Math.max(1, Math.round(height * scale)),
    };
    const under = base && regionsUnder(size, base);
    const values = new Uint8ClampedArray(size.width * size.height);
    under?.forEach((level, i) => {
      values[i] = Math.max(0, level);
    });
    return { ...size, values };
  }

  /** What the last run left of the mask that is linked to the base, and of the parts it was made from. */
  private async inspectBase({ store, client }: Application, { base }: MaskGround) {
    if (!base) return {};
    const { graphId: scope } = store.get();
    const ask = (output: string, type: string): Promise<InspectedValue> =>
      client.inspect({ scope, node: base.node, output }, type);
    this.expectsRegions = base.type === 'SelfSegmentationMask';
    const mask = await ask(base.output, 'MASK');
    const parts = this.expectsRegions ? await ask('clusters', 'CLUSTERS') : undefined;
    return {
      values: mask.kind === 'kept' ? levelsOf(mask) : undefined,
      regions: parts?.kind === 'kept' ? parts.description.clusters : undefined,
    };
  }

  private keep(text: string): void {
    const { application, node } = this;
    if (!application) return;
    const { document } = application.store.get();
    if (!own(document.nodes, node)) return;
    const edited = setWidget(document, node, 'mask', text);
    application.session.change(texts().masks.title(node), edited, this.gesture);
  }

  override render(): TemplateResult | typeof nothing {
    const { application, node, sheet } = this;
    if (!application || !sheet) return nothing;
    return html`<cw-mask-editor
      .label=${texts().masks.title(application.titleOf(node))}
      .picture=${this.picture}
      .sheet=${sheet}
      .regions=${this.regions}
      .expectsRegions=${this.expectsRegions}
      .threshold=${this.threshold}
      @cw-mask-painted=${({ detail }: CustomEvent<MaskSheet>) => {
        this.keep(printPaintedMask(paintedOf(detail)));
      }}
      @cw-mask-dropped=${() => {
        this.keep('');
        void this.open(application);
      }}
    ></cw-mask-editor>`;
  }
}

function sheetOf({ width, height, levels }: PaintedMask): MaskSheet {
  return { width, height, values: Uint8ClampedArray.from(levels, (level) => level * 17) };
}

function paintedOf({ width, height, values }: MaskSheet): PaintedMask {
  const levels = Uint8Array.from(values, (value) => Math.round((value / 255) * topLevel));
  return { width, height, levels };
}

/** The levels 0..255 of a mask's small look, laid out as parts are, so that they are placed as parts are. */
function levelsOf({ description }: Extract<InspectedValue, { readonly kind: 'kept' }>) {
  const { picture } = description;
  if (!picture) return undefined;
  const { width, height, data } = picture;
  const labels = new Uint8Array(width * height).map((_, i) => data[4 * i] ?? 0);
  return { labels, width, height, scores: [], meanScore: 0 };
}

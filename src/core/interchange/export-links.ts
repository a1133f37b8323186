import type { Point } from '../graph/types.js';
import { jsonOf, objectsOf, type Json } from './foreign-values.js';

/** A link as a workflow writes it. */
export interface WrittenLink {
  readonly id: number;
  readonly from: number;
  readonly fromSlot: number;
  readonly to: number;
  readonly toSlot: number;
  readonly type: string;
  /** The last of the reroutes that it is led through. */
  readonly parentId?: number;
}

/** A reroute as a workflow writes it. */
interface WrittenReroute {
  readonly id: number;
  readonly parentId?: number;
  readonly pos: Point;
  readonly linkIds: number[];
}

/** A link before it is written: its ends, its points, and for each point the Reroute node that it was, if any. */
export interface LinkToWrite {
  readonly from: number;
  readonly fromSlot: number;
  readonly to: number;
  readonly toSlot: number;
  readonly type: string;
  readonly via: readonly Point[];
  readonly reroutes: readonly unknown[];
}

/** The links of one level as they are written, with the reroutes and the Reroute nodes that lead them. */
export class LinkWriter {
  readonly links: WrittenLink[] = [];
  readonly reroutes: WrittenReroute[] = [];
  /** The Reroute nodes by id; their slots are filled in by {@link rerouteNodes}. */
  readonly #nodes = new Map<number, { readonly data: Json; readonly pos: Point }>();
  readonly #places = new Map<string, number>();
  readonly #byId = new Map<number, WrittenReroute>();
  readonly #taken: Set<number>;
  #nextReroute: number;

  /** `taken` are the ids of nodes, `kept` the reroutes that go out as they came. */
  constructor(taken: Iterable<number>, kept: readonly Json[]) {
    this.#taken = new Set(taken);
    this.#nextReroute = Math.max(0, ...kept.map(({ id }) => (typeof id === 'number' ? id : 0))) + 1;
  }

  /** Writes a link. Links from the same output through the same points share their reroutes. */
  add({ from, fromSlot, to, toSlot, type, via, reroutes }: LinkToWrite): void {
    let [at, slot] = [from, fromSlot];
    let row: number[] = [];
    for (const [index, pos] of via.entries()) {
      const held = reroutes.length === via.length ? reroutes[index] : null;
      const place = [at, slot, row.at(-1) ?? '', ...pos];
      if (typeof held !== 'object' || held === null)
        row.push(this.#reroute(place.join(' '), pos, row.at(-1)));
      else {
        const data = jsonOf(held);
        const [node, isNew] = this.#node([...place, String(data['id'])].join(' '), data, pos);
        if (isNew) this.#write({ from: at, fromSlot: slot, to: node, toSlot: 0, type }, row);
        [at, slot, row] = [node, 0, []];
      }
    }
    this.#write({ from: at, fromSlot: slot, to, toSlot, type }, row);
  }

  /** The Reroute nodes as they are written, numbered from `order` on. */
  rerouteNodes(order: number): readonly Json[] {
    return [...this.#nodes].map(([id, { data, pos }], at) => {
      const into = this.links.find(({ to }) => to === id);
      const out = this.links.filter(({ from }) => from === id);
      const [input, output] = [objectsOf(data['inputs'])[0], objectsOf(data['outputs'])[0]];
      return {
        ...data,
        id,
        pos,
        order: order + at,
        inputs: [{ name: '', type: '*', ...input, link: into?.id ?? null }],
        outputs: [
          { name: '', type: into?.type ?? '*', ...output, links: out.map((link) => link.id) },
        ],
      };
    });
  }

  #write(link: Omit<WrittenLink, 'id' | 'parentId'>, row: readonly number[]): void {
    const id = this.links.length + 1;
    const parentId = row.at(-1);
    this.links.push({ id, ...link, ...(parentId !== undefined && { parentId }) });
    for (const reroute of row) this.#byId.get(reroute)?.linkIds.push(id);
  }

  #reroute(place: string, pos: Point, parentId: number | undefined): number {
    const found = this.#places.get(place);
    if (found !== undefined) return found;
    const id = this.#nextReroute;
    this.#nextReroute += 1;
    const made = { id, ...(parentId !== undefined && { parentId }), pos, linkIds: [] };
    this.#places.set(place, id);
    this.#byId.set(id, made);
    this.reroutes.push(made);
    return id;
  }

  #node(place: string, data: Json, pos: Point): readonly [id: number, isNew: boolean] {
    const found = this.#places.get(`node ${place}`);
    if (found !== undefined) return [found, false];
    let id = typeof data['id'] === 'number' && data['id'] >= 0 ? data['id'] : 1;
    while (this.#taken.has(id)) id += 1;
    this.#taken.add(id);
    this.#places.set(`node ${place}`, id);
    this.#nodes.set(id, { data, pos });
    return [id, true];
  }
}

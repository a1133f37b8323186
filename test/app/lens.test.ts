import { expect, waitUntil } from '@open-wc/testing';
import { initialState } from '../../src/app/app-state.js';
import { createLens } from '../../src/app/lens.js';
import { createStore } from '../../src/app/store.js';
import type { LensAnswer, LensQuestion } from '../../src/core/node/lens-answer.js';
import { idleRunView, type RunView } from '../../src/editor/run-view.js';
import type { RunClient } from '../../src/worker/run-client.js';
import { graphNamed, nodeCalled, registry } from '../support/example-graphs.js';

const ANSWER: LensAnswer = {
  rows: 2,
  columns: 3,
  weights: Float32Array.of(0, 0, 0, 0, 0, 1),
  layers: ['full.1'],
  head: undefined,
  told: [],
};

const soon = (holds: () => boolean): Promise<void> => waitUntil(holds, '', { timeout: 15_000 });

/** A lens over the transfer between two pictures after a run, and what the run thread was asked. */
async function setUp(answer: LensAnswer | undefined = ANSWER) {
  const document = await graphNamed('consistent');
  const store = createStore({ ...initialState(), document, root: document, graphId: 'graph' });
  const picture = await createImageBitmap(new ImageData(4, 4));
  const shows = { label: 'pixels', bitmap: picture, isPreview: false };
  const view: RunView = {
    ...idleRunView,
    node: (id) => ({ ...idleRunView.node(id), pictures: [shows] }),
    zone: () => ({ passes: [11, 67], finished: 56, shown: 30 }),
  };
  const asked: {
    readonly places: Parameters<RunClient['lens']>[0];
    readonly question: LensQuestion;
  }[] = [];
  const waiting: ((reply: LensAnswer | Error | undefined) => void)[] = [];
  const client: Pick<RunClient, 'lens'> = {
    lens: (places, question) =>
      new Promise((resolve, reject) => {
        asked.push({ places, question });
        waiting.push((reply) => {
          if (reply instanceof Error) reject(reply);
          else resolve(reply);
        });
      }),
  };
  let drawn = 0;
  const lens = createLens(store, registry, client, view, () => {
    drawn += 1;
  });
  const ids = {
    result: nodeCalled(document, 'Result'),
    appearance: nodeCalled(document, 'Appearance picture'),
    structure: nodeCalled(document, 'Structure picture'),
  };
  /** Answers the question under way, and waits until that was drawn. */
  const reply = async (with_: LensAnswer | undefined = answer): Promise<void> => {
    await soon(() => waiting.length > 0);
    const before = drawn;
    waiting.shift()?.(with_);
    await soon(() => drawn > before);
  };
  return { lens, ids, asked, waiting, reply, store };
}

describe('The lens on the canvas', () => {
  it('asks at the shown pass and shows the heat over the appearance, and a mark where it asks', async () => {
    const { lens, ids, asked, reply } = await setUp();
    lens.look({ node: ids.result, at: [0.5, 0.25] });
    await reply();
    const [{ places, question } = { places: {}, question: undefined }] = asked;
    expect(Object.keys(places)).to.include.members(['model', 'samples', 'step', 'appearance']);
    expect(Object.values(places).map(({ pass, scope }) => [pass, scope])).to.deep.include([
      30,
      'graph',
    ]);
    expect([question?.at, question?.layer, question?.head]).to.deep.equal([
      [0.5, 0.25],
      'last',
      -1,
    ]);
    expect(lens.on(ids.result)).to.deep.equal({ kind: 'asks', at: [0.5, 0.25] });
    expect(lens.on(ids.structure)).to.equal(undefined);
    const seen = lens.on(ids.appearance);
    if (seen?.kind !== 'seen') throw new Error('The appearance shows nothing.');
    expect([seen.heat.width, seen.heat.height]).to.deep.equal([3, 2]);
    expect(seen.note).to.equal('full.1 · mean of heads · pass 30');
    const alphas = seen.heat
      .getContext('2d')
      ?.getImageData(0, 0, 3, 2)
      .data.filter((_, i) => i % 4 === 3);
    expect([...(alphas ?? [])]).to.deep.equal([0, 0, 0, 0, 0, 255]);
  });

  it('asks one question at a time and then for the last place alone; over nothing it shows nothing', async () => {
    const { lens, ids, asked, waiting, reply } = await setUp();
    lens.look({ node: ids.result, at: [0.1, 0.5] });
    await soon(() => waiting.length > 0);
    for (const x of [0.2, 0.3, 0.4]) lens.look({ node: ids.result, at: [x, 0.5] });
    await reply();
    await reply();
    expect(asked.map(({ question }) => question.at[0])).to.deep.equal([0.1, 0.4]);
    expect(lens.on(ids.result)).to.deep.equal({ kind: 'asks', at: [0.4, 0.5] });
    lens.look(undefined);
    await soon(() => lens.on(ids.result) === undefined);
    expect(asked).to.have.length(2);
  });

  it('looks at the layer and head that are set, asks anew when they change, and says what is not there', async () => {
    const { lens, ids, asked, reply, store } = await setUp();
    lens.look({ node: ids.result, at: [0.5, 0.5] });
    await reply();
    store.set({ settings: { ...store.get().settings, lensLayer: 'half.9', lensHead: 3 } });
    await reply({ ...ANSWER, told: ['The model has no layer half.9.'] });
    expect(asked.map(({ question: { layer, head } }) => [layer, head])).to.deep.equal([
      ['last', -1],
      ['half.9', 3],
    ]);
    const seen = lens.on(ids.appearance);
    expect(seen?.kind === 'seen' && seen.note).to.equal('The model has no layer half.9.');
  });

  it('shows nothing where the pass is not kept, and asks again for the next place', async () => {
    const { lens, ids, asked, waiting, reply } = await setUp();
    lens.look({ node: ids.result, at: [0.5, 0.5] });
    await soon(() => waiting.length > 0);
    waiting.shift()?.(undefined);
    lens.look({ node: ids.result, at: [0.6, 0.5] });
    await reply();
    expect(asked).to.have.length(2);
    expect(lens.on(ids.result)).to.deep.equal({ kind: 'asks', at: [0.6, 0.5] });
  });
});

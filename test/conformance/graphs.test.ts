import { expect } from '@open-wc/testing';
import { createEngine, type RunOptions } from '../../src/core/engine/engine.js';
import { setWidget } from '../../src/core/graph/edits.js';
import { loadDocument } from '../../src/core/graph/load.js';
import { serializeDocument } from '../../src/core/graph/serialize.js';
import type { GraphDocument } from '../../src/core/graph/types.js';
import { createAnalyticServices, type AnalyticServices } from '../support/analytic-services.js';
import {
  graphNamed,
  graphNames,
  graphText,
  nodeCalled,
  registry,
} from '../support/example-graphs.js';

function createLab() {
  const services = createAnalyticServices();
  return { services, engine: createEngine({ registry, services, cacheBytes: 2 ** 26 }) };
}

async function runAlone(document: GraphDocument, options: RunOptions = {}) {
  const { services, engine } = createLab();
  const outcome = await engine.run(document, options);
  const work = services.network.work();
  await engine.dispose();
  services.clear();
  return { outcome, work, services };
}

function expectNothingLeft(services: AnalyticServices): void {
  expect(services.ledger.made()).to.be.above(10);
  expect(services.ledger.live()).to.equal(0);
  expect(services.claims()).to.equal(0);
}

/** The graphs on which a stop is tried: each costs a run, and the others loop over the same nodes. */
const stoppedGraphs: readonly string[] = ['appearance-transfer', 'consistent', 'three-structures'];

for (const name of graphNames) {
  describe(`graphs/${name}.json`, () => {
    it('has no problems', async () => {
      expect(loadDocument(await graphText(name), registry).problems).to.deep.equal([]);
    });

    it('is saved as the program saves it', async () => {
      const text = await graphText(name);
      expect(serializeDocument(loadDocument(text, registry).document)).to.equal(text);
    });

    it('runs to its pictures and leaves no tensor and no claim on the checkpoint behind', async () => {
      const { outcome, services } = await runAlone(await graphNamed(name), { previews: true });
      expect(outcome.failures.map(({ message }) => message)).to.deep.equal([]);
      expect(outcome.outcome).to.equal('success');
      expectNothingLeft(services);
    });

    const stopping = stoppedGraphs.includes(name) ? it : undefined;
    stopping?.('stops in the middle of the loop without leaving anything behind', async () => {
      const stop = new AbortController();
      const { outcome, services } = await runAlone(await graphNamed(name), {
        signal: stop.signal,
        onEvent: (event) => {
          if (event.type === 'executing' && event.pass === 14) stop.abort();
        },
      });
      expect(outcome.outcome).to.equal('interrupted');
      expectNothingLeft(services);
    });

    it('draws no node over another', async () => {
      const { layout } = await graphNamed(name);
      const boxes = Object.entries(layout.nodes).map(([id, { pos, size = [0, 0] }]) => ({
        id,
        left: pos[0],
        top: pos[1] - 30,
        right: pos[0] + size[0],
        bottom: pos[1] + size[1],
      }));
      const overlaps = boxes.flatMap((a) =>
        boxes
          .filter(
            (b) =>
              a.id < b.id &&
              a.left < b.right &&
              b.left < a.right &&
              a.top < b.bottom &&
              b.top < a.bottom,
          )
          .map((b) => `${a.id} and ${b.id}`),
      );
      expect(overlaps).to.deep.equal([]);
    });
  });
}

describe('the work of the example graphs', () => {
  it('official: at most 434 sample-forwards, 57 of them forked', async () => {
    const { work } = await runAlone(await graphNamed('appearance-transfer'));
    expect(work.pairs).to.equal(57);
    expect(work.sampleForwards).to.be.within(300, 434);
  });

  it('consistent: at most 167 sample-forwards, 57 of them forked', async () => {
    const { work } = await runAlone(await graphNamed('consistent'));
    expect(work.pairs).to.equal(57);
    expect(work.sampleForwards).to.be.within(100, 167);
  });

  it('official: another structure with the same appearance costs at most 232 more', async () => {
    const { services, engine } = createLab();
    const document = await graphNamed('appearance-transfer');
    await engine.run(document);
    const before = services.network.work();
    const picture = nodeCalled(document, 'Structure picture');
    await engine.run(setWidget(document, picture, 'image', 'cow.png'));
    const after = services.network.work();
    expect(after.pairs - before.pairs).to.equal(57);
    expect(after.sampleForwards - before.sampleForwards).to.be.within(150, 232);
    await engine.dispose();
  });

  it('grid: each picture is inverted and replayed once, however many results read it', async () => {
    const { services, engine } = createLab();
    const document = await graphNamed('grid');
    const costs: { readonly pairs: number; readonly sampleForwards: number }[] = [];
    for (const decode of ['206', '216', '226', '236']) {
      const before = services.network.work();
      await engine.run(document, { targets: [decode] });
      const { pairs, sampleForwards } = services.network.work();
      costs.push({
        pairs: pairs - before.pairs,
        sampleForwards: sampleForwards - before.sampleForwards,
      });
    }
    await engine.dispose();
    const [first, otherLooks, otherShape, last] = costs.map((cost) => cost.sampleForwards);
    expect(costs.map(({ pairs }) => pairs)).to.deep.equal([57, 57, 57, 57]);
    expect(otherLooks).to.be.below(first ?? 0);
    expect(otherShape).to.be.below(first ?? 0);
    // Both its pictures are known: nothing but the forked forwards of its own passes.
    expect(last).to.equal(57);
  });

  it('a schedule that first differs in pass 51 runs passes 51 to 67 again, and nothing else', async () => {
    const { services, engine } = createLab();
    const document = await graphNamed('appearance-transfer');
    await engine.run(document);
    const before = services.network.work();
    const schedule = nodeCalled(document, 'InjectionSchedule');
    const edited = setWidget(
      setWidget(document, schedule, 'half_end', 50),
      schedule,
      'full_end',
      50,
    );
    const outcome = await engine.run(edited);
    const passes = Array.from({ length: 17 }, (_, i) => 51 + i);
    for (const type of ['CrossImageUNetStep', 'AppearanceGuidance', 'DDPMStep']) {
      expect(outcome.nodes.get(nodeCalled(document, type))?.executedPasses).to.deep.equal(passes);
    }
    for (const name of ['Invert structure', 'Structure branch', 'Appearance mask']) {
      expect(outcome.nodes.get(nodeCalled(document, name))?.executed ?? 0).to.equal(0);
    }
    expect(services.network.work().sampleForwards - before.sampleForwards).to.be.at.most(17);
    await engine.dispose();
  });

  it('the same graph and seed give the same picture', async () => {
    const document = await graphNamed('appearance-transfer');
    const [first, second] = [await runAlone(document), await runAlone(document)];
    expect(first.services.saved.get('transfer')?.data.some((value) => value > 0)).to.equal(true);
    expect([...first.services.saved]).to.deep.equal([...second.services.saved]);
  });
});

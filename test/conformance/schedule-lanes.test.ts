import { expect } from '@open-wc/testing';
import { createEngine } from '../../src/core/engine/engine.js';
import { setWidget } from '../../src/core/graph/edits.js';
import type { GraphDocument } from '../../src/core/graph/types.js';
import { createAnalyticServices } from '../support/analytic-services.js';
import { graphNamed, nodeCalled, registry } from '../support/example-graphs.js';

const zoneNodes = ['CrossImageUNetStep', 'AppearanceGuidance', 'DDPMStep', 'AdaIN'];
const lanes = 'app 11..67; struct 11..36/5';

function painted(document: GraphDocument, texts: Readonly<Record<string, string>>): GraphDocument {
  const id = nodeCalled(document, 'InjectionSchedule');
  return Object.entries(texts).reduce(
    (edited, [name, text]) => setWidget(edited, id, name, text),
    document,
  );
}

describe('a painted schedule', () => {
  const services = createAnalyticServices();
  const engine = createEngine({ registry, services, cacheBytes: 2 ** 26 });
  let document: GraphDocument;

  before(async () => {
    document = await graphNamed('appearance-transfer');
    await engine.run(document);
  });
  after(() => engine.dispose());

  async function passesAfter(edited: GraphDocument) {
    const before = services.network.work().sampleForwards;
    const outcome = await engine.run(edited);
    const passes = zoneNodes.map(
      (type) => outcome.nodes.get(nodeCalled(edited, type))?.executedPasses ?? [],
    );
    return { outcome, passes, forwards: services.network.work().sampleForwards - before };
  }

  it('that says what the ranges say runs no pass and makes no forward', async () => {
    const texts = { full_lane: lanes, half_lane: lanes, adain_lane: 'on 20..67' };
    const { outcome, passes, forwards } = await passesAfter(painted(document, texts));
    expect(outcome.outcome).to.equal('success');
    expect(passes).to.deep.equal([[], [], [], []]);
    expect(forwards).to.equal(0);
  });

  it('with one more cell at pass 41 runs passes 41 to 67 alone, and five of the structure branch', async () => {
    const { passes, forwards } = await passesAfter(
      painted(document, { full_lane: `${lanes}, 41` }),
    );
    const expected = Array.from({ length: 27 }, (_unused, i) => 41 + i);
    for (const executed of passes) expect(executed).to.deep.equal(expected);
    // The structure branch was replayed up to pass 36, the last that asked for it: five passes more bring it to 41.
    expect(forwards).to.equal(27 + 5);
  });

  it('that is taken back runs nothing: the latents of every pass are kept', async () => {
    const { passes, forwards } = await passesAfter(document);
    expect(passes).to.deep.equal([[], [], [], []]);
    expect(forwards).to.equal(0);
  });

  it('edited at pass 50 while a run is at pass 30 lets the next run go on with what was finished', async () => {
    const edited = painted(document, { half_lane: `${lanes}, 20` });
    const stop = new AbortController();
    await engine.run(edited, {
      signal: stop.signal,
      onEvent: (event) => {
        if (event.type === 'executing' && event.pass === 30) stop.abort();
      },
    });
    const { passes } = await passesAfter(painted(document, { half_lane: `${lanes}, 20, 50` }));
    const expected = Array.from({ length: 38 }, (_unused, i) => 30 + i);
    for (const executed of passes) expect(executed).to.deep.equal(expected);
  });

  it('with a lane that cannot be read stops before any pass', async () => {
    const { outcome, passes } = await passesAfter(painted(document, { full_lane: 'app 11-67' }));
    expect(outcome.outcome).to.equal('error');
    expect(outcome.failures[0]?.message).to.contain('at character 7');
    expect(passes).to.deep.equal([[], [], [], []]);
  });
});

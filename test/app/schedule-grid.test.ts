import { expect } from '@open-wc/testing';
import { gridParameters, gridValues, withChoice } from '../../src/app/schedule-grid.js';
import { resultNode, runVariant } from '../../src/app/variant-runs.js';
import type { EndedRun, RunWish } from '../../src/app/run-session.js';
import { createRunBoard } from '../../src/app/run-board.js';
import { createEngine } from '../../src/core/engine/engine.js';
import { setWidget } from '../../src/core/graph/edits.js';
import type { GraphDocument } from '../../src/core/graph/types.js';
import { createAnalyticServices } from '../support/analytic-services.js';
import { graphNamed, nodeCalled, registry } from '../support/example-graphs.js';

describe('a grid of schedules', () => {
  let document: GraphDocument;
  let node: string;

  before(async () => {
    document = await graphNamed('appearance-transfer');
    node = nodeCalled(document, 'InjectionSchedule');
  });

  it('offers what has an effect: a painted lane takes the place of its numbers', () => {
    const names = (edited: GraphDocument) => {
      const record = edited.nodes[node];
      return record ? gridParameters(record).map(({ id }) => id) : [];
    };
    expect(names(document)).to.include.members(['guidance', 'guidance_lane', 'structure_every']);
    const painted = setWidget(document, node, 'guidance_lane', '2@0');
    expect(names(painted)).to.include('guidance_lane').and.not.include('guidance');
  });

  it('names the line that is no value', () => {
    const record = document.nodes[node];
    const [guidance, lane] = ['guidance', 'full_lane'].map(
      (name) => record && gridParameters(record).find(({ id }) => id === name),
    );
    if (!guidance || !lane) throw new Error('a parameter is missing');
    expect(gridValues(guidance, '1\n\n 2.5 \n1')).to.deep.equal({ values: [1, 2.5] });
    expect(gridValues(guidance, '1\nmany')).to.deep.equal({ wrong: 'many' });
    expect(gridValues(lane, 'app 3..9\napp 9..3')).to.deep.equal({ wrong: 'app 9..3' });
  });

  it('costs, for a cell that differs from pass k on, the passes from k on alone', async () => {
    const services = createAnalyticServices();
    const engine = createEngine({ registry, services, cacheBytes: 2 ** 27 });
    const target = resultNode(document, registry);
    if (target === undefined) throw new Error('no result');
    const costs: number[] = [];
    for (const column of ['on 20..67', 'on 20..59', 'on 20..49']) {
      for (const row of [3.5, 3.6]) {
        const cell = withChoice(document, node, [
          ['adain_lane', column],
          ['guidance', row],
        ]);
        const before = services.network.work().pairs;
        const { outcome } = await engine.run(cell, { targets: [target] });
        expect(outcome).to.equal('success');
        costs.push(services.network.work().pairs - before);
      }
    }
    // Mixing begins with pass 11, guidance with pass 10; passes before 60 and 50 are those of the cell above.
    expect(costs).to.deep.equal([57, 57, 8, 8, 18, 18]);
    await engine.dispose();
  });

  it('gives no picture for a run that was stopped, and nothing for one that never began', async () => {
    const target = resultNode(document, registry) ?? '';
    const run = (outcome: 'interrupted' | undefined) =>
      runVariant(
        {
          run: ({ variant }: RunWish = {}) => {
            if (outcome !== undefined) {
              const result = { outcome } as unknown as EndedRun['result'];
              const run = { id: 1, document, scope: 'variants' };
              variant?.ended({ run, board: createRunBoard(), result, startedAt: 0, elapsedMs: 0 });
            }
            return Promise.resolve();
          },
        },
        document,
        target,
      );
    expect(await run(undefined)).to.equal(undefined);
    expect(await run('interrupted')).to.deep.include({
      outcome: 'interrupted',
      picture: undefined,
    });
  });
});

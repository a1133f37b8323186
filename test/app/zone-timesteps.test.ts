import { expect } from '@open-wc/testing';
import { zoneTimesteps } from '../../src/app/zone-timesteps.js';
import { setWidget } from '../../src/core/graph/edits.js';
import { graphNamed, nodeCalled, registry } from '../support/example-graphs.js';

describe('the timesteps of a zone', () => {
  it('are those of the inversion that its start is linked to', async () => {
    const document = await graphNamed('appearance-transfer');
    const start = nodeCalled(document, 'DenoiseStart');
    const timesteps = zoneTimesteps(document, registry, start) ?? [];
    expect([timesteps.length, timesteps[0], timesteps.at(-1)]).to.deep.equal([68, 671, 1]);
    const link = document.nodes[start]?.inputs['inversion'];
    const [inversion] = typeof link === 'object' ? link.link : [''];
    const shorter = setWidget(document, inversion, 'skip_steps', 90);
    expect(zoneTimesteps(shorter, registry, start)).to.have.length(10);
  });
});

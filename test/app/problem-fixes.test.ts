import { expect } from '@open-wc/testing';
import { nodes } from '../../nodes/index.js';
import { fixesOf, fixesOfFailure } from '../../src/app/problem-fixes.js';
import { setWidget } from '../../src/core/graph/edits.js';
import type { ProblemCode } from '../../src/core/graph/problems.js';
import type { GraphDocument } from '../../src/core/graph/types.js';
import { validate } from '../../src/core/graph/validate.js';
import { createRegistry } from '../../src/core/node/registry.js';
import { createGraphBuilder } from '../support/graph-builder.js';

const registry = createRegistry<never>([...nodes]);
const lists = { models: ['creatures', 'horses'], pictures: [] };

/** The problems of a document with that code, and the labels of their repairs. */
function repairs(document: GraphDocument, code: ProblemCode) {
  const problems = validate(document, registry).filter((problem) => problem.code === code);
  return problems.flatMap((problem) => fixesOf(problem, document, registry, lists));
}

/** How many problems of a code are left after a repair. */
function left(document: GraphDocument, code: ProblemCode, at = 0): number {
  const repaired = repairs(document, code)[at]?.apply();
  if (repaired === undefined || repaired === 'pick-picture') return NaN;
  return validate(repaired, registry).filter((problem) => problem.code === code).length;
}

describe('the repairs of a problem', () => {
  it('connect the only output that fits', () => {
    const g = createGraphBuilder(registry);
    g.node('LoadImage', { image: 'zebra.png' });
    g.node('PreviewImage');
    const document = g.document();
    expect(repairs(document, 'input/missing').map(({ label }) => label)).to.deep.equal([
      'Connect Load Image, IMAGE',
    ]);
    expect(left(document, 'input/missing')).to.equal(0);
  });

  it('set a number to the nearest that is allowed, and offer options that exist', () => {
    const g = createGraphBuilder(registry);
    const inversion = g.node('DDPMInversion', { steps: 5000 });
    const document = g.document();
    expect(repairs(document, 'input/out-of-range')[0]?.label).to.equal('Set steps to 999');
    expect(left(document, 'input/out-of-range')).to.equal(0);
    const wrong = setWidget(document, inversion.id, 'steps', 'many');
    expect(left(wrong, 'input/wrong-type')).to.equal(0);
  });

  it('put a known node in the place of one that is only spelt otherwise, or remove it', () => {
    const g = createGraphBuilder(registry);
    const picture = g.node('LoadImage', { image: 'zebra.png' });
    g.node('preview_image', { images: picture.out('IMAGE') });
    const document = g.document();
    expect(repairs(document, 'node/unknown-type').map(({ label }) => label)).to.deep.equal([
      'Replace by Preview Image',
      'Remove the node',
    ]);
    expect(left(document, 'node/unknown-type')).to.equal(0);
    expect(left(document, 'node/unknown-type', 1)).to.equal(0);
  });

  it('close a zone that nothing closes, and show a result that nothing asks for', () => {
    const g = createGraphBuilder(registry);
    g.node('DenoiseStart');
    expect(left(g.document(), 'zone/start-without-end')).to.equal(0);
    const open = createGraphBuilder(registry);
    open.node('LoadImage', { image: 'zebra.png' });
    expect(left(open.document(), 'graph/no-outputs')).to.equal(0);
  });

  it('leave the choice of a picture to the user, and offer the models that are there', () => {
    const g = createGraphBuilder(registry);
    const image = g.node('LoadImage', { image: '' });
    const model = g.node('LoadCheckpoint', { ckpt_name: 'gone' });
    const document = g.document();
    const failure = { code: 'picture/missing', name: '' } as const;
    const [pick] = fixesOfFailure(failure, image.id, document, registry, lists);
    expect([pick?.apply(), pick?.input]).to.deep.equal(['pick-picture', 'image']);
    const missing = { code: 'model/missing', name: 'gone', reason: 'no such folder' } as const;
    const models = fixesOfFailure(missing, model.id, document, registry, lists);
    expect(models.map(({ label }) => label)).to.deep.equal(['Choose creatures', 'Choose horses']);
  });
});

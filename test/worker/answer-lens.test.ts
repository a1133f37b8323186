import { expect } from '@open-wc/testing';
import { AppError } from '../../src/core/errors.js';
import type { LensQuestion } from '../../src/core/node/lens-answer.js';
import { answerLens } from '../../src/worker/answer-lens.js';
import type { RunReply } from '../../src/worker/messages.js';
import type { ThreadParts } from '../../src/worker/thread-parts.js';

const question: LensQuestion = { at: [0.5, 0.25], layer: 'half.1', head: 2, settings: {} };
const place = (node: string) => ({ scope: 'graph', node, output: 'out', pass: 3 });
const places = { samples: place('1'), appearance: place('2') };
const answer = {
  rows: 1,
  columns: 2,
  weights: Float32Array.of(0.25, 0.75),
  layers: ['half.1'],
  head: 2,
  told: [],
};

/** Asks a thread that has kept the values of some nodes; what it replied, and the claims that are still out. */
async function ask(kept: readonly string[], lens: ThreadParts['lens']) {
  let claims = 0;
  const replies: RunReply[] = [];
  const engine = {
    peek({ node }: { readonly node: string }) {
      if (!kept.includes(node)) return { kind: 'not-kept' };
      claims += 1;
      const release = (): void => {
        claims -= 1;
      };
      return { kind: 'kept', value: `value of ${node}`, release };
    },
  };
  const parts = { engine, lens } as unknown as ThreadParts;
  const request = { type: 'lens', requestId: 7, places, question } as const;
  await answerLens(request, { get: () => Promise.resolve(parts) }, (reply) => replies.push(reply));
  return { replies, claims: () => claims };
}

describe('The answer to a lens', () => {
  it('is made from the kept values of the places, with the question as it was asked, and gives all claims back', async () => {
    const heard: unknown[] = [];
    const { replies, claims } = await ask(['1', '2'], (inputs, asked) => {
      heard.push(inputs, asked);
      return Promise.resolve(answer);
    });
    expect(heard).to.deep.equal([{ samples: 'value of 1', appearance: 'value of 2' }, question]);
    expect(replies).to.deep.equal([{ type: 'lensed', requestId: 7, answer }]);
    expect(claims()).to.equal(0);
  });

  it('is nothing where a value is no longer kept, and nothing is computed then', async () => {
    let asked = 0;
    const { replies, claims } = await ask(['1'], () => {
      asked += 1;
      return Promise.resolve(answer);
    });
    expect(replies).to.deep.equal([{ type: 'lensed', requestId: 7, answer: undefined }]);
    expect([asked, claims()]).to.deep.equal([0, 0]);
  });

  it('comes in any case: a failure is told in words, and who waits hears that there is nothing', async () => {
    const cause = new AppError({ code: 'model/missing', name: 'gone', reason: 'no such folder' });
    const { replies, claims } = await ask(['1', '2'], () => Promise.reject(cause));
    expect(replies.map(({ type }) => type)).to.deep.equal(['failed', 'lensed']);
    expect(replies[1]).to.deep.equal({ type: 'lensed', requestId: 7, answer: undefined });
    expect(JSON.stringify(replies[0])).to.contain('gone');
    expect(claims()).to.equal(0);
  });
});

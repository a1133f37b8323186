import { expect } from '@open-wc/testing';
import { fragmentOf, graphFromFragment } from '../../src/app/share-link.js';
import { holdsGraph } from '../../src/app/share-mark.js';
import { AppError } from '../../src/core/errors.js';
import { testRegistry, twoNodes } from '../support/editor-fixture.js';

async function packed(text: Blob): Promise<string> {
  const stream = text.stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return `#graph=${btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`;
}

async function codeOf(fragment: string): Promise<string | undefined> {
  try {
    await graphFromFragment(fragment, testRegistry);
  } catch (error) {
    return error instanceof AppError ? error.details.code : String(error);
  }
  return undefined;
}

describe('a link to a graph', () => {
  it('gives the graph back, but for where it was looked at from', async () => {
    const document = { ...twoNodes({ image: { link: ['1', 'IMAGE'] } }), title: 'Zebra ⇒ häst' };
    const view = { scale: 2, offset: [1, 2] } as const;
    const fragment = await fragmentOf({ ...document, layout: { ...document.layout, view } });
    expect(holdsGraph(fragment)).to.equal(true);
    expect(fragment).to.match(/^#graph=[A-Za-z0-9_-]+$/);
    expect(await graphFromFragment(fragment, testRegistry)).to.deep.equal(document);
  });

  it('is refused when it is junk, cut off, no graph, or hostile', async () => {
    const whole = await fragmentOf(twoNodes());
    const hostile = '{"format":"crossweave-graph","version":1,"nodes":{"__proto__":{"type":"A"}}}';
    for (const fragment of ['#graph=', '#graph=%%%', '#graph=AAAA', whole.slice(0, 60)]) {
      expect(await codeOf(fragment), fragment).to.equal('document/invalid');
    }
    expect(await codeOf(await packed(new Blob(['[1, 2]'])))).to.equal('document/invalid');
    expect(await codeOf(await packed(new Blob([hostile])))).to.equal('document/invalid');
  });

  it('is given up when it inflates to more than a graph can be', async () => {
    const zeros = new Blob(Array.from({ length: 64 }, () => new Uint8Array(2 ** 20)));
    expect(await codeOf(await packed(zeros))).to.equal('document/too-large');
  });
});

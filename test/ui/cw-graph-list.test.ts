import { expect, fixture, html } from '@open-wc/testing';
import '../../src/ui/cw-graph-list.js';
import { listen, press } from '../support/element-events.js';
import { listed } from '../support/element-samples.js';

describe('the graph as a list', () => {
  async function open() {
    const element = await fixture<HTMLElement & { updateComplete: Promise<boolean> }>(
      html`<cw-graph-list .items=${listed}></cw-graph-list>`,
    );
    const root = element.shadowRoot;
    root?.querySelector<HTMLElement>('[data-key="1"]')?.focus();
    const type = async (key: string) => {
      press(root?.activeElement, key);
      await element.updateComplete;
      await element.updateComplete;
    };
    return { element, root, type, name: () => root?.activeElement?.getAttribute('aria-label') };
  }

  it('walks zones, nodes and their sockets by the arrows', async () => {
    const { element, type, name } = await open();
    expect(name()).to.equal('AdaIN, done');
    await type('ArrowRight');
    await type('ArrowRight');
    expect(name()).to.equal('amount: 4');
    await type('ArrowLeft');
    expect(name()).to.equal('AdaIN, done');
    await type('ArrowLeft');
    await type('ArrowLeft');
    expect(name()).to.equal('Denoise zone');
    await type('End');
    expect(name()).to.equal('DDPM Step');
    await expect(element).to.be.accessible({ ignoredRules: ['region'] });
  });

  it('edits a value in its place and comes back to the line', async () => {
    const { element, root, type, name } = await open();
    const changed = listen(element, 'cw-widget-changed');
    await type('ArrowRight');
    await type('ArrowRight');
    await type('Enter');
    await new Promise((resolve) => setTimeout(resolve, 50));
    const field = root?.querySelector('cw-widget-field')?.shadowRoot?.activeElement;
    if (!(field instanceof HTMLInputElement)) throw new Error('No field has the focus.');
    field.value = '2*3';
    field.dispatchEvent(new Event('change'));
    expect(changed).to.deep.equal([{ nodes: ['1'], input: 'amount', value: { text: '2*3' } }]);
    press(field, 'Escape');
    await element.updateComplete;
    await element.updateComplete;
    expect(name()).to.equal('amount: 4');
  });

  it('connects, disconnects, renames and moves by keys', async () => {
    const { element, root, type } = await open();
    const events = ['cw-connect', 'cw-disconnect', 'cw-nodes-swapped', 'cw-node-renamed'].map(
      (name) => listen(element, name),
    );
    press(root?.activeElement, 'F2');
    await element.updateComplete;
    await element.updateComplete;
    const title = root?.querySelector<HTMLInputElement>('.title');
    if (title) title.value = 'Mine';
    title?.dispatchEvent(new Event('change'));
    press(title, 'Escape');
    await element.updateComplete;
    await element.updateComplete;
    root?.activeElement?.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'ArrowDown', altKey: true, bubbles: true }),
    );
    await type('ArrowRight');
    await type('ArrowDown');
    await type('ArrowDown');
    await type('Enter');
    await type('Delete');
    const end = { node: '1', name: 'samples' };
    expect(events).to.deep.equal([[end], [end], [['1', '2']], [{ node: '1', title: 'Mine' }]]);
  });
});

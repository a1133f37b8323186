import { expect, fixture, html } from '@open-wc/testing';
import '../../src/ui/cw-node-palette.js';
import { listen, press } from '../support/element-events.js';
import { entry } from '../support/element-samples.js';

describe('the node palette', () => {
  const entries = [entry('SaveImage', 'Save Image'), entry('LoadImage', 'Load Image')];

  async function search(linkType: string, query: string) {
    const element = await fixture<HTMLElement & { updateComplete: Promise<boolean> }>(
      html`<cw-node-palette .entries=${entries} .linkType=${linkType}></cw-node-palette>`,
    );
    const finder = element.shadowRoot?.querySelector<
      HTMLElement & { updateComplete: Promise<boolean> }
    >('cw-finder');
    const field = finder?.shadowRoot?.querySelector('input');
    if (!finder || !field) throw new Error('The palette has no search field.');
    field.value = query;
    field.dispatchEvent(new InputEvent('input'));
    await finder.updateComplete;
    const options = () =>
      [...(finder.shadowRoot?.querySelectorAll('[role=option]') ?? [])].map((option) =>
        option.textContent.replaceAll(/\s+/g, ' ').trim(),
      );
    return { element, finder, field, options, picked: listen(element, 'cw-pick') };
  }

  it('finds by letters in order and by other names, and adds with Enter', async () => {
    const { field, options, picked } = await search('', 'loim');
    expect(options()).to.deep.equal(['Load Image image']);
    press(field, 'Enter');
    expect(picked).to.deep.equal(['LoadImage']);
    expect((await search('', 'photo')).options()).to.have.length(2);
  });

  it('puts what fits a dragged link first and folds all others', async () => {
    const { finder, field, options } = await search('IMAGE', '');
    expect(options()).to.deep.equal(['Load Image image', 'All others 1']);
    press(field, 'ArrowDown');
    press(field, 'Enter');
    await finder.updateComplete;
    expect(options()).to.deep.equal(['Load Image image', 'Save Image image']);
  });
});

import { expect, fixture, html } from '@open-wc/testing';
import '../../src/ui/cw-node-panel.js';
import { listen } from '../support/element-events.js';
import { inspection } from '../support/element-samples.js';

describe('the node panel', () => {
  it('edits in one gesture a drag, gives defaults back, and leads along links', async () => {
    const element = await fixture<HTMLElement & { updateComplete: Promise<boolean> }>(
      html`<cw-node-panel .inspection=${inspection}></cw-node-panel>`,
    );
    const changed = listen(element, 'cw-widget-changed') as { gesture?: string; value: unknown }[];
    const gone = listen(element, 'cw-node-selected');
    const field = element.shadowRoot?.querySelector('cw-widget-field')?.shadowRoot;
    const slider = field?.querySelector<HTMLInputElement>('[type=range]');
    slider?.dispatchEvent(new PointerEvent('pointerdown'));
    for (const value of ['5', '6']) {
      if (slider) slider.value = value;
      slider?.dispatchEvent(new InputEvent('input'));
    }
    field?.querySelector<HTMLElement>('.head button')?.click();
    expect(changed.map(({ value }) => value)).to.deep.equal([5, 6, 1]);
    expect(changed[0]?.gesture).to.equal(changed[1]?.gesture);
    expect(changed[2]?.gesture).to.equal(undefined);
    element.shadowRoot?.querySelector<HTMLElement>('.link')?.click();
    expect(gone).to.deep.equal(['2']);
  });

  it('shows an example of what the node does, with its picture, and opens it', async () => {
    const example = {
      name: 'ablation',
      title: 'What each part does',
      description: 'One part after the other.',
      picture: 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=',
    };
    const help = { description: 'AdaIN.', equation: '', source: '', reference: '', example };
    const element = await fixture<HTMLElement>(
      html`<cw-node-panel .inspection=${{ ...inspection, help }}></cw-node-panel>`,
    );
    const opened = listen(element, 'cw-example');
    const figure = element.shadowRoot?.querySelector('figure');
    expect(figure?.querySelector('img')?.alt).to.contain('What each part does');
    expect(figure?.textContent).to.contain('One part after the other.');
    figure?.querySelector('button')?.click();
    expect(opened).to.deep.equal(['ablation']);
  });
});

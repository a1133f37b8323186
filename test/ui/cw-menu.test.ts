import { expect, fixture, html } from '@open-wc/testing';
import '../../src/ui/cw-menu.js';
import { listen, press } from '../support/element-events.js';

describe('a menu', () => {
  it('is walked with the arrows and by first letters, and left with Escape', async () => {
    const items = ['Copy', 'Paste', 'Delete'].map((label) => ({ value: label, label }));
    const element = await fixture<HTMLElement & { updateComplete: Promise<boolean> }>(
      html`<cw-menu .items=${items}></cw-menu>`,
    );
    const closed = listen(element, 'cw-close');
    await element.updateComplete;
    press(element, 'ArrowDown');
    await element.updateComplete;
    expect(element.shadowRoot?.activeElement?.textContent.trim()).to.equal('Paste');
    press(element, 'd');
    await element.updateComplete;
    expect(element.shadowRoot?.activeElement?.textContent.trim()).to.equal('Delete');
    press(element, 'Escape');
    expect(closed).to.have.length(1);
  });
});

import { expect, fixture, html } from '@open-wc/testing';
import '../../src/ui/cw-picture-viewer.js';
import { press } from '../support/element-events.js';
import { picture } from '../support/element-samples.js';

describe('the picture viewer', () => {
  it('compares two pictures with a wipe', async () => {
    const element = await fixture<HTMLElement & { updateComplete: Promise<boolean> }>(
      html`<cw-picture-viewer
        .label=${'Result'}
        .pictures=${[
          { label: 'before', picture },
          { label: 'after', picture },
        ]}
      ></cw-picture-viewer>`,
    );
    await element.updateComplete;
    const range = element.shadowRoot?.querySelector('input');
    expect(range?.getAttribute('aria-label')).to.equal('Wipe');
    expect(element.shadowRoot?.querySelectorAll('canvas')).to.have.length(2);
  });

  it('zooms and moves by keys, and shows all again', async () => {
    const element = await fixture<HTMLElement & { updateComplete: Promise<boolean> }>(
      html`<cw-picture-viewer
        .label=${'Result'}
        .pictures=${[
          { label: 'before', picture },
          { label: 'after', picture },
        ]}
      ></cw-picture-viewer>`,
    );
    const stage = element.shadowRoot?.querySelector('.stage');
    const look = async () => {
      await element.updateComplete;
      return element.shadowRoot?.querySelector('.pictures')?.getAttribute('style');
    };
    press(stage, '+');
    press(stage, 'ArrowRight');
    expect(await look()).to.equal('transform: translate(-48px, 0px) scale(1.25)');
    press(stage, '0');
    expect(await look()).to.equal('transform: translate(0px, 0px) scale(1)');
  });
});

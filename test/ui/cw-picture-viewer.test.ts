import { expect, fixture, html } from '@open-wc/testing';
import type { CwCompare } from '../../src/ui/cw-compare.js';
import '../../src/ui/cw-picture-viewer.js';
import { press } from '../support/element-events.js';
import { picture } from '../support/element-samples.js';

describe('the picture viewer', () => {
  const shown = (...labels: readonly string[]) =>
    fixture<HTMLElement & { updateComplete: Promise<boolean> }>(
      html`<cw-picture-viewer
        .label=${'Result'}
        .pictures=${labels.map((label) => ({ label, picture }))}
      ></cw-picture-viewer>`,
    );
  const compared = (element: HTMLElement) =>
    element.shadowRoot?.querySelector<CwCompare>('cw-compare');

  it('compares two pictures', async () => {
    const element = await shown('before', 'after');
    expect(compared(element)?.first?.label).to.equal('before');
    expect(compared(element)?.second?.label).to.equal('after');
  });

  it('shows one of several, and compares the first with the chosen one', async () => {
    const element = await shown('a', 'b', 'c');
    const click = async (name: string) => {
      const buttons = [...(element.shadowRoot?.querySelectorAll('button') ?? [])];
      buttons.find(({ textContent }) => textContent.trim() === name)?.click();
      await element.updateComplete;
    };
    expect(compared(element)).to.equal(null);
    await click('Compare');
    expect(compared(element)?.second?.label).to.equal('b');
    await click('c');
    expect(compared(element)?.second?.label).to.equal('c');
  });

  it('zooms and moves by keys, and shows all again', async () => {
    const element = await shown('before');
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

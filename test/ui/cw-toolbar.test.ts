import { expect, fixture, html } from '@open-wc/testing';
import '../../src/ui/cw-toolbar.js';
import { listen } from '../support/element-events.js';
import { progress } from '../support/element-samples.js';

describe('the toolbar', () => {
  it('asks to run, and to cancel while a run goes on', async () => {
    const element = await fixture<HTMLElement & { isRunning: boolean }>(
      html`<cw-toolbar></cw-toolbar>`,
    );
    const asked = listen(element, 'cw-command');
    element.shadowRoot?.querySelector<HTMLElement>('.run')?.click();
    element.isRunning = true;
    await Promise.resolve();
    element.shadowRoot?.querySelector<HTMLElement>('.run:not(.primary)')?.click();
    expect(asked).to.deep.equal(['run', 'cancel']);
  });

  it('tells the progress to screen readers', async () => {
    const element = await fixture(html`<cw-toolbar .progress=${progress}></cw-toolbar>`);
    const bar = element.shadowRoot?.querySelector('[role=progressbar]');
    expect(bar?.getAttribute('aria-valuenow')).to.equal('40');
    expect(bar?.getAttribute('aria-valuetext')).to.equal('Pass 12/68 about 9 s left');
  });
});

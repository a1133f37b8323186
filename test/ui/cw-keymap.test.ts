import { expect, fixture, html } from '@open-wc/testing';
import '../../src/ui/cw-keymap.js';
import { listen, press } from '../support/element-events.js';
import { keyRows } from '../support/element-samples.js';

describe('the editor of keys', () => {
  it('records a key, tells who has it, and takes it over when asked to', async () => {
    const element = await fixture<HTMLElement & { updateComplete: Promise<boolean> }>(
      html`<cw-keymap
        .rows=${keyRows}
        .describe=${(event: KeyboardEvent) => event.key}
      ></cw-keymap>`,
    );
    const changed = listen(element, 'cw-keys');
    const run = element.shadowRoot?.querySelector<HTMLElement>('.keys');
    run?.click();
    press(run, 'F9');
    expect(changed).to.deep.equal([{ command: 'run', keys: ['F9'] }]);
    run?.click();
    press(run, '.');
    await element.updateComplete;
    const alert = element.shadowRoot?.querySelector('[role=alert]');
    expect(alert?.textContent).to.contain('Fit to view');
    expect(changed).to.have.length(1);
    alert?.querySelector('button')?.click();
    expect(changed.slice(1)).to.deep.equal([
      { command: 'fit', keys: [] },
      { command: 'run', keys: ['.'] },
    ]);
  });
});

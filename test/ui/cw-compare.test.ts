import { expect, fixture, html } from '@open-wc/testing';
import type { Picture } from '../../src/core/node/definition.js';
import '../../src/ui/cw-compare.js';
import { press } from '../support/element-events.js';

/** Two pixels side by side. */
function twoPixels(left: number, right: number): Picture {
  const data = new Uint8ClampedArray([left, left, left, 255, right, right, right, 255]);
  return { width: 2, height: 1, data };
}

describe('the comparison of two pictures', () => {
  const compare = () =>
    fixture<HTMLElement & { updateComplete: Promise<boolean> }>(
      html`<cw-compare
        style="width: 400px; height: 300px"
        .first=${{ label: 'before', picture: twoPixels(10, 100) }}
        .second=${{ label: 'after', picture: twoPixels(10, 110) }}
      ></cw-compare>`,
    );
  const radios = (element: HTMLElement) => [
    ...(element.shadowRoot?.querySelectorAll<HTMLElement>('[role=radio]') ?? []),
  ];
  const canvases = (element: HTMLElement) => [
    ...(element.shadowRoot?.querySelectorAll('canvas') ?? []),
  ];
  const redOf = (canvas: HTMLCanvasElement | undefined): readonly number[] => {
    const data = canvas?.getContext('2d')?.getImageData(0, 0, 2, 1).data ?? [];
    return [data[0] ?? -1, data[4] ?? -1];
  };
  async function choose(element: HTMLElement & { updateComplete: Promise<boolean> }, name: string) {
    radios(element)
      .find(({ textContent }) => textContent.trim() === name)
      ?.click();
    await element.updateComplete;
  }

  it('wipes the first over the second, by a range', async () => {
    const element = await compare();
    const [below, above] = canvases(element);
    expect([redOf(below), redOf(above)]).to.deep.equal([
      [10, 110],
      [10, 100],
    ]);
    const range = element.shadowRoot?.querySelector('input');
    const before = above?.style.clipPath;
    if (range) range.value = '75';
    range?.dispatchEvent(new Event('input'));
    await element.updateComplete;
    expect(above?.style.clipPath).not.to.equal(before);
  });

  it('chooses the way of comparing by arrow keys', async () => {
    const element = await compare();
    press(radios(element)[0], 'ArrowRight');
    await element.updateComplete;
    expect(radios(element)[1]?.getAttribute('aria-checked')).to.equal('true');
    expect(redOf(canvases(element)[1])).to.deep.equal([10, 110]);
  });

  it('shows the difference, enlarged, with its largest and mean figure', async () => {
    const element = await compare();
    await choose(element, 'Difference');
    expect(canvases(element)).to.have.length(1);
    expect(redOf(canvases(element)[0])).to.deep.equal([0, 40]);
    expect(element.shadowRoot?.textContent).to.contain('largest difference 10');
  });

  it('flickers until it is paused', async () => {
    const element = await compare();
    await choose(element, 'Flicker');
    const button = element.shadowRoot?.querySelector<HTMLElement>('.controls button');
    const before = button?.textContent.trim();
    button?.click();
    await element.updateComplete;
    expect([before, button?.textContent.trim()].sort()).to.deep.equal(['Pause', 'Play']);
  });

  it('enlarges both pictures together by keys', async () => {
    const element = await compare();
    press(element.shadowRoot?.querySelector('.stage'), '+');
    await element.updateComplete;
    for (const canvas of canvases(element)) expect(canvas.style.transform).to.contain('1.25');
  });

  it('has nothing that axe would object to, whichever way it compares', async () => {
    const element = await compare();
    for (const name of ['Wipe', 'Side by side', 'Difference', 'Flicker']) {
      await choose(element, name);
      await expect(element).to.be.accessible();
    }
  });
});

import { expect, fixture, html } from '@open-wc/testing';
import '../../src/ui/cw-guide.js';
import type { CwGuide, GuideStep } from '../../src/ui/cw-guide.js';
import { placeBubble, type Box } from '../../src/ui/guide-place.js';

const box = (left: number, top: number, width: number, height: number): Box => ({
  left,
  top,
  width,
  height,
});
const room = box(8, 8, 984, 784);
const size = { width: 320, height: 180 };

function overlap(a: Box, b: Box): boolean {
  return (
    a.left < b.left + b.width &&
    b.left < a.left + a.width &&
    a.top < b.top + b.height &&
    b.top < a.top + a.height
  );
}

describe('the place of a bubble', () => {
  it('is beside what it points at, inside the window, with the arrow at its middle', () => {
    const button = box(140, 10, 80, 30);
    const below = placeBubble(size, [button], room);
    expect(below.edge).to.equal('top');
    expect(below.top).to.equal(54);
    expect(below.left + below.arrow).to.equal(180);
    const above = placeBubble(size, [box(960, 760, 30, 30)], room);
    expect(above.edge).to.equal('bottom');
    expect(above.left + size.width).to.equal(992);
    expect(above.left + above.arrow).to.be.closeTo(975, 1);
    expect(placeBubble(size, [box(8, 200, 300, 500)], room).edge).to.equal('left');
    expect(placeBubble(size, [box(600, 200, 390, 500)], room).edge).to.equal('right');
  });

  it('never lies over what it points at, wherever that is', () => {
    for (let x = 0; x < 1000; x += 120) {
      for (let y = 0; y < 800; y += 90) {
        const targets = [box(x, y, 150, 120), box(900 - x, 700 - y, 90, 90)];
        const place = placeBubble(size, targets, room);
        const bubble = { ...size, ...place };
        expect(targets.some((target) => overlap(bubble, target))).to.equal(false);
      }
    }
  });

  it('leaves the middle clear where it can, and goes into a corner where nothing else is left', () => {
    const free = box(300, 250, 400, 300);
    const place = placeBubble(size, [box(400, 100, 100, 100)], room, free);
    expect(overlap({ ...size, ...place }, free)).to.equal(false);
    expect(placeBubble(size, [box(200, 150, 600, 640)], box(8, 8, 700, 784)).edge).to.equal('none');
    expect(placeBubble(size, [], room)).to.include({ left: 8, top: 612, edge: 'none' });
  });
});

describe('the first steps', () => {
  const target = box(40, 20, 100, 30);
  const asked = new Set<GuideStep>();

  async function guide(): Promise<{ element: CwGuide; root: ShadowRoot }> {
    const targetsOf = (step: GuideStep) => {
      asked.add(step);
      return { targets: [target] };
    };
    const element = await fixture<CwGuide>(
      html`<cw-guide .targetsOf=${targetsOf} style="--cw-target: 30px"></cw-guide>`,
    );
    if (!element.shadowRoot) throw new Error('The guide is not drawn.');
    return { element, root: element.shadowRoot };
  }

  const frames = async (element: CwGuide): Promise<void> => {
    while (element.style.top === '') await new Promise((drawn) => requestAnimationFrame(drawn));
    await element.updateComplete;
  };

  it('frame what they speak of, and stand beside it', async () => {
    const { element, root } = await guide();
    await frames(element);
    const ring = root.querySelector('.ring')?.getBoundingClientRect();
    expect([ring?.left, ring?.top, ring?.width]).to.deep.equal([36, 16, 108]);
    const bubble = element.getBoundingClientRect();
    expect(overlap(bubble, target)).to.equal(false);
    expect(root.querySelector('.arrow')?.getBoundingClientRect().top).to.be.lessThan(bubble.top);
    expect(element.getAttribute('role')).to.equal('region');
    expect(root.querySelector('[aria-live]')?.textContent).to.contain('Choose two pictures');
  });

  it('go on by button or when the graph is run, and end with Escape', async () => {
    const { element, root } = await guide();
    let isClosed = false;
    element.addEventListener('cw-close', () => {
      isClosed = true;
    });
    const title = () => root.querySelector('h2')?.textContent;
    element.isRunning = true;
    await element.updateComplete;
    expect(title()).to.equal('Choose two pictures');
    element.isRunning = false;
    root.querySelector<HTMLElement>('.primary')?.click();
    await element.updateComplete;
    expect(title()).to.equal('Press Run');
    element.isRunning = true;
    await element.updateComplete;
    expect(title()).to.equal('Change the schedule');
    const button = root.querySelector('button');
    button?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    expect(isClosed).to.equal(true);
  });
});

import { expect, fixture, html } from '@open-wc/testing';
import '../../src/ui/cw-mask-editor.js';
import type { CwMaskEditor } from '../../src/ui/cw-mask-editor.js';
import type { MaskSheet } from '../../src/ui/mask-painting.js';
import { readable, widestPlaces } from '../../src/ui/part-labels.js';

const sheet: MaskSheet = { width: 16, height: 8, values: new Uint8ClampedArray(128) };
/** Left half and right half, the right one standing out. */
const regions = {
  labels: Uint8Array.from({ length: 8 }, (_, i) => Number(i % 4 > 1)),
  width: 4,
  height: 2,
  scores: [0.1, 0.3],
  meanScore: 0.1,
};

async function opened(extra: Partial<CwMaskEditor> = {}) {
  const heard: MaskSheet[] = [];
  const element = await fixture<CwMaskEditor>(
    html`<cw-mask-editor
      .label=${'Paint'}
      .sheet=${sheet}
      .regions=${extra.regions}
      @cw-mask-painted=${({ detail }: CustomEvent<MaskSheet>) => {
        heard.push({ ...detail, values: detail.values.slice() });
      }}
    ></cw-mask-editor>`,
  );
  const root = element.shadowRoot;
  const stage = root?.querySelector<HTMLElement>('.stage');
  const canvas = root?.querySelector('canvas');
  if (!root || !stage || !canvas) throw new Error('nothing is drawn');
  const key = async (name: string, more: KeyboardEventInit = {}): Promise<void> => {
    const init = { key: name, bubbles: true, composed: true, cancelable: true, ...more };
    stage.dispatchEvent(new KeyboardEvent('keydown', init));
    stage.dispatchEvent(new KeyboardEvent('keyup', init));
    await element.updateComplete;
  };
  /** Sends a pointer to a place in cells. */
  const point = async (type: string, [x, y]: readonly [number, number], more = {}) => {
    const box = canvas.getBoundingClientRect();
    const [clientX, clientY] = [
      box.left + (x / sheet.width) * box.width,
      box.top + (y / sheet.height) * box.height,
    ];
    const init = { pointerId: 1, button: 0, buttons: 1, clientX, clientY, bubbles: true };
    stage.dispatchEvent(new PointerEvent(type, { ...init, ...more }));
    await element.updateComplete;
  };
  stage.setPointerCapture = () => undefined;
  const press = async (name: string): Promise<void> => {
    const buttons = [...root.querySelectorAll('button')];
    const found = buttons.find((one) => (one.ariaLabel ?? one.textContent).includes(name));
    found?.click();
    await element.updateComplete;
  };
  const share = (): number =>
    (heard.at(-1)?.values.reduce((sum, value) => sum + Number(value > 127), 0) ?? NaN) / 128;
  const hold = (isHeld: boolean): void => {
    const init = { key: ' ', bubbles: true, composed: true, cancelable: true };
    stage.dispatchEvent(new KeyboardEvent(isHeld ? 'keydown' : 'keyup', init));
  };
  const level = (): string => root.querySelectorAll('button.zoom')[1]?.textContent.trim() ?? '';
  return { element, stage, canvas, heard, key, point, press, share, hold, level };
}

describe('the mask editor', () => {
  it('paints with a pointer along its way, as one step that is taken back whole', async () => {
    const { heard, key, point, share } = await opened();
    await key('[');
    await point('pointerdown', [2, 4]);
    await point('pointermove', [14, 4]);
    await point('pointerup', [14, 4]);
    expect(heard).to.have.length(1);
    expect(heard[0]?.values[4 * 16 + 8]).to.equal(255);
    expect(share()).to.be.greaterThan(0.5);
    await key('z', { ctrlKey: true });
    expect(share()).to.equal(0);
    await key('y', { ctrlKey: true });
    expect(heard.at(-1)?.values).to.deep.equal(heard[0]?.values);
  });

  it('lets a pen’s pressure set the size, and its other end erase', async () => {
    const { key, point, share } = await opened();
    for (let i = 0; i < 6; i += 1) await key('[');
    const pen = { pointerType: 'pen' };
    const dab = async (pressure: number, more = {}): Promise<number> => {
      await point('pointerdown', [8, 4], { ...pen, pressure, ...more });
      await point('pointerup', [8, 4], pen);
      return share();
    };
    const light = await dab(0.1);
    const heavy = await dab(1);
    expect(heavy).to.be.greaterThan(light);
    expect(await dab(1, { button: 5, buttons: 32 })).to.equal(0);
  });

  it('is painted by keys alone: arrows move the brush while the pen is down', async () => {
    const { heard, key, share } = await opened();
    for (let i = 0; i < 11; i += 1) await key('[');
    await key(' ');
    await key('ArrowRight', { shiftKey: true });
    await key(' ');
    expect(heard).to.have.length(1);
    expect(share()).to.be.within(4 / 128, 30 / 128);
    await key('g');
    await key('ArrowDown', { shiftKey: true });
    await key('ArrowUp');
    await key('Enter');
    expect(share()).to.equal(1);
  });

  it('enlarges the picture under the wheel: the place under the pointer stays, and is painted', async () => {
    const { element, stage, canvas, heard, key, point, share, level } = await opened();
    for (let i = 0; i < 11; i += 1) await key('[');
    const box = canvas.getBoundingClientRect();
    const [clientX, clientY] = [box.left + box.width * 0.75, box.top + box.height * 0.25];
    for (let i = 0; i < 20; i += 1) {
      stage.dispatchEvent(new WheelEvent('wheel', { deltaY: -120, clientX, clientY }));
    }
    await element.updateComplete;
    expect(level()).to.equal('800 %');
    await point('pointerdown', [12, 2]);
    await point('pointerup', [12, 2]);
    const painted = heard[0]?.values ?? [];
    expect(painted[2 * 16 + 12]).to.be.greaterThan(0);
    expect(share()).to.be.lessThan(6 / 128);
    await key('0');
    expect(level()).to.equal('100 %');
  });

  it('takes two fingers as a hold on the picture: they enlarge and move it, and paint nothing', async () => {
    const { heard, point, share, level } = await opened();
    const [one, two] = [1, 2].map((pointerId) => ({ pointerId, pointerType: 'touch' }));
    await point('pointerdown', [6, 4], one);
    await point('pointerdown', [10, 4], two);
    await point('pointermove', [4, 4], one);
    await point('pointermove', [12, 4], two);
    expect(level()).to.equal('200 %');
    await point('pointerup', [12, 4], two);
    await point('pointermove', [3, 4], one);
    await point('pointerup', [3, 4], one);
    expect(heard).to.deep.equal([]);
    // One finger alone paints.
    await point('pointerdown', [6, 4], one);
    await point('pointerup', [6, 4], one);
    expect(share()).to.be.greaterThan(0);
  });

  it('moves the picture while the space bar is held, and by keys, so that the brush is never out of sight', async () => {
    const { heard, key, point, hold } = await opened();
    for (let i = 0; i < 11; i += 1) await key('[');
    for (let i = 0; i < 10; i += 1) await key('+');
    hold(true);
    await point('pointerdown', [2, 4]);
    await point('pointermove', [14, 4]);
    await point('pointerup', [14, 4]);
    hold(false);
    expect(heard).to.deep.equal([]);
    // Twelve cells of the canvas were one and a half of the sheet; the keys go on to its corner.
    for (let i = 0; i < 3; i += 1) await key('ArrowLeft', { shiftKey: true });
    for (let i = 0; i < 3; i += 1) await key('ArrowUp', { shiftKey: true });
    await point('pointerdown', [1, 1]);
    await point('pointerup', [1, 1]);
    expect(heard.at(-1)?.values[0]).to.be.greaterThan(0);
  });

  it('changes the whole mask: fill, invert, grow, shrink and feather', async () => {
    const { heard, press, key, share } = await opened();
    await key('i');
    expect(share()).to.equal(1);
    await press('Clear');
    expect(share()).to.equal(0);
    for (let i = 0; i < 11; i += 1) await key('[');
    await key('Enter');
    const dab = share();
    await press('Grow');
    expect(share()).to.be.greaterThan(dab);
    await press('Shrink');
    expect(share()).to.equal(dab);
    await press('Feather');
    expect(heard.at(-1)?.values.some((value) => value > 0 && value < 255)).to.equal(true);
  });

  it('offers the parts of a self-segmentation: picked one by one, or by threshold', async () => {
    const { element, heard, press, share } = await opened({ regions });
    await press('Part 2, score 3.00');
    expect(share()).to.equal(0.5);
    expect([heard.at(-1)?.values[0], heard.at(-1)?.values[15]]).to.deep.equal([0, 255]);
    await press('Part 2, score 3.00');
    expect(share()).to.equal(0);
    const sliders = element.shadowRoot?.querySelectorAll<HTMLInputElement>('input[type=range]');
    const slider = sliders?.[2];
    if (!slider) throw new Error('there is no threshold');
    for (const [value, expected] of [
      ['1.5', 0.5],
      ['0.5', 1],
    ] as const) {
      slider.value = value;
      slider.dispatchEvent(new Event('input'));
      expect(share()).to.equal(expected);
    }
  });

  it('writes the score of a part where the part is widest, and none over another', () => {
    // A ring of part 0 around part 1, whose middle is that of the sheet.
    const size = { width: 9, height: 7 };
    const inner = (cell: number): boolean => {
      const [x, y] = [cell % 9, Math.floor(cell / 9)];
      return x > 1 && x < 7 && y > 1 && y < 5;
    };
    const under = Int16Array.from({ length: 63 }, (_unused, cell) => (inner(cell) ? 1 : 0));
    const places = widestPlaces(under, size, 3);
    const partAt = ([x, y] = [-1, -1] as readonly [number, number]) =>
      under[Math.floor(y) * 9 + Math.floor(x)];
    expect([partAt(places[0]), partAt(places[1]), places[2]]).to.deep.equal([0, 1, undefined]);
    expect(places[1]?.[1]).to.equal(3.5);
    const label = (text: string, x: number) => ({ text, at: [x, 5] as const });
    const labels = [label('1.0', 10), label('0.9', 18), label('0.8', 40)];
    const kept = readable(labels, () => 20, 11).map(({ text }) => text);
    expect(kept).to.deep.equal(['1.0', '0.8']);
  });

  it('has no fault of access', async () => {
    const { element } = await opened({ regions });
    await expect(element).to.be.accessible();
  });
});

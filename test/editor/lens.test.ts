import { expect, nextFrame, waitUntil } from '@open-wc/testing';
import { idleRunView, type NodeLens } from '../../src/editor/run-view.js';
import { onePointed, openEditor, point } from '../support/editor-fixture.js';

const PATIENCE = { timeout: 15_000 };

/** An editor whose node shows three grey pictures, what its canvas shows of them, and where the first lies. */
async function setUp(points: string, lens?: NodeLens) {
  const opened = openEditor(onePointed(points));
  const grey = new ImageData(new Uint8ClampedArray(4 * 80 * 80).fill(128), 80, 80);
  for (let i = 3; i < grey.data.length; i += 4) grey.data[i] = 255;
  const bitmap = await createImageBitmap(grey);
  const pictures = ['self', 'cross', 'contrast'].map((label) => ({
    label,
    bitmap,
    isPreview: false,
  }));
  const view = {
    ...idleRunView,
    node: (id: string) => ({ ...idleRunView.node(id), pictures }),
  };
  opened.editor.setRun(view);
  const { canvas } = opened;
  const scale = (): number => canvas.width / 800;
  const pixel = (x: number, y: number): readonly number[] => {
    const data = canvas.getContext('2d')?.getImageData(x * scale(), y * scale(), 1, 1).data;
    return [...(data ?? [])];
  };
  const isGrey = (x: number, y: number): boolean =>
    pixel(x, y).slice(0, 3).join() === '128,128,128';
  const first = async () => {
    let found: readonly [number, number] | undefined;
    await waitUntil(
      () => {
        for (let y = 60; y < 590 && !found; y += 4) {
          for (let x = 20; x < 780 && !found; x += 4) if (isGrey(x, y)) found = [x, y];
        }
        return found !== undefined;
      },
      'No picture is drawn.',
      PATIENCE,
    );
    const [left, top] = found ?? [0, 0];
    let [right, bottom] = [left, top];
    while (isGrey(right + 1, top)) right += 1;
    while (isGrey(left, bottom + 1)) bottom += 1;
    return { left, top, right, bottom };
  };
  const box = await first();
  if (lens) opened.editor.setRun({ ...view, lens: () => lens });
  await nextFrame();
  await nextFrame();
  const close = (): void => {
    opened.close();
  };
  return { ...opened, close, box, pixel };
}

type Box = Awaited<ReturnType<typeof setUp>>['box'];

/** A place of the box, in shares. */
function at({ left, top, right, bottom }: Box, x: number, y: number): readonly [number, number] {
  return [Math.round(left + x * (right - left)), Math.round(top + y * (bottom - top))];
}

describe('A lens on a node', () => {
  it('darkens its first picture, glows where it looks, and leaves the others', async () => {
    const heat = new OffscreenCanvas(4, 4);
    const pen = heat.getContext('2d');
    if (pen) pen.fillStyle = 'rgb(255 240 180)';
    pen?.fillRect(3, 3, 1, 1);
    const { box, pixel, close } = await setUp('0.5 0.5', { kind: 'seen', heat, note: 'full.1' });
    await waitUntil(() => (pixel(...at(box, 0.9, 0.9))[0] ?? 0) > 200, 'Nothing glows.', PATIENCE);
    expect(pixel(...at(box, 0.2, 0.5))[0]).to.be.below(70);
    expect(pixel(box.right + 60, at(box, 0, 0.5)[1])[0]).not.to.be.above(200);
    close();
  });

  it('has its point set by a press on the first picture, with Shift one more, and runs what shows it', async () => {
    const { canvas, heard, box, close } = await setUp('0.2 0.2');
    const press = (place: readonly [number, number], shiftKey = false): void => {
      for (const type of ['pointerdown', 'pointerup']) point(canvas, type, place, { shiftKey });
    };
    const written = (): string => {
      const edit = heard.edits.at(-1);
      return edit?.kind === 'set' ? String(edit.values['points']) : '';
    };
    press(at(box, 0.75, 0.5));
    expect(
      written()
        .split(' ')
        .map((share) => Math.round(4 * Number(share)) / 4),
    ).to.deep.equal([0.75, 0.5]);
    expect(heard.commands).to.deep.equal(['run-to-here']);
    press(at(box, 0.75, 0.5), true);
    expect(written()).to.match(/^0\.2 0\.2; 0\.7\d\d 0\.\d+$/);
    close();
  });

  it('has a point taken away by Shift and a press on it, but never the last', async () => {
    const { canvas, heard, box, close } = await setUp('0.25 0.25; 0.75 0.75');
    const place = at(box, 0.25, 0.25);
    for (const type of ['pointerdown', 'pointerup']) point(canvas, type, place, { shiftKey: true });
    expect(heard.edits).to.deep.equal([{ kind: 'set', id: '1', values: { points: '0.75 0.75' } }]);
    close();
  });
});

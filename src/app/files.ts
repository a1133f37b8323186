import type { Picture } from '../core/node/definition.js';

/** Lets the user pick files; none when the dialog is left. */
export function pickFiles(accept: string, isMultiple: boolean): Promise<readonly File[]> {
  const field = document.createElement('input');
  field.type = 'file';
  field.accept = accept;
  field.multiple = isMultiple;
  return new Promise((resolve) => {
    field.addEventListener('change', () => {
      resolve(Array.from(field.files ?? []));
    });
    field.addEventListener('cancel', () => {
      resolve([]);
    });
    field.click();
  });
}

/** Hands a file to the user's downloads. */
export function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download reads the address after this task.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 10_000);
}

/** A picture as a PNG file. @throws Error when the browser has no 2D canvas. */
export async function pictureToPng({ width, height, data }: Picture): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('There is no 2D canvas to encode the picture with.');
  context.putImageData(new ImageData(new Uint8ClampedArray(data), width, height), 0, 0);
  return canvas.convertToBlob({ type: 'image/png' });
}

/** A file name of a graph: its title in plain letters. */
export function graphFileName(title: string | undefined): string {
  const plain = (title ?? '').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return `${plain.replaceAll(/^-+|-+$/g, '') || 'crossweave'}.json`;
}

import { expect } from '@open-wc/testing';
import type { ByteSource } from '../../src/runtime/byte-source.js';
import type { PlacedTensor } from '../../src/runtime/weight-table.js';
import { weightWindows } from '../../src/runtime/weight-windows.js';

const GIBIBYTE = 2 ** 30;

describe('weightWindows', () => {
  it('reads any tensor of a file of 10 GiB through windows that begin at it or shortly before', async () => {
    const asked: [number, number][] = [];
    const source: ByteSource = {
      name: 'large.safetensors',
      size: 10 * GIBIBYTE,
      read: (offset, length) => {
        asked.push([offset, length]);
        return Promise.resolve(new Uint8Array(0));
      },
    };
    const length = 100 * 2 ** 20 + 2;
    const tensors = new Map<string, PlacedTensor>();
    for (let index = 0; index < 90; index++) {
      const entry = {
        dtype: 'F16',
        shape: [length / 2],
        offset: 131 + index * length,
        byteLength: length,
      } as const;
      tensors.set(String(index), { source, key: String(index), entry });
    }
    const windowOf = weightWindows({ name: 'large', tensors });
    const names = new Set<string>();
    for (const tensor of tensors.values()) {
      const { source: window, start } = windowOf(tensor);
      names.add(window.name);
      const offset = tensor.entry.offset - start;
      expect(offset).to.be.at.least(0);
      expect(offset + length).to.be.at.most(window.size);
      expect(window.size).to.be.at.most(2 ** 28);
      await window.read(offset, 4);
      expect(asked.at(-1)).to.deep.equal([tensor.entry.offset, 4]);
    }
    expect(names.size).to.equal(45);
  });
});

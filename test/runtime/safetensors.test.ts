import { expect } from '@open-wc/testing';
import { AppError } from '../../src/core/errors.js';
import { memorySource } from '../../src/runtime/byte-source.js';
import { readSafetensors } from '../../src/runtime/safetensors.js';

/** A file with this header text and so many bytes of data; `length` overrules the header's true length. */
function file(header: string, dataBytes: number, length?: bigint): Uint8Array {
  const json = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + json.byteLength + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(json.byteLength), true);
  bytes.set(json, 8);
  return bytes;
}

function entry(dtype: string, shape: unknown, offsets: unknown): string {
  return JSON.stringify({ dtype, shape, data_offsets: offsets });
}

async function refusal(bytes: Uint8Array): Promise<AppError['details']> {
  try {
    await readSafetensors(memorySource('unet/weights.safetensors', bytes));
  } catch (error) {
    if (error instanceof AppError) return error.details;
    throw error;
  }
  throw new Error('The file was accepted.');
}

describe('readSafetensors', () => {
  it('tells where every tensor lies, header included', async () => {
    const header = `{"__metadata__":{"format":"pt"},"a":${entry('F32', [2, 3], [0, 24])},"b":${entry('F16', [4], [24, 32])},"c":${entry('BF16', [], [32, 34])},"ids":${entry('I64', [1, 2], [34, 50])},"none":${entry('F32', [0], [50, 50])}}`;
    const { tensors } = await readSafetensors(memorySource('w', file(header, 50)));
    const start = 8 + header.length;
    expect([...tensors.keys()]).to.deep.equal(['a', 'b', 'c', 'ids', 'none']);
    expect(tensors.get('b')).to.deep.equal({
      dtype: 'F16',
      shape: [4],
      offset: start + 24,
      byteLength: 8,
    });
    expect(tensors.get('c')?.byteLength).to.equal(2);
  });

  const hostile: Record<string, { bytes: Uint8Array; tensor?: string; reason: RegExp }> = {
    'an empty file': { bytes: new Uint8Array(0), reason: /0 bytes/ },
    'a file cut in its first number': { bytes: new Uint8Array(5), reason: /5 bytes/ },
    'a header longer than the file': { bytes: file('{}', 0, 1000n), reason: /ends after 10/ },
    'a header of an absurd length': { bytes: file('{}', 0, 2n ** 63n), reason: /claims/ },
    'a header of 101 MB': { bytes: file('{}', 0, 101_000_000n), reason: /claims 101000000/ },
    'a header that is not JSON': { bytes: file('{"a"', 0), reason: /not JSON/ },
    'a header that is not UTF-8': {
      bytes: Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xfe),
      reason: /not JSON/,
    },
    'a header that is a list': { bytes: file('[]', 0), reason: /not a JSON object/ },
    'an entry that is no object': { bytes: file('{"a":3}', 0), tensor: 'a', reason: /object/ },
    'an unknown type': {
      bytes: file(`{"a":${entry('F8_E4M3', [4], [0, 4])}}`, 4),
      tensor: 'a',
      reason: /F8_E4M3/,
    },
    'a type named like a method': {
      bytes: file(`{"a":${entry('toString', [4], [0, 4])}}`, 4),
      tensor: 'a',
      reason: /toString/,
    },
    'a negative side': {
      bytes: file(`{"a":${entry('F32', [-1], [0, 4])}}`, 4),
      tensor: 'a',
      reason: /shape/,
    },
    'a fractional side': {
      bytes: file(`{"a":${entry('F32', [0.5, 2], [0, 4])}}`, 4),
      tensor: 'a',
      reason: /shape/,
    },
    'negative offsets': {
      bytes: file(`{"a":${entry('F32', [1], [-4, 0])}}`, 4),
      tensor: 'a',
      reason: /offsets/,
    },
    'offsets in the wrong order': {
      bytes: file(`{"a":${entry('F32', [1], [4, 0])}}`, 4),
      tensor: 'a',
      reason: /4\.\.0/,
    },
    'a tensor beyond the end': {
      bytes: file(`{"a":${entry('F32', [2], [0, 8])}}`, 7),
      tensor: 'a',
      reason: /7 bytes of data/,
    },
    'a shape that does not fill its bytes': {
      bytes: file(`{"a":${entry('F32', [3], [0, 8])}}`, 8),
      tensor: 'a',
      reason: /needs 12 bytes, not 8/,
    },
    'a shape whose size overflows': {
      bytes: file(`{"a":${entry('F32', [2 ** 40, 2 ** 40], [0, 8])}}`, 8),
      tensor: 'a',
      reason: /needs/,
    },
    'overlapping tensors': {
      bytes: file(`{"a":${entry('F32', [2], [0, 8])},"b":${entry('F32', [1], [4, 8])}}`, 8),
      tensor: 'b',
      reason: /overlaps/,
    },
    'a tensor listed twice': {
      bytes: file(`{"a":${entry('F32', [1], [0, 4])},"\\u0061":${entry('F32', [1], [0, 4])}}`, 4),
      tensor: 'a',
      reason: /twice/,
    },
  };
  for (const [what, { bytes, tensor, reason }] of Object.entries(hostile)) {
    it(`refuses ${what}, naming ${tensor === undefined ? 'the file' : 'file and tensor'}`, async () => {
      const details = await refusal(bytes);
      expect(details).to.include({ code: 'model/invalid', file: 'unet/weights.safetensors' });
      expect('tensor' in details ? details.tensor : undefined).to.equal(tensor);
      expect('reason' in details ? details.reason : '').to.match(reason);
    });
  }
});

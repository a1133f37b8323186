import { expect } from '@open-wc/testing';
import { createKvBank, type Captured } from '../../src/diffusion/kv-bank.js';
import { cpuTensor, type Tensor } from '../../src/tensor/tensor.js';

/** A tensor of 40 bytes that notes when its last claim is given back. */
function counted(freed: string[], name: string, value = 0): Tensor {
  let claims = 1;
  const tensor: Tensor = {
    ...cpuTensor(new Float32Array(10).fill(value), [10]),
    retain: () => {
      claims += 1;
      return tensor;
    },
    dispose: () => {
      claims -= 1;
      if (claims === 0) freed.push(name);
    },
  };
  return tensor;
}

/** Keys and values of one layer, 80 bytes. */
function keysValues(freed: string[], name: string, value = 0): Captured {
  const layer = { key: counted(freed, name, value), value: counted(freed, name, value) };
  return { keysValues: { layers: [layer] } };
}

describe('the bank of keys and values', () => {
  it('drops what was used least recently when the budget is full', () => {
    const freed: string[] = [];
    const bank = createKvBank(200);
    bank.keep('a', keysValues(freed, 'a'));
    bank.keep('b', keysValues(freed, 'b'));
    expect(bank.find('a', { keysValues: true })).to.not.equal(undefined);
    bank.keep('c', keysValues(freed, 'c'));
    expect(freed).to.deep.equal(['b', 'b']);
    expect(bank.byteLength).to.equal(160);
    expect(bank.find('b', {})).to.equal(undefined);
  });

  it('keeps the newest captures whatever the budget', () => {
    const bank = createKvBank(0);
    bank.keep('a', keysValues([], 'a'));
    expect(bank.find('a', { keysValues: true })).to.not.equal(undefined);
  });

  it('does not offer captures that lack what is wanted', () => {
    const bank = createKvBank(1000);
    bank.keep('a', keysValues([], 'a'));
    expect(bank.find('a', { attention: true })).to.equal(undefined);
  });

  it('keeps the first of two copies and frees the second', () => {
    const freed: string[] = [];
    const bank = createKvBank(1000);
    bank.keep('a', keysValues(freed, 'first'));
    bank.keep('a', keysValues(freed, 'second'));
    expect(freed).to.deep.equal(['second', 'second']);
    bank.clear();
    expect(freed).to.deep.equal(['second', 'second', 'first', 'first']);
    expect(bank.byteLength).to.equal(0);
  });

  it('puts in RAM what does not fit, gives it back with the same bytes, and drops what fits nowhere', async () => {
    const copies: string[] = [];
    const upload = (values: Float32Array, shape: readonly number[]): Tensor => ({
      ...counted(copies, 'back'),
      shape,
      read: () => Promise.resolve(values),
    });
    const freed: string[] = [];
    const bank = createKvBank(100, { budgetBytes: 160, upload });
    for (const [i, key] of ['a', 'b', 'c', 'd'].entries()) {
      bank.keep(key, keysValues(freed, key, i));
      await bank.trim();
    }
    // One fits where the network runs, two in RAM.
    expect([bank.byteLength, bank.ramByteLength]).to.deep.equal([80, 160]);
    expect(bank.copied).to.deep.equal({ toRam: 240, fromRam: 0 });
    expect(freed).to.deep.equal(['a', 'a', 'b', 'b', 'c', 'c']);
    expect(bank.find('a', {})).to.equal(undefined);
    const back = bank.find('b', { keysValues: true })?.keysValues?.layers[0];
    expect([...((await back?.key.read()) ?? [])]).to.deep.equal(new Array(10).fill(1));
    expect(bank.copied).to.deep.equal({ toRam: 240, fromRam: 80 });
    await bank.trim();
    expect([bank.byteLength, bank.ramByteLength]).to.deep.equal([80, 160]);
    expect(bank.copied).to.deep.equal({ toRam: 320, fromRam: 80 });
    bank.clear();
    expect([bank.byteLength, bank.ramByteLength]).to.deep.equal([0, 0]);
    expect(copies).to.deep.equal(['back', 'back']);
  });

  it('goes to RAM when it is asked to, once and for all, and tells whether that freed anything', async () => {
    const upload = (values: Float32Array, shape: readonly number[]): Tensor =>
      cpuTensor(values, shape);
    const bank = createKvBank(1000, { budgetBytes: 1000, upload });
    expect(await bank.toRam()).to.equal(false);
    for (const key of ['a', 'b']) bank.keep(key, keysValues([], key, 1));
    expect(await bank.toRam()).to.equal(true);
    expect([bank.byteLength, bank.ramByteLength]).to.deep.equal([0, 160]);
    bank.keep('c', keysValues([], 'c', 1));
    bank.keep('d', keysValues([], 'd', 1));
    await bank.trim();
    expect([bank.byteLength, bank.ramByteLength]).to.deep.equal([80, 240]);
    bank.clear();
    const single = createKvBank(1000);
    single.keep('a', keysValues([], 'a', 1));
    expect(await single.toRam()).to.equal(false);
    single.clear();
  });
});

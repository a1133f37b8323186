import { expect } from '@open-wc/testing';
import { createKvBank, type Captured } from '../../src/diffusion/kv-bank.js';
import { cpuTensor, type Tensor } from '../../src/tensor/tensor.js';

/** A tensor of 40 bytes that notes when its claim is given back. */
function counted(freed: string[], name: string): Tensor {
  const tensor: Tensor = {
    ...cpuTensor(new Float32Array(10), [10]),
    retain: () => tensor,
    dispose: () => {
      freed.push(name);
    },
  };
  return tensor;
}

/** Keys and values of one layer, 80 bytes. */
function keysValues(freed: string[], name: string): Captured {
  const layer = { key: counted(freed, name), value: counted(freed, name) };
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
});

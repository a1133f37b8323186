import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { shedMethods } from '../../../../tools/build/shed-methods.mjs';

const script = `
  const tools = { add: function (a, b) { return a + b; }, sub: function (a, b) { return a - b; } };
  function Counter() { this.value = 0; }
  Counter.of = function () { return new Counter(); };
  Counter.prototype.up = function () { this.value = tools.add(this.value, 1); };
  Counter.prototype.down = function () { this.value = tools.sub(this.value, 1); };
`;

test('methods that are kept work, the others are gone', () => {
  const shorter = shedMethods(script, new Set(['tools.add', 'Counter.of', 'Counter.up']));
  assert.equal(runInNewContext(`${shorter}; const one = Counter.of(); one.up(); one.value;`), 1);
  assert.equal(runInNewContext(`${shorter}; Counter.of().down;`), undefined);
  assert.ok(!shorter.includes('a - b'));
});

test('a kept method that the script does not have is told by name', () => {
  assert.throws(() => shedMethods(script, new Set(['Counter.reset'])), /Counter\.reset/);
});

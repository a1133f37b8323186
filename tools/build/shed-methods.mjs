import { parseAst } from 'rollup/parseAst';

/** @typedef {{ type: string, start: number, end: number } & Record<string, any>} Syntax */
/** @typedef {{ name: string, node: Syntax, stands: boolean }} Method */

/**
 * Leaves out of a script of constructor functions every method that is not named as kept. Methods are what is assigned
 * as `Class.prototype.name = function` or `Class.name = function`, told as `Class.name`, and the functions of an object
 * that a variable is set to, told by the variable. Calling one that is gone throws. Returns the shorter source; throws,
 * naming it, when a kept method is not there.
 * @param {string} source
 * @param {ReadonlySet<string>} kept
 */
export function shedMethods(source, kept) {
  const methods = findMethods(parseAst(source));
  const names = new Set(methods.map(({ name }) => name));
  const missing = [...kept].filter((name) => !names.has(name));
  if (missing.length > 0) throw new Error(`These methods are not in the script: ${missing.join()}`);
  return without(
    source,
    methods.filter(({ name }) => !kept.has(name)),
  );
}

/**
 * @param {Syntax} program
 * @returns {Method[]} in the order of the source
 */
function findMethods(program) {
  /** @type {Method[]} */
  const methods = [];
  visit(program, (node) => {
    if (node.type === 'ExpressionStatement' && node.expression.type === 'AssignmentExpression') {
      const { left, right } = node.expression;
      const owner = right.type === 'FunctionExpression' ? ownerOf(left) : '';
      if (/^[A-Z]\w+$/.test(owner)) {
        methods.push({ name: `${owner}.${String(left.property.name)}`, node, stands: true });
        return false;
      }
    }
    if (node.type === 'VariableDeclarator' && node.init) {
      for (const { key, value } of propertiesOf(node.init)) {
        if (value?.type !== 'FunctionExpression') continue;
        const name = `${String(node.id.name)}.${String(key.name)}`;
        methods.push({ name, node: value, stands: false });
      }
    }
    return true;
  });
  return methods;
}

/** The properties of the object that is set, also through `global.name = {}`. @param {Syntax} value @returns {Syntax[]} */
function propertiesOf(value) {
  const object = value.type === 'AssignmentExpression' ? value.right : value;
  return object.type === 'ObjectExpression' ? object.properties : [];
}

/** The class that `Class.name` or `Class.prototype.name` belongs to. @param {Syntax} target @returns {string} */
function ownerOf(target) {
  if (target.type !== 'MemberExpression' || target.computed) return '';
  const { object } = target;
  if (object.type === 'Identifier') return object.name;
  return object.type === 'MemberExpression' && object.property.name === 'prototype'
    ? ownerOf(object)
    : '';
}

/**
 * @param {unknown} node
 * @param {(node: Syntax) => boolean} enters told every node; its parts are visited when it says so
 */
function visit(node, enters) {
  if (Array.isArray(node)) {
    for (const item of node) visit(item, enters);
  } else if (typeof node === 'object' && node !== null) {
    if ('type' in node && !enters(node)) return;
    for (const part of Object.values(node)) visit(part, enters);
  }
}

/**
 * @param {string} source
 * @param {readonly Method[]} methods
 */
function without(source, methods) {
  let shorter = '';
  let at = 0;
  for (const { node, stands } of methods) {
    if (node.start < at) continue;
    shorter += source.slice(at, node.start) + (stands ? '' : 'undefined');
    at = node.end;
  }
  return shorter + source.slice(at);
}

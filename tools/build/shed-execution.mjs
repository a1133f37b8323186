// @ts-check
import MagicString from 'magic-string';

/** Whose sources are nodes. */
const NODE = /\/nodes\/[^/]+\/[^/]+\.ts$/;

/**
 * Leaves out of a bundle what its nodes do when they run, and with it whatever only that imports. For the page, which
 * knows nodes by their settings and forecasts; the run thread runs them. A file of `nodes/` that does not define one
 * node with one `execute` fails the build.
 * @returns {import('rollup').Plugin}
 */
export function shedExecution() {
  return shed('execute', 'execute(){throw Error("The run thread runs nodes.")}', true);
}

/**
 * Leaves out of a bundle how its nodes forecast, and with it whatever only that imports. For the run thread; the page forecasts.
 * @returns {import('rollup').Plugin}
 */
export function shedForecasts() {
  return shed('forecast', 'forecast:undefined', false);
}

/**
 * @param {'execute' | 'forecast'} method
 * @param {string} instead
 * @param {boolean} isNeeded
 * @returns {import('rollup').Plugin}
 */
function shed(method, instead, isNeeded) {
  return {
    name: `shed-${method}`,
    transform: {
      // After the types are gone.
      order: 'post',
      handler(code, id) {
        if (!NODE.test(id.replaceAll('\\', '/'))) return null;
        const found = methodsOf(this.parse(code), method);
        if (found.length > 1 || (isNeeded && found.length === 0))
          this.error(`${id} does not define one node with \`${method}\`.`);
        const text = new MagicString(code);
        for (const { start, end } of found) text.overwrite(start, end, instead);
        return { code: text.toString(), map: text.generateMap({ hires: true }) };
      },
    },
  };
}

/**
 * The places of a method in the node definitions of a program.
 * @param {unknown} part a part of a syntax tree
 * @param {string} method
 * @returns {{ start: number, end: number }[]}
 */
function methodsOf(part, method) {
  if (Array.isArray(part)) return part.flatMap((each) => methodsOf(each, method));
  if (typeof part !== 'object' || part === null) return [];
  if ('type' in part && part.type === 'ObjectExpression' && 'properties' in part) {
    const properties = /** @type {{ key?: { name?: string }, start: number, end: number }[]} */ (
      part.properties
    );
    const isNode = properties.some(({ key }) => key?.name === 'displayName');
    const found = properties.find(({ key }) => key?.name === method);
    if (isNode && found) return [found];
  }
  return Object.values(part).flatMap((each) => methodsOf(each, method));
}

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
  return {
    name: 'shed-execution',
    transform: {
      // After the types are gone.
      order: 'post',
      handler(code, id) {
        if (!NODE.test(id.replaceAll('\\', '/'))) return null;
        const [found, ...more] = executions(this.parse(code));
        if (!found || more.length > 0)
          this.error(`${id} does not define one node with \`execute\`.`);
        const text = new MagicString(code);
        text.overwrite(
          found.start,
          found.end,
          'execute(){throw Error("The run thread runs nodes.")}',
        );
        return { code: text.toString(), map: text.generateMap({ hires: true }) };
      },
    },
  };
}

/**
 * The places of `execute` in the node definitions of a program.
 * @param {unknown} part a part of a syntax tree
 * @returns {{ start: number, end: number }[]}
 */
function executions(part) {
  if (Array.isArray(part)) return part.flatMap(executions);
  if (typeof part !== 'object' || part === null) return [];
  if ('type' in part && part.type === 'ObjectExpression' && 'properties' in part) {
    const properties = /** @type {{ key?: { name?: string }, start: number, end: number }[]} */ (
      part.properties
    );
    const isNode = properties.some(({ key }) => key?.name === 'displayName');
    const execute = properties.find(({ key }) => key?.name === 'execute');
    if (isNode && execute) return [execute];
  }
  return Object.values(part).flatMap(executions);
}

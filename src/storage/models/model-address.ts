import { AppError } from '../../core/errors.js';

/** Where a model is, as a user's words tell it. */
export type ModelAddress =
  | { readonly type: 'file'; readonly url: string }
  /** A folder in the layout of diffusers, or a file whose name does not tell that it is one. */
  | { readonly type: 'folder-or-file'; readonly url: string }
  | { readonly type: 'hub'; readonly repository: string; readonly revision: string };

/** The server of the Hub that repository names without an address belong to. */
export const HUB = 'https://huggingface.co';

const REPOSITORY = /^[\w-][\w.-]*\/[\w-][\w.-]*$/;
const PICKLED = /\.(ckpt|pt|pth|bin)$/i;

/**
 * Reads an address or a repository's name, `owner/name`. `pageOrigin` is the page's own server.
 * @throws AppError `input/invalid` with the reason and what to type instead.
 */
export function parseModelAddress(typed: string, pageOrigin: string): ModelAddress {
  const text = typed.trim();
  if (text === '') refuse('nothing was typed', 'Type an address, or owner/name.');
  if (REPOSITORY.test(text)) return { type: 'hub', repository: text, revision: 'main' };
  const url = parseUrl(text, pageOrigin);
  if (url.origin === HUB || url.host === 'hf.co') return hubAddress(url);
  url.hash = '';
  const { pathname } = url;
  if (PICKLED.test(pathname)) refuse(...PICKLE);
  if (pathname.endsWith('.safetensors')) return { type: 'file', url: url.href };
  const index = /\/(model_index\.json|unet\/config\.json)$/.exec(pathname);
  if (index) url.pathname = pathname.slice(0, index.index);
  return { type: 'folder-or-file', url: url.href };
}

function parseUrl(text: string, pageOrigin: string): URL {
  // “server/folder/file” means https; “C:\models” and “ftp:” are something else.
  const address = /^[a-z][\w+.-]*:/i.test(text) ? text : `https://${text}`;
  const url = URL.parse(address);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    return refuse(
      'it is no address of a file on the web',
      'Type an address that begins with https://, or owner/name. For a file on this computer press “Choose a file”.',
    );
  }
  if (url.username !== '' || url.password !== '') {
    refuse(
      'it has a name or a password in it, which would be kept with the model',
      'Remove what stands before the @; you are asked for a token when the server wants one.',
    );
  }
  const isHere =
    url.origin === pageOrigin || /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
  if (url.protocol === 'http:' && !isHere) {
    refuse(
      'its server is asked without encryption, which this page may not do',
      'Use the address with https://, or download the file and choose it from disk.',
    );
  }
  return url;
}

const PICKLE = [
  'it is a pickled checkpoint, which can run code when opened and is refused',
  'Use the address of the .safetensors file of the same model.',
] as const;

function hubAddress({ pathname }: URL): ModelAddress {
  const [owner, name, view, revision = 'main', ...path] = pathname.split('/').slice(1);
  if (owner === undefined || name === undefined || name === '') {
    return refuse('it is a page of the Hub, not a model’s', 'Type owner/name of the model.');
  }
  if (['datasets', 'spaces', 'docs', 'collections', 'papers', 'blog', 'api'].includes(owner)) {
    return refuse(
      `it is a page about ${owner} of the Hub, not a model`,
      'Type owner/name of a model.',
    );
  }
  const file = path.join('/');
  if ((view === 'blob' || view === 'resolve') && file !== '') {
    if (PICKLED.test(file)) refuse(...PICKLE);
    const url = `${HUB}/${owner}/${name}/resolve/${revision}/${file}`;
    if (file.endsWith('.safetensors') && !/^(unet|vae|text_encoder)\//.test(file)) {
      return { type: 'file', url };
    }
  } else if (view !== undefined && view !== '' && view !== 'tree') {
    refuse('it is a page about the model, not the model', `Type ${owner}/${name}.`);
  }
  return { type: 'hub', repository: `${owner}/${name}`, revision };
}

function refuse(reason: string, remedy: string): never {
  throw new AppError({ code: 'input/invalid', input: 'address', reason, remedy });
}

import { svg, type TemplateResult } from 'lit';

/** Line drawings of 16 by 16 units. */
const paths = {
  queue: 'M2.500 4h11M2.500 8h11M2.500 12h6M12 10.500v4M10 12.500h4',
  live: 'M9 1.800 3.500 9H8l-1 5.200L12.500 7H8z',
  star: 'M8 2l1.800 3.900 4.200.500-3.100 2.900.800 4.200L8 11.400l-3.700 2.100.800-4.200L2 6.400l4.200-.500z',
  up: 'M8 13V3.500M4 7.500l4-4 4 4',
  down: 'M8 3v9.500M4 8.500l4 4 4-4',
  pause: 'M5.500 3.500v9M10.500 3.500v9',
  run: 'M5 3.2v9.6l7.6-4.8z',
  cancel: 'M4.5 4.5h7v7h-7z',
  open: 'M2 12.5v-9h4l1.500 2H14v7z',
  save: 'M8 2.500v7.500m-3-3 3 3 3-3M3 13.500h10',
  undo: 'M5.500 3 2.500 6l3 3M2.500 6h7a3.700 3.700 0 0 1 0 7.400H6',
  redo: 'M10.500 3l3 3-3 3M13.500 6h-7a3.700 3.700 0 0 0 0 7.400H10',
  add: 'M8 3v10M3 8h10',
  help: 'M6 6a2 2 0 1 1 2.800 1.900c-.6.300-.8.600-.8 1.300M8 11.600v.1M8 1.800a6.200 6.200 0 1 0 0 12.400A6.200 6.200 0 1 0 8 1.800',
  panel: 'M2 3h12v10H2zM10 3v10',
  timeline: 'M2 4h12M2 8h3M7 8h4M13 8h1M2 12h6M10 12h4',
  list: 'M3 4h.1M3 8h.1M3 12h.1M6 4h7.500M6 8h7.500M6 12h7.500',
  dark: 'M13 9.700A5.500 5.500 0 1 1 6.300 3a4.500 4.500 0 0 0 6.700 6.700z',
  light:
    'M8 5a3 3 0 1 0 0 6 3 3 0 1 0 0-6M8 1.500v1M8 13.500v1M1.500 8h1M13.500 8h1M3.400 3.400l.700.700M11.900 11.900l.700.700M12.600 3.400l-.700.700M4.100 11.900l-.700.700',
  system: 'M2 3h12v8H2zM6 14h4M8 11v3',
  contrast: 'M8 1.8a6.200 6.200 0 1 0 0 12.400zM8 1.800a6.200 6.200 0 1 1 0 12.400',
  settings:
    'M2 4.500h7M12 4.500h2M10.500 3v3M2 8h2M7 8h7M5.500 6.500v3M2 11.500h6M11 11.500h3M9.500 10v3',
  search: 'M7 2.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 1 0 0-9M10.300 10.300l3.500 3.500',
  link: 'M6.500 9.500l3-3M7 4.500l1.500-1.500a3.200 3.200 0 0 1 4.500 4.500L11.500 9M9 11.500 7.500 13A3.200 3.200 0 0 1 3 8.500L4.500 7',
  reset: 'M3 3v4h4M3.300 7A5.300 5.300 0 1 1 3.200 10',
  more: 'M8 3.500v.1M8 8v.1M8 12.500v.1',
  chevron: 'M6 4l4 4-4 4',
  rename: 'M3 13l.600-3L10.800 2.800l2.400 2.400L6 12.400z',
  lock: 'M4 7.500h8V14H4zM5.500 7.500V5a2.500 2.500 0 0 1 5 0v2.500',
  copy: 'M5.500 5.500h8v8h-8zM10.500 5.500v-3h-8v8h3',
  close: 'M4 4l8 8M12 4l-8 8',
  fit: 'M2.500 6V2.500H6M10 2.500h3.500V6M13.500 10v3.500H10M6 13.500H2.500V10',
  warning: 'M8 2.200 14.500 13.500H1.500zM8 6.500v3M8 11.600v.1',
  picture: 'M2 3h12v10H2zM2.500 11.500l3.500-4 3 3 1.800-1.800 2.700 2.800M10.800 6h.1',
  delete: 'M3 4.500h10M6.500 4.500v-2h3v2M4.500 4.500l.600 9h5.800l.600-9',
  check: 'M3 8.500l3.300 3.300L13 4.500',
  download: 'M8 2.500v7.500m-3-3 3 3 3-3M3 13.500h10',
  upload: 'M8 10V2.500m-3 3 3-3 3 3M3 13.500h10',
  swap: 'M3 5.500h9.500M10 3l2.500 2.500L10 8M13 10.500H3.500M6 8l-2.500 2.500L6 13',
} as const;

/** The name of an icon. */
export type IconName = keyof typeof paths;

/** An icon that says nothing to a screen reader: the control around it has a name. */
export function icon(name: IconName): TemplateResult {
  return svg`<svg viewBox="0 0 16 16" aria-hidden="true"><path d=${paths[name]} /></svg>`;
}

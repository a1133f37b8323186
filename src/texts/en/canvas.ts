/** What the canvas and its gestures say. */
export const canvas = {
  dropHere: 'Drop pictures or a graph',
  label: 'Graph canvas. The List tab of the panel shows the same graph as a tree.',
};

/** What dialogs have in common, the sheet of keys and the picture viewer. */
export const dialogs = {
  close: 'Close',
  help: 'Help and shortcuts',
  intro:
    'Two pictures go in: one gives the structure, the other the appearance. Choose them in the two Load Image nodes and press Run. Everything happens on this device. What has not changed since the last run is not computed again.',
  or: 'or',
  pointer: 'Pointer',
  compare: 'Compare',
  savePicture: 'Save picture',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  wholePicture: 'Whole picture',
  viewerKeys: 'Picture: arrows move it, + and − zoom, 0 shows all of it',
};

/** What the panel of pictures says. */
export const pictures = {
  label: 'Pictures',
  add: 'Add pictures, or drop them anywhere',
  putInto: (title: string) => `A click puts the picture into “${title}”.`,
  addsLoader: 'A click adds a Load Image node. Pictures never leave this device.',
  save: (name: string) => `Download ${name}`,
  remove: (name: string) => `Delete ${name}`,
};

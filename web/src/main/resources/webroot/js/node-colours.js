const COLOURS = 6;
const order = [];

/** The colours follow the nodes of the plan, in the order a token passes them. */
export function nameNodes(nodeIds) {
  for (const id of nodeIds) {
    if (!order.includes(id)) {
      order.push(id);
    }
  }
}

/** The class that gives an element its node's colour, the same everywhere on the page. */
export function nodeClass(nodeId) {
  nameNodes([nodeId]);
  return `node-${order.indexOf(nodeId) % COLOURS}`;
}

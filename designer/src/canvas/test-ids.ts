// Names by which a test finds what has no role of its own. PATH is a static path (`charge`, `each/charge`,
// `fork[left]/wait`, `@start`, `each/@start`), PORT one of `start`, `next`, `otherwise`, `onTimeout`, `choice/0`, `catch/0`.
//   step-card:PATH                 a step on the canvas, also a container's frame; `data-state` in the instance's graph
//   lane:PATH[branch]              a branch of a parallel step
//   start:PATH                     the start pill, or the start dot of a scope
//   edge:FROM:PORT:TO              an edge (its group; its path is inside)
//   edge-plus:FROM:PORT:TO         the + on an edge
//   handles                        `.react-flow__handle[data-handleid=PORT]` inside the node `[data-id=PATH]`;
//                                  `in` takes edges, `choice/new` and `catch/new` make a new choice or catch
//   palette-item:activity:NAME     an activity in the palette
//   palette-item:step:TYPE         a step type in the palette
//   palette-item:definition:NAME   a deployed definition in the palette
//   quick-add, quick-add:TYPE…     the list that + opens; its entries are named as in the palette
//   note:ID, group:ID              a note; the frame of a group
//   connection-reason              why the edge being dragged is not allowed
//   field:POINTER                  a field of the property form, by its JSON Pointer inside of the step
//   problem:INDEX                  a line of the problems list
export const testIds = {
  card: (path: string) => `step-card:${path}`,
  lane: (scope: string) => `lane:${scope}`,
  start: (path: string) => `start:${path}`,
  note: (id: string) => `note:${id}`,
  group: (id: string) => `group:${id}`,
  edge: (id: string) => `edge:${id}`,
  edgePlus: (id: string) => `edge-plus:${id}`,
  paletteItem: (key: string) => `palette-item:${key}`,
  quickAdd: 'quick-add',
  quickAddItem: (key: string) => `quick-add:${key}`,
  connectionReason: 'connection-reason',
} as const

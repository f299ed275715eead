// What can be done with what is selected and has no key of its own: in the command palette while it can be done.
import { useEffect } from 'react'
import { diagramOf } from '../drawing/diagram.ts'
import { isMarkPath } from '../drawing/marks.ts'
import { align, distribute } from '../drawing/operations/align.ts'
import { changeType } from '../drawing/operations/change-type.ts'
import { isStartPath } from '../drawing/static-path.ts'
import { stepKinds } from '../steps/registry.ts'
import { type DrawingState, perform, useDrawing } from '../store/drawing-store.ts'
import { registerShortcut, type Shortcut } from '../ui/shortcuts.ts'
import { alignments, distributions } from './arrangements.ts'

export function useArrangeCommands(): void {
  const many = useDrawing((state) => stepsOf(state).length)
  useEffect(() => {
    const commands = many > 1 ? arranging() : many === 1 ? changing() : []
    const undo = commands.map(registerShortcut)
    return () => {
      for (const remove of undo) remove()
    }
  }, [many])
}

const stepsOf = ({ selection }: DrawingState) => selection.filter((path) => !isStartPath(path) && !isMarkPath(path))
const selectedSteps = () => stepsOf(useDrawing.getState())

const arranging = (): readonly Shortcut[] => [
  ...alignments.map(({ to, label }) => ({
    id: `designer.align.${to}`,
    title: label,
    group: 'Arrange',
    run: () => void perform((before) => align(before, diagramOf(before), selectedSteps(), to)),
  })),
  ...distributions.map(({ along, label }) => ({
    id: `designer.distribute.${along}`,
    title: label,
    group: 'Arrange',
    run: () => void perform((before) => distribute(before, diagramOf(before), selectedSteps(), along)),
  })),
]

const changing = (): readonly Shortcut[] =>
  stepKinds.map((kind) => ({
    id: `designer.changeType.${kind.type}`,
    title: `Change the type to ${kind.title.toLowerCase()}`,
    group: 'Steps',
    run: () => {
      const [path] = selectedSteps()
      if (path !== undefined) perform((before) => changeType(before, path, kind.create()))
    },
  }))

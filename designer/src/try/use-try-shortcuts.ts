import { isMarkPath } from '../drawing/marks.ts'
import { isStartPath } from '../drawing/static-path.ts'
import { useDrawing } from '../store/drawing-store.ts'
import { toggleBreakpoint } from '../store/try-run.ts'
import { useShortcut } from '../ui/shortcuts.ts'
import { useTryActions } from './use-try-actions.ts'

/** The run from the keyboard; `open` shows its panel. */
export function useTryShortcuts(open: () => void): void {
  const { begin, play, step } = useTryActions()
  const group = 'Try'
  const shown = (act: () => void) => () => {
    open()
    act()
  }
  useShortcut({ id: 'try.open', title: 'Try the draft', keys: 'mod+Enter', group, run: open })
  useShortcut({
    id: 'try.play',
    title: 'Try it, continue or pause',
    keys: 'F9',
    group,
    inFields: true,
    run: shown(play),
  })
  useShortcut({
    id: 'try.step',
    title: 'Let the next thing happen',
    keys: 'F10',
    group,
    inFields: true,
    run: shown(step),
  })
  useShortcut({
    id: 'try.again',
    title: 'Start the tried run anew',
    keys: 'shift+F9',
    group,
    inFields: true,
    run: shown(() => begin(false)),
  })
  useShortcut({
    id: 'try.breakpoint',
    title: 'Stop at this step, or no longer',
    keys: 'b',
    group,
    run: () => {
      const path = useDrawing.getState().selection.findLast((one) => !isStartPath(one) && !isMarkPath(one))
      if (path !== undefined) toggleBreakpoint(path)
    },
  })
}

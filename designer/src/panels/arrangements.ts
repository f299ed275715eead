import {
  type Icon,
  IconLayoutAlignBottom,
  IconLayoutAlignCenter,
  IconLayoutAlignLeft,
  IconLayoutAlignMiddle,
  IconLayoutAlignRight,
  IconLayoutAlignTop,
  IconLayoutDistributeHorizontal,
  IconLayoutDistributeVertical,
} from '@tabler/icons-react'
import type { Alignment } from '../drawing/operations/align.ts'

export const alignments: readonly { readonly to: Alignment; readonly label: string; readonly icon: Icon }[] = [
  { to: 'left', label: 'Align left', icon: IconLayoutAlignLeft },
  { to: 'centre', label: 'Align centres', icon: IconLayoutAlignCenter },
  { to: 'right', label: 'Align right', icon: IconLayoutAlignRight },
  { to: 'top', label: 'Align top', icon: IconLayoutAlignTop },
  { to: 'middle', label: 'Align middles', icon: IconLayoutAlignMiddle },
  { to: 'bottom', label: 'Align bottom', icon: IconLayoutAlignBottom },
]

export const distributions: readonly {
  readonly along: 'across' | 'down'
  readonly label: string
  readonly icon: Icon
}[] = [
  { along: 'across', label: 'Distribute across', icon: IconLayoutDistributeVertical },
  { along: 'down', label: 'Distribute down', icon: IconLayoutDistributeHorizontal },
]

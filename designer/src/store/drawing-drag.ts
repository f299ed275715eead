// What is being dragged out of the palette. The browser hides the data of a drag until it is dropped, so it is kept here.
import { create } from 'zustand'
import type { NewItem } from '../drawing/new-item.ts'

export const useDraggedItem = create<{ readonly item: NewItem | undefined }>()(() => ({ item: undefined }))

export const dragItem = (item: NewItem | undefined): void => useDraggedItem.setState({ item })

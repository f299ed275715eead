// Which note or group is being written in, on the canvas.
import { create } from 'zustand'

export const useMarkEditing = create<{ readonly path: string | undefined }>()(() => ({ path: undefined }))

export const editMark = (path: string): void => useMarkEditing.setState({ path })
export const endMarkEditing = (): void => useMarkEditing.setState({ path: undefined })

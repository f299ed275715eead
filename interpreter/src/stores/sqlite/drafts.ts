import type { Draft, DraftOutcome } from '../store.ts'
import type { Sql } from './driver.ts'

export function draftCalls(sql: Sql) {
  const getDraft = (name: string) =>
    (sql('SELECT name, revision, documentJson, updatedAt FROM drafts WHERE name = ?').get(name) ?? null) as Draft | null

  return {
    getDraft,

    listDrafts: () =>
      sql('SELECT name, revision, updatedAt FROM drafts ORDER BY name').all() as Omit<Draft, 'documentJson'>[],

    putDraft(name: string, documentJson: string, expectedRevision: number | null, at: number): DraftOutcome {
      const current = getDraft(name)
      if ((current?.revision ?? null) !== expectedRevision) return { saved: false, current }
      const revision = (expectedRevision ?? 0) + 1
      sql('INSERT OR REPLACE INTO drafts (name, revision, documentJson, updatedAt) VALUES (?, ?, ?, ?)').run(
        name,
        revision,
        documentJson,
        at,
      )
      return { saved: true, draft: { name, revision, documentJson, updatedAt: at } }
    },

    deleteDraft: (name: string) => Number(sql('DELETE FROM drafts WHERE name = ?').run(name).changes) === 1,
  }
}

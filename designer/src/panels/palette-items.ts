// Everything that can be put into a drawing: the activities of the catalogue, the step types, deployed definitions.
import { useMemo } from 'react'
import { useActivities, useDefinitions } from '../api/definitions.ts'
import type { NewItem } from '../drawing/new-item.ts'
import { stepKinds } from '../steps/registry.ts'
import { families } from '../steps/step-kind.ts'

export interface PaletteItems {
  readonly items: readonly NewItem[]
  readonly groups: readonly string[]
  readonly iconOf: (activity: string) => string | undefined
  readonly activitiesFailed: boolean
}

const activityGroup = 'Activities'
const definitionGroup = 'Orchestrations'

/** `self` cannot run itself by accident: it is offered, but last. */
export function usePaletteItems(self: string): PaletteItems {
  const { data: activities, isError } = useActivities()
  const { data: definitions } = useDefinitions()
  return useMemo(() => {
    const called = (activities ?? []).map(
      (activity): NewItem => ({
        key: `activity:${activity.name}`,
        title: activity.title || activity.name,
        summary: activity.description || 'Activity',
        id: idFrom(activity.name),
        step: { type: 'activity', activity: activity.name, ...(activity.title && { title: activity.title }) },
        group: activityGroup,
        icon: activity.icon ?? undefined,
      }),
    )
    const kinds = stepKinds.map(
      (kind): NewItem => ({
        key: `step:${kind.type}`,
        title: kind.title,
        summary: kind.summary,
        words: kind.words,
        id: kind.type,
        step: kind.create(),
        group: families.find(({ family }) => family === kind.family)?.title ?? '',
      }),
    )
    const children = (definitions ?? [])
      .filter(({ name }) => name !== self)
      .map(
        ({ name, title }): NewItem => ({
          key: `definition:${name}`,
          title: title || name,
          summary: `Runs ${name}`,
          id: name,
          step: { type: 'subOrchestration', definition: name, ...(title && { title }) },
          group: definitionGroup,
        }),
      )
    const icons = new Map((activities ?? []).map(({ name, icon }) => [name, icon ?? undefined]))
    return {
      items: [...called, ...kinds, ...children],
      groups: [activityGroup, ...families.map(({ title }) => title), definitionGroup],
      iconOf: (activity) => icons.get(activity),
      activitiesFailed: isError,
    }
  }, [activities, definitions, isError, self])
}

/** `payments.ChargeCard` → `chargeCard` */
function idFrom(name: string): string {
  const last = name.slice(name.lastIndexOf('.') + 1)
  return last.charAt(0).toLowerCase() + last.slice(1)
}

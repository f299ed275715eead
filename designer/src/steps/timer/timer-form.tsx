import { SegmentedControl } from '@mantine/core'
import { setField } from '../../drawing/operations/set-field.ts'
import { asOneGesture, perform } from '../../store/drawing-store.ts'
import { FailureSection, GeneralSection, NextSection, ResultSection } from '../fields/common-sections.tsx'
import { DurationField } from '../fields/duration-field.tsx'
import { useFieldOwner, useOwnerValue } from '../fields/field-owner.tsx'
import { Section } from '../fields/section.tsx'
import { ValueField } from '../fields/value-field.tsx'

export function TimerForm() {
  const { step } = useFieldOwner()
  const kind = useOwnerValue((value) => (value.until === undefined ? 'delay' : 'until'))
  const change = (next: string) =>
    asOneGesture('Change the timer', () => {
      perform((before) => setField(before, step, [kind], undefined))
      perform((before) => setField(before, step, [next], next === 'delay' ? 'PT1M' : ''))
    })
  return (
    <>
      <GeneralSection />
      <Section title="How long">
        <SegmentedControl
          size="xs"
          aria-label="Kind of timer"
          value={kind}
          data={[
            { value: 'delay', label: 'For a while' },
            { value: 'until', label: 'Until a time' },
          ]}
          onChange={change}
        />
        {kind === 'delay' ? (
          <DurationField path={['delay']} label="Waits" />
        ) : (
          <ValueField path={['until']} label="Until" placeholder="2026-12-24T18:00:00Z" literals="text" isRequired />
        )}
      </Section>
      <ResultSection />
      <FailureSection />
      <NextSection />
    </>
  )
}

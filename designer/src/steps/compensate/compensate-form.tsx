import { allSteps } from '../../drawing/tree.ts'
import { useDrawing } from '../../store/drawing-store.ts'
import { FailureSection, GeneralSection, NextSection, ResultSection } from '../fields/common-sections.tsx'
import { Section } from '../fields/section.tsx'
import { ChoiceField } from '../fields/text-field.tsx'
import { titleOf } from '../words.ts'

export function CompensateForm() {
  const definition = useDrawing((state) => state.drawing.definition)
  const scopes = allSteps(definition).filter(({ step }) => step.type === 'scope')
  const options = [...new Map(scopes.map(({ id, step }) => [id, { value: id, label: titleOf(id, step) }])).values()]
  return (
    <>
      <GeneralSection />
      <Section title="What is undone">
        <ChoiceField
          path={['scope']}
          label="Scope"
          options={options}
          absent="Everything that has completed"
          description="Runs the compensations of the activities that completed there, last first."
        />
      </Section>
      <ResultSection />
      <FailureSection />
      <NextSection />
    </>
  )
}

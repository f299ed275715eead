import { useDrawing } from '../../store/drawing-store.ts'
import { GeneralSection } from '../fields/common-sections.tsx'
import { SchemaInput } from '../fields/schema-input.tsx'
import { Section } from '../fields/section.tsx'

export function ContinueAsNewForm() {
  const schema = useDrawing((state) => state.drawing.definition.input)
  return (
    <>
      <GeneralSection />
      <Section title="New input">
        <SchemaInput path={['input']} schema={schema} />
      </Section>
    </>
  )
}

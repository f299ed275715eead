import { rootScope, scopeOf } from '../../drawing/static-path.ts'
import { useDrawing } from '../../store/drawing-store.ts'
import { GeneralSection } from '../fields/common-sections.tsx'
import { useFieldOwner } from '../fields/field-owner.tsx'
import { SchemaInput } from '../fields/schema-input.tsx'
import { Section } from '../fields/section.tsx'
import { ValueField } from '../fields/value-field.tsx'

export function EndForm() {
  const { step = '' } = useFieldOwner()
  const schema = useDrawing((state) => state.drawing.definition.output)
  const isWhole = scopeOf(step) === rootScope && schema !== undefined
  return (
    <>
      <GeneralSection />
      <Section title="What it gives">
        {isWhole ? <SchemaInput path={['output']} schema={schema} /> : <ValueField path={['output']} label="Output" />}
      </Section>
    </>
  )
}

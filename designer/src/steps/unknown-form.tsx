import { JsonField } from './fields/json-field.tsx'
import { Section } from './fields/section.tsx'

/** A type that this version does not know can be read and edited as JSON; nothing of it is lost. */
export function UnknownForm() {
  return (
    <Section title="Step as JSON">
      <JsonField
        path={[]}
        label="Step"
        description="This version does not know the type. What it does not know, it keeps."
      />
    </Section>
  )
}
